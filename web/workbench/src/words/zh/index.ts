import type { Words } from '../en';
import { frame } from './frame';

export const chinese: Words = { frame };
