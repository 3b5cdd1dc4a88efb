/** Every word of the workbench in English, a file a page. Chinese has the same shape. */

import { declaration } from './declaration';
import { frame } from './frame';
import { table } from './table';
import { overview } from './overview';
import { picture } from './picture';

export const english = { declaration, frame, overview, picture, table };

type Loose<T> = T extends string
  ? string
  : T extends (...given: infer Given) => string
    ? (...given: Given) => string
    : { readonly [K in keyof T]: Loose<T[K]> };

export type Words = Loose<typeof english>;
