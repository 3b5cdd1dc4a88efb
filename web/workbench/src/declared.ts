/** What the analyses declare, in the reader's language; English where a word is missing. */

import { humanName, english as figureWords } from '../../figures/src/words';
import { words, type Names } from './language.svelte';

/** A question, a title, a line of help, what a column means. */
export const told = (text: string): string => words().declaration.texts[text] ?? text;

const compared = /^(.+)_(before|after|difference|relative)$/;

/** "value_added_at_risk" -> "Value added at risk" or its Chinese name; also of a comparison. */
export function nameOfColumn(name: string): string {
  const { names } = words().declaration;
  const [, stem = '', which = ''] = compared.exec(name) ?? [];
  const parts = names[stem] !== undefined && names[which] !== undefined;
  return (
    names[name] ??
    (parts ? `${names[stem]} ${names[which]}` : humanName(name.replaceAll('-', ' '), figureWords))
  );
}

/** "million USD" -> 百万美元. */
export const unitTold = (unit: string): string => words().declaration.unit(unit);

/** A sentence of a report: a finding, a title, a caption. English where it has no pattern. */
export const sentenceTold = (text: string, shown: (name: string) => string): string =>
  words().declaration.sentence(text, shown);

/** A text of a table: a name of the chain, or a word such as "yes". */
export const cellTold =
  (names: Names | undefined) =>
  (text: string): string =>
    words().declaration.values[text] ?? names?.shown(text) ?? text;
