import type { Words } from '../en';
import { ask } from './ask';
import { blockages } from './blockages';
import { carbon } from './carbon';
import { chains } from './chains';
import { days } from './days';
import { declaration } from './declaration';
import { frame } from './frame';
import { map } from './map';
import { overview } from './overview';
import { picture } from './picture';
import { product } from './product';
import { report } from './report';
import { runs } from './runs';
import { stress } from './stress';
import { structure } from './structure';
import { table } from './table';
import { value } from './value';

export const chinese: Words = {
  ask,
  blockages,
  carbon,
  chains,
  days,
  declaration,
  frame,
  map,
  overview,
  picture,
  product,
  report,
  runs,
  stress,
  structure,
  table,
  value,
};
