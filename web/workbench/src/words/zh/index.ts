import type { Words } from '../en';
import { declaration } from './declaration';
import { frame } from './frame';
import { table } from './table';
import { overview } from './overview';
import { picture } from './picture';

export const chinese: Words = { declaration, frame, overview, picture, table };
