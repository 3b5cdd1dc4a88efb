/** What the analyses declare, in the reader's language; English where a word is missing. */

import { humanName, english as figureWords } from '../../figures/src/words';
import { words } from './language.svelte';

/** A question, a title, a line of help, what a column means. */
export const told = (text: string): string => words().declaration.texts[text] ?? text;

/** "value_added_at_risk" -> "Value added at risk" or its Chinese name. */
export const nameOfColumn = (name: string): string =>
  words().declaration.names[name] ?? humanName(name, figureWords);

/** "million USD" -> 百万美元. */
export const unitTold = (unit: string): string => words().declaration.unit(unit);
