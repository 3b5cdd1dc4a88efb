/** What the page of structure reads from reports: quadrants, losses, the tree of paths. */
import { describe, expect, test } from 'vitest';
import type { Report } from '../src/interface';
import { losses, ofRegion, quadrantCounts } from '../src/page/structure/structure';
import { readPaths, type Branch } from '../src/part/path_tree';
import { tableRows } from '../src/part/rows';

const column = (name: string, values: (string | number | null)[], unit = '') => ({
  name,
  type: typeof values[0] === 'string' ? ('text' as const) : ('real' as const),
  unit,
  meaning: '',
  values,
});
const report = (...tables: Report['tables']) => ({ tables }) as unknown as Report;
const table = (name: string, ...columns: Report['tables'][number]['columns']) => ({
  name,
  title: '',
  columns,
});

describe('linkages', () => {
  const made = report(
    table(
      'linkages',
      column('node', ['a', 'b', 'c']),
      column('region', ['X', 'X', 'Y']),
      column('key', ['key', 'weak', 'key']),
    ),
  );
  test('are counted by quadrant, of all or of one region', () => {
    expect(quadrantCounts(made, '')).toEqual({ key: 2, backward: 0, forward: 0, weak: 1 });
    expect(quadrantCounts(made, 'X')).toEqual({ key: 1, backward: 0, forward: 0, weak: 1 });
  });
  test('of one region are its rows alone', () => {
    expect(tableRows(ofRegion(made, 'X'), 'linkages').map(({ node }) => node)).toEqual(['a', 'b']);
    expect(ofRegion(made, '')).toBe(made);
  });
});

test('losses rank by the kind asked for, with their share of the whole', () => {
  const made = report(
    table(
      'extraction_regions',
      column('region', ['X', 'Y']),
      column('name', ['Ex', 'Why']),
      column('lost', [40, 20], 'million USD'),
      column('lost_share', [20, 10]),
      column('others', [5, 8]),
    ),
  );
  expect(losses(made, 'extraction_regions', 'lost').rows.map(({ key }) => key)).toEqual(['X', 'Y']);
  const others = losses(made, 'extraction_regions', 'others');
  expect(others.unit).toBe('million USD');
  expect(others.rows).toEqual([
    { key: 'Y', name: 'Why', value: 8, share: 4 },
    { key: 'X', name: 'Ex', value: 5, share: 2.5 },
  ]);
});

// k and i > k, j > i > k, m: footprint 100, of which 20 lie on smaller paths.
describe('the tree of paths', () => {
  const made = report(
    table(
      'paths',
      column('value', [40, 20, 5, 15], 'kt'),
      column('path', ['K', 'I > K', 'J > I > K', 'M']),
      column('nodes', ['k', 'i > k', 'j > i > k', 'm']),
    ),
    table(
      'balance',
      column('part', ['paths listed', 'remainder', 'footprint']),
      column('value', [80, 20, 100]),
      column('share', [80, 20, 100]),
    ),
  );
  const tree = readPaths(made);

  test('begins at the final product and goes back to where it arises', () => {
    expect(tree.branches.map(({ label, sum, own }) => [label, sum, own])).toEqual([
      ['K', 65, 40],
      ['M', 15, 15],
    ]);
    const [behind] = tree.branches[0]!.branches;
    expect([behind!.label, behind!.sum, behind!.own]).toEqual(['I', 25, 20]);
    expect(behind!.branches[0]!.key).toBe('k > i > j');
  });

  test('own values and the remainder sum to the footprint', () => {
    const own = (list: Branch[]): number =>
      list.reduce((sum, one) => sum + (one.own || 0) + own(one.branches), 0);
    expect(own(tree.branches)).toBe(tree.listed);
    expect(own(tree.branches) + tree.remainder).toBe(tree.footprint);
    expect(tree.unit).toBe('kt');
  });

  test('a maker without a listed path of its own still holds those behind it', () => {
    const only = report(
      table('paths', column('value', [3]), column('path', ['I > K']), column('nodes', ['i > k'])),
    );
    const [root] = readPaths(only).branches;
    expect([root!.sum, root!.own]).toEqual([3, NaN]);
  });
});
