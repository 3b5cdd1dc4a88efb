/** Every word the analyses declare is there in Chinese. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Analysis, Format } from '../src/interface';
import { chinese } from '../src/words/zh';
import { unitInChinese } from '../src/words/zh/unit';
import { missing, serve, type Served } from './server';

if (missing) console.warn(`skipped: ${missing}`);

describe.skipIf(missing !== undefined)('declarations in Chinese', () => {
  let served: Served;
  let analyses: Analysis[] = [];
  beforeAll(async () => {
    served = await serve();
    const list = await served.json<{ analyses: Analysis[] }>('/api/analyses');
    const one = ({ name }: Analysis) => served.json<Analysis>(`/api/analyses/${name}`);
    analyses = await Promise.all(list.analyses.map(one));
  });
  afterAll(() => served?.stop());

  const lacking = (known: Readonly<Record<string, string>>, used: string[]) =>
    [...new Set(used)].filter((text) => text !== '' && known[text] === undefined);
  const { texts, names, choices } = chinese.declaration;

  test('questions, summaries, help, titles and meanings', () => {
    const used = analyses.flatMap((one) => [
      one.question,
      one.summary,
      ...one.parameters.map(({ summary }) => summary),
      ...one.tables.flatMap(({ title, columns }) => [title, ...columns.map((c) => c.meaning)]),
    ]);
    expect(used.length).toBeGreaterThan(100);
    expect(lacking(texts, used)).toEqual([]);
  });

  test('names of analyses, parameters and columns', () => {
    const used = analyses.flatMap((one) => [
      one.name,
      ...one.parameters.map(({ name }) => name),
      ...one.tables.flatMap(({ columns }) => columns.map(({ name }) => name)),
    ]);
    expect(lacking(names, used)).toEqual([]);
  });

  test('choices, and what can be imported', async () => {
    const used = analyses.flatMap(({ parameters }) => parameters.flatMap((p) => p.choices));
    expect(lacking(choices, used)).toEqual([]);
    const { formats } = await served.json<{ formats: Format[] }>('/api/formats');
    expect(
      lacking(
        texts,
        formats.map(({ title }) => title),
      ),
    ).toEqual([]);
  });
});

test.each([
  ['million USD', '百万美元'],
  ['10,000 CNY', '万元'],
  ['kt', '千吨'],
  ['kt / million USD', '千吨/百万美元'],
  ['chain unit', '本链单位'],
  ['%', '%'],
  ['', ''],
])('the unit "%s" is %s', (unit, said) => expect(unitInChinese(unit)).toBe(said));
