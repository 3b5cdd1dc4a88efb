/** What exports are made of: contents, and the terms each opens into. */

import type { Report } from '../../interface';
import { number, tableRows, text, unitOf } from '../../part/rows';

export const contents = [
  'domestic',
  'returned',
  'domestic twice',
  'foreign',
  'foreign twice',
] as const;
export type Content = (typeof contents)[number];

export interface Term {
  name: string;
  meaning: string;
  value: number;
  /** Per cent of all exports. */
  share: number;
}

export interface Group {
  content: Content;
  value: number;
  share: number;
  terms: Term[];
}

export interface Exports {
  total: number;
  unit: string;
  groups: Group[];
}

/** Terms summed over all partners, grouped by what they count as; groups without terms left out. */
export function readExports(report: Report): Exports {
  const sums = new Map<string, Term & { content: string }>();
  let total = 0;
  for (const row of tableRows(report, 'composition')) {
    const value = number(row, 'value');
    if (!Number.isFinite(value)) continue;
    total += value;
    const name = text(row, 'term');
    const known = sums.get(name);
    if (known) known.value += value;
    else {
      const [meaning, content] = [text(row, 'meaning'), text(row, 'content')];
      sums.set(name, { name, meaning, content, value, share: 0 });
    }
  }
  const share = (value: number) => (total === 0 ? 0 : (100 * value) / total);
  const groups = contents.flatMap((content): Group[] => {
    const terms = [...sums.values()]
      .filter((one) => one.content === content)
      .map((one) => ({ ...one, share: share(one.value) }));
    const value = terms.reduce((sum, one) => sum + one.value, 0);
    return terms.length === 0 ? [] : [{ content, value, share: share(value), terms }];
  });
  return { total, unit: unitOf(report, 'composition', 'value'), groups };
}

/** The report with a table "opened": by partner, the terms of one content, or the contents. */
export function openedBy(
  report: Report,
  content: Content | '',
  named: { content: (content: string) => string; term: (meaning: string) => string },
): Report {
  const rows = tableRows(report, 'composition').filter(
    (row) => content === '' || text(row, 'content') === content,
  );
  const part = (row: (typeof rows)[number]) =>
    content === '' ? named.content(text(row, 'content')) : named.term(text(row, 'meaning'));
  const column = (name: string, values: (string | number | null)[], unit = '') => ({
    name,
    type: typeof values[0] === 'number' ? ('real' as const) : ('text' as const),
    unit,
    meaning: '',
    values,
  });
  const unit = unitOf(report, 'composition', 'value');
  const opened = {
    name: 'opened',
    title: '',
    columns: [
      column(
        'label',
        rows.map((row) => text(row, 'label')),
      ),
      column('part', rows.map(part)),
      column(
        'value',
        rows.map((row) => row['value'] ?? null),
        unit,
      ),
    ],
  };
  return { ...report, tables: [...report.tables, opened] };
}
