/** Every word of the workbench in English, a file a page. Chinese has the same shape. */

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

export const english = {
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

type Loose<T> = T extends string
  ? string
  : T extends (...given: infer Given) => string
    ? (...given: Given) => string
    : { readonly [K in keyof T]: Loose<T[K]> };

export type Words = Loose<typeof english>;
