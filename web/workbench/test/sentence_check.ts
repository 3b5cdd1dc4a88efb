/** Every sentence of a report in Chinese: none is left in English, no number is lost. */
import { expect } from 'vitest';
import type { Report } from '../src/interface';
import { sentence } from '../src/words/zh/sentence';

/**
 * The numbers of a sentence, sorted. A name may hold digits ("Rest of Europe (EU-15)"), so does the
 * unit "10,000 CNY"; the numbers of a sentence do not stand so.
 */
export const numbers = (text: string): string[] =>
  (
    text
      .replace(/\((?:EU|EU [^)]*)[^)]*\)/g, '')
      .replace(/(?<=[\d,] )10,000(?= [A-Z]{3}\b)/g, '')
      .match(/\d+(?:,\d{3})*(?:\.\d+)?/g) ?? []
  ).sort();

/** Findings, titles and captions of figures, balances: what the workbench shows as sentences. */
const sentences = (report: Report): string[] => [
  ...report.findings.map(({ text }) => text),
  ...report.figures.flatMap(({ title, caption }) => [title, caption]),
  ...report.provenance.residuals.map(({ balance }) => balance),
];

/** Fails where a sentence, but for those that match `beside`, is left or loses a number. */
export function check(
  report: Report,
  inChinese: (name: string) => string,
  beside: RegExp = /^$/,
): void {
  const texts = sentences(report).filter((text) => text !== '' && !beside.test(text));
  expect(texts.filter((text) => sentence(text, inChinese) === text)).toEqual([]);
  for (const text of texts) {
    const said = sentence(text, inChinese);
    const lost = numbers(text).filter((number) => !said.includes(number));
    expect([text, lost]).toEqual([text, []]);
  }
}
