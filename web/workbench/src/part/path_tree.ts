/** The paths behind a final use as a tree: from the makers of final products back to where it arises. */

import type { Report } from '../interface';
import { number, tableRows, text, unitOf } from './rows';

export interface Branch {
  /** Id of the maker. */
  node: string;
  label: string;
  /** Ids from the final product to here: the key of the branch. */
  key: string;
  /** What arises in this maker itself on this path; NaN where that path is not listed. */
  own: number;
  /** Own and everything listed that comes through it. */
  sum: number;
  /** Per cent of the footprint. */
  share: number;
  branches: Branch[];
}

export interface PathTree {
  branches: Branch[];
  listed: number;
  remainder: number;
  remainderShare: number;
  footprint: number;
  paths: number;
  unit: string;
}

const between = ' > ';

function branchAt(list: Branch[], key: string, node: string, label: string): Branch {
  const known = list.find((one) => one.key === key);
  if (known) return known;
  const made: Branch = { node, label, key, own: NaN, sum: 0, share: 0, branches: [] };
  list.push(made);
  return made;
}

/** Largest first, all the way down, with shares of the footprint. */
function settle(list: Branch[], footprint: number): void {
  list.sort((a, b) => b.sum - a.sum);
  for (const one of list) {
    one.share = footprint === 0 ? 0 : (100 * one.sum) / footprint;
    settle(one.branches, footprint);
  }
}

export function readPaths(report: Report): PathTree {
  const branches: Branch[] = [];
  const rows = tableRows(report, 'paths');
  for (const row of rows) {
    const nodes = text(row, 'nodes').split(between).reverse();
    const labels = text(row, 'path').split(between).reverse();
    const value = number(row, 'value');
    let list = branches;
    nodes.forEach((node, i) => {
      const branch = branchAt(list, nodes.slice(0, i + 1).join(between), node, labels[i] ?? node);
      branch.sum += value;
      if (i === nodes.length - 1) branch.own = value;
      list = branch.branches;
    });
  }
  const part = (name: string) =>
    tableRows(report, 'balance').find((row) => text(row, 'part') === name);
  const footprint = number(part('footprint'), 'value');
  settle(branches, footprint);
  return {
    branches,
    listed: number(part('paths listed'), 'value'),
    remainder: number(part('remainder'), 'value'),
    remainderShare: number(part('remainder'), 'share'),
    footprint,
    paths: rows.length,
    unit: unitOf(report, 'paths', 'value'),
  };
}
