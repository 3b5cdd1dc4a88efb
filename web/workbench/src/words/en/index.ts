/** Every word of the workbench in English, a file a page. Chinese has the same shape. */

import { frame } from './frame';

export const english = { frame };

type Loose<T> = T extends string
  ? string
  : T extends (...given: infer Given) => string
    ? (...given: Given) => string
    : { readonly [K in keyof T]: Loose<T[K]> };

export type Words = Loose<typeof english>;
