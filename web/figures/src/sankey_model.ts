/** What a Sankey diagram is drawn from: nodes in balance, flows between them, loops cut. */

import { limits, quantities, firstRows, type Quantity, type Space } from './chart';
import {
  requiredColumn,
  roleColumn,
  rowCount,
  textAt,
  type Column,
  type Figure,
  type Table,
} from './report';

export interface SankeyNode {
  key: string;
  name: string;
  /** Links to the last node it leads to, at most: 0 stands at the right end. */
  layer: number;
  /** Arises in the node itself. */
  own: number;
  /** Has arrived where all leads to. */
  end: number;
  /** What comes in, and what goes out, in flows that are not drawn. */
  gatheredIn: number;
  gatheredOut: number;
  /** What passes: all that comes in, what arises here included, and as much goes out. */
  value: number;
  /** Of the whole, in per cent. */
  share: number;
}

export interface SankeyLink {
  from: SankeyNode;
  to: SankeyNode;
  value: number;
  share: number;
  part: string;
  /** Would lead back to where it comes from: drawn as two ends. */
  loop: boolean;
}

export interface Sankey {
  nodes: SankeyNode[];
  links: SankeyLink[];
  /** How many columns. */
  layers: number;
  /** Columns that there is no room for. */
  folded: number;
  /** What arrives at the right end. */
  total: number;
  /** Some rows say what arises in a node itself. */
  owns: boolean;
  parts: string[];
  value: Quantity;
  rows: number;
  shown: number;
  /** Rows below zero, which have no width. */
  negative: number;
}

/** Flows of a smaller share of the whole are gathered. */
const least = 0.003;
/** What rounding leaves. */
const nothing = 1e-9;

interface Flow {
  from: string;
  to: string;
  value: number;
  part: string;
}

interface Rows {
  flows: Flow[];
  own: Map<string, number>;
  end: Map<string, number>;
  names: Map<string, string>;
  value: Quantity;
  shown: number;
  negative: number;
}

function readRows(figure: Figure, table: Table, space: Space): Rows {
  const column = (role: string) => requiredColumn(table, figure, role);
  const [from, to] = [column('from'), column('to')];
  const keys = [roleColumn(table, figure, 'from_key'), roleColumn(table, figure, 'to_key')];
  const marks = roleColumn(table, figure, 'mark');
  const parts = roleColumn(table, figure, 'part');
  const wanted = figure.most > 0 ? figure.most : limits.rows;
  const rows = firstRows(Math.min(rowCount(table), limits.rows, wanted));
  const value = quantities([column('value')], space, rows)[0]!;
  const names = new Map<string, string>();
  const keyed = (name: Column, key: Column | undefined, row: number): string => {
    const found = textAt(key ?? name, row);
    if (!names.has(found)) names.set(found, textAt(name, row));
    return found;
  };
  const flows = new Map<string, Flow>();
  const [own, end] = [new Map<string, number>(), new Map<string, number>()];
  const add = (sums: Map<string, number>, key: string, amount: number) =>
    sums.set(key, (sums.get(key) ?? 0) + amount);
  let [shown, negative] = [0, 0];
  for (const row of rows) {
    const amount = value.values[row]!;
    if (amount < 0) negative += 1;
    if (!(amount > 0)) continue;
    const mark = marks ? textAt(marks, row) : '';
    if (mark === 'own' || mark === 'end') {
      if (mark === 'own') add(own, keyed(to, keys[1], row), amount);
      else add(end, keyed(from, keys[0], row), amount);
      shown += 1;
      continue;
    }
    const [begin, finish] = [keyed(from, keys[0], row), keyed(to, keys[1], row)];
    if (begin === finish) continue; // goes out and comes in: changes no balance
    const key = `${begin}\n${finish}`;
    const part = parts ? textAt(parts, row) : '';
    const flow = flows.get(key) ?? { from: begin, to: finish, value: 0, part };
    flow.value += amount;
    flows.set(key, flow);
    shown += 1;
  }
  const ranked = [...flows.values()].sort((a, b) => b.value - a.value);
  return { flows: ranked, own, end, names, value, shown, negative };
}

/** The flows that lead back: of each loop the smallest, as the larger ones were there before. */
export function backward(flows: readonly { from: string; to: string }[]): Set<number> {
  const next = new Map<string, string[]>();
  const reaches = (from: string, to: string): boolean => {
    const seen = new Set([from]);
    const open = [from];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (at === to) return true;
      for (const one of next.get(at) ?? []) {
        if (seen.has(one)) continue;
        seen.add(one);
        open.push(one);
      }
    }
    return false;
  };
  const back = new Set<number>();
  flows.forEach(({ from, to }, i) => {
    if (reaches(to, from)) back.add(i);
    else next.set(from, [...(next.get(from) ?? []), to]);
  });
  return back;
}

/** Links to the right end, at most, of every node; loops are left out. */
function layersOf(keys: Iterable<string>, flows: readonly Flow[]): Map<string, number> {
  const out = new Map<string, string[]>();
  for (const { from, to } of flows) out.set(from, [...(out.get(from) ?? []), to]);
  const found = new Map<string, number>();
  const layer = (key: string): number => {
    const known = found.get(key);
    if (known !== undefined) return known;
    const behind = (out.get(key) ?? []).map((one) => layer(one) + 1);
    const own = Math.max(0, ...behind);
    found.set(key, own);
    return own;
  };
  for (const key of keys) layer(key);
  return found;
}

/** What arrives: as marked, else at nodes that pass nothing on. */
function arriving({ flows, own, end }: Rows): number {
  if (end.size > 0) return [...end.values()].reduce((sum, value) => sum + value, 0);
  const givers = new Set(flows.map(({ from }) => from));
  const arrived = flows.reduce((sum, { to, value }) => sum + (givers.has(to) ? 0 : value), 0);
  const kept = [...own].reduce((sum, [key, value]) => sum + (givers.has(key) ? 0 : value), 0);
  const all = arrived + kept;
  return all > 0 ? all : Math.max(0, ...flows.map(({ value }) => value));
}

/** Nodes from which flows lead on to a marked end; all where none is marked. */
function leading(flows: readonly Flow[], end: ReadonlyMap<string, number>): Set<string> {
  if (end.size === 0) return new Set(flows.flatMap(({ from, to }) => [from, to]));
  const found = new Set(end.keys());
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const { from, to } of flows) if (found.has(to)) found.add(from);
  }
  return found;
}

/** All that rows say of a node, and what of it is drawn. */
interface Sums {
  in: number;
  out: number;
  drawnIn: number;
  drawnOut: number;
}

function sumsOf(nodes: SankeyNode[], links: SankeyLink[], rows: Rows): Map<string, Sums> {
  const none = { in: 0, out: 0, drawnIn: 0, drawnOut: 0 };
  const sums = new Map(nodes.map(({ key }): [string, Sums] => [key, { ...none }]));
  const add = (key: string, side: keyof Sums, value: number) => {
    const found = sums.get(key);
    if (found) found[side] += value;
  };
  for (const { from, to, value } of rows.flows) {
    add(from, 'out', value);
    add(to, 'in', value);
  }
  for (const { from, to, value } of links) {
    add(from.key, 'drawnOut', value);
    add(to.key, 'drawnIn', value);
  }
  return sums;
}

/** What is not drawn stands at each node as one flow in and one out, so that all are in balance. */
function balance(nodes: SankeyNode[], links: SankeyLink[], rows: Rows, total: number): void {
  const sums = sumsOf(nodes, links, rows);
  const owns = rows.own.size > 0;
  const rest = (value: number) => (value > nothing * total ? value : 0);
  for (const node of nodes) {
    const sum = sums.get(node.key)!;
    // Where nothing is said to come in, a flow begins; where nothing goes out, it has arrived.
    const begins = !owns && sum.in === 0;
    const arrives = rows.end.size === 0 && sum.out === 0;
    const out = sum.out + node.end;
    node.value = begins ? sum.out : arrives ? sum.in + node.own : Math.max(sum.in + node.own, out);
    node.gatheredIn = begins ? 0 : rest(node.value - node.own - sum.drawnIn);
    node.gatheredOut = arrives ? 0 : rest(node.value - sum.drawnOut - node.end);
    node.share = total > 0 ? (100 * node.value) / total : 0;
  }
}

interface Chosen {
  flows: (Flow & { loop: boolean })[];
  layers: Map<string, number>;
  /** How many columns all would take, and how many there are. */
  deep: number;
  columns: number;
}

/** The flows to draw: large enough, on a way to the end, in a column that there is room for. */
function chosen(rows: Rows, total: number, room: (names: string[]) => number): Chosen {
  const back = backward(rows.flows);
  const large = rows.flows
    .map((flow, i) => ({ ...flow, loop: back.has(i) }))
    .filter(({ value }) => value >= least * total);
  const onward = large.filter(({ loop }) => !loop);
  const lead = leading(onward, rows.end);
  const kept = large.filter(({ from, to }) => lead.has(from) && lead.has(to));
  const keys = new Set([...lead, ...rows.own.keys()]);
  const layers = layersOf(
    keys,
    kept.filter(({ loop }) => !loop),
  );
  const deep = Math.max(0, ...layers.values()) + 1;
  const names = [...lead].map((key) => rows.names.get(key) ?? key);
  const columns = Math.min(deep, Math.max(2, room(names)));
  const placed = (key: string) => layers.get(key)! < columns;
  const flows = kept.filter(({ from, to }) => placed(from) && placed(to));
  return { flows, layers, deep, columns };
}

/** @param room  how many columns there is room for, given what is to stand in them */
export function readSankey(
  figure: Figure,
  table: Table,
  space: Space,
  room: (names: string[]) => number,
): Sankey {
  const rows = readRows(figure, table, space);
  const total = arriving(rows);
  const { flows, layers, deep, columns } = chosen(rows, total, room);
  const seen = new Set([...flows.flatMap(({ from, to }) => [from, to]), ...rows.end.keys()]);
  if (seen.size === 0) for (const key of [...rows.own.keys()].slice(0, 1)) seen.add(key);
  const nodes = [...seen].map((key): SankeyNode => {
    const place = { key, name: rows.names.get(key) ?? key, layer: layers.get(key) ?? 0 };
    const known = { own: rows.own.get(key) ?? 0, end: rows.end.get(key) ?? 0 };
    return { ...place, ...known, gatheredIn: 0, gatheredOut: 0, value: 0, share: 0 };
  });
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const links = flows.map(({ from, to, value, part, loop }): SankeyLink => {
    const share = total > 0 ? (100 * value) / total : 0;
    return { from: byKey.get(from)!, to: byKey.get(to)!, value, share, part, loop };
  });
  balance(nodes, links, rows, total);
  const used = Math.max(0, ...nodes.map(({ layer }) => layer)) + 1;
  const counts = { rows: rowCount(table), shown: rows.shown, negative: rows.negative };
  const owns = rows.own.size > 0;
  const whole = { layers: used, folded: deep - columns, total, owns, value: rows.value };
  return { nodes, links, ...whole, parts: ranked(links), ...counts };
}

/** Parts by what they carry. */
function ranked(links: SankeyLink[]): string[] {
  const sums = new Map<string, number>();
  for (const { part, value } of links) {
    if (part !== '') sums.set(part, (sums.get(part) ?? 0) + value);
  }
  return [...sums].sort((a, b) => b[1] - a[1]).map(([part]) => part);
}
