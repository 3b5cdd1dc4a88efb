/** Where the nodes of a Sankey diagram stand: in columns, in an order with few crossings, none on another. */

import { sizes, type Space } from './chart';
import type { Sankey, SankeyLink, SankeyNode } from './sankey_model';
import { boxText } from './tiers';
import { widest } from './text';

export const barWidth = 12;
export const stub = 14;
const lineHeight = 14;
const gap = 10;
const passGap = 7;
const barsHeight = 300;
/** A column has at least this much room for its names. */
const leastStep = 84;

/** A node, or the place where a long link passes a column. */
export interface Stop {
  node: SankeyNode | undefined;
  layer: number;
  value: number;
  x: number;
  /** Top of its name, and of its bar. */
  top: number;
  y: number;
  height: number;
  text: ReturnType<typeof boxText>;
  /** How far its sides are taken. */
  in: number;
  out: number;
}

/** A link with all stops on its way, left to right. */
export interface Way {
  link: SankeyLink;
  stops: Stop[];
}

export interface Layout {
  stops: Stop[];
  ways: Way[];
  scale: number;
  height: number;
}

/** Room right of the last bars, for their names. */
const lastRoom = (names: string[], space: Space): number => {
  const natural = widest(names, sizes.small, space.measure);
  return Math.min(Math.max(natural + 6, 84), space.width * 0.3, 190);
};

/** How many columns there is room for. */
export const columnsIn =
  (space: Space) =>
  (names: string[]): number =>
    1 + Math.floor((space.width - stub - lastRoom(names, space)) / leastStep);

const share = (value: number, total: number) => (total > 0 ? value / total : 0);

/** Every node and every passing of a link, by columns from the left. */
function columnsOf(sankey: Sankey, xs: number[], widths: number[], space: Space) {
  const last = sankey.layers - 1;
  const stopOf = (node: SankeyNode | undefined, layer: number, value: number): Stop => {
    const column = last - layer;
    const text = node ? boxText(node, widths[column]!, space) : { first: '', more: [], indent: 0 };
    const place = { x: xs[column]!, top: 0, y: 0, height: 0, in: 0, out: 0 };
    return { node, layer, value, text, ...place };
  };
  const byNode = new Map(sankey.nodes.map((node) => [node, stopOf(node, node.layer, node.value)]));
  const stops = [...byNode.values()];
  const ways = sankey.links.map((link): Way => {
    const ends: [Stop, Stop] = [byNode.get(link.from)!, byNode.get(link.to)!];
    if (link.loop) return { link, stops: ends };
    const passed: Stop[] = [];
    for (let layer = link.from.layer - 1; layer > link.to.layer; layer -= 1) {
      passed.push(stopOf(undefined, layer, link.value));
    }
    stops.push(...passed);
    return { link, stops: [ends[0], ...passed, ends[1]] };
  });
  const columns = Array.from({ length: sankey.layers }, (_, column) =>
    stops.filter(({ layer }) => layer === last - column),
  );
  return { columns, stops, ways };
}

type Neighbours = Map<Stop, { left: Stop[]; right: Stop[] }>;

function neighboursOf(stops: Stop[], ways: Way[]): Neighbours {
  const found: Neighbours = new Map(stops.map((stop) => [stop, { left: [], right: [] }]));
  for (const { link, stops: way } of ways) {
    if (link.loop) continue;
    way.slice(1).forEach((right, i) => {
      found.get(right)!.left.push(way[i]!);
      found.get(way[i]!)!.right.push(right);
    });
  }
  return found;
}

/** Largest first; then each column by the middle of its neighbours, from the right and back. */
function order(columns: Stop[][], near: Neighbours): void {
  for (const column of columns) column.sort((a, b) => b.value - a.value);
  const sweep = (column: Stop[], beside: Stop[], side: 'left' | 'right') => {
    const place = new Map(beside.map((stop, i) => [stop, i]));
    const wish = new Map(
      column.map((stop, i) => {
        const others = near.get(stop)![side];
        const weight = others.reduce((sum, { value }) => sum + value, 0);
        const at = others.reduce((sum, one) => sum + one.value * (place.get(one) ?? 0), 0);
        return [stop, weight > 0 ? at / weight : i];
      }),
    );
    const before = new Map(column.map((stop, i) => [stop, i]));
    column.sort((a, b) => wish.get(a)! - wish.get(b)! || before.get(a)! - before.get(b)!);
  };
  for (let round = 0; round < 4; round += 1) {
    for (let c = columns.length - 2; c >= 0; c -= 1) sweep(columns[c]!, columns[c + 1]!, 'right');
    for (let c = 1; c < columns.length; c += 1) sweep(columns[c]!, columns[c - 1]!, 'left');
  }
  for (let c = columns.length - 2; c >= 0; c -= 1) sweep(columns[c]!, columns[c + 1]!, 'right');
}

const head = (stop: Stop) => (stop.node ? 5 + lineHeight * (1 + stop.text.more.length) : 0);
const taken = (stop: Stop) => head(stop) + stop.height + (stop.node ? gap : passGap);

/** As near to where each would be as the others let it. */
function settle(column: Stop[], wishes: number[], height: number): void {
  let free = 0;
  column.forEach((stop, i) => {
    stop.top = Math.max(free, wishes[i]!);
    free = stop.top + taken(stop);
  });
  let end = height;
  for (const stop of [...column].reverse()) {
    stop.top = Math.min(stop.top, end - taken(stop));
    end = stop.top;
  }
  for (const stop of column) stop.y = stop.top + head(stop);
}

function pull(columns: Stop[][], near: Neighbours, height: number): void {
  const wish = (stop: Stop, side: 'left' | 'right'): number => {
    const others = near.get(stop)![side];
    const weight = others.reduce((sum, { value }) => sum + value, 0);
    if (!(weight > 0)) return stop.top;
    const at = others.reduce((sum, one) => sum + one.value * (one.y + one.height / 2), 0);
    return at / weight - stop.height / 2 - head(stop);
  };
  const step = (column: Stop[], side: 'left' | 'right') =>
    settle(
      column,
      column.map((stop) => wish(stop, side)),
      height,
    );
  for (let round = 0; round < 5; round += 1) {
    for (const column of [...columns].reverse().slice(1)) step(column, 'right');
    for (const column of columns.slice(1)) step(column, 'left');
  }
}

export function laySankey(sankey: Sankey, space: Space): Layout {
  const names = sankey.nodes.map(({ name }) => name);
  const room = lastRoom(names, space);
  const parts = Math.max(1, sankey.layers - 1);
  const step = (space.width - stub - room) / parts;
  const xs = Array.from({ length: sankey.layers }, (_, c) => stub + c * step);
  const widths = xs.map((x, c) =>
    Math.min(c === sankey.layers - 1 ? space.width - x : step - stub - 4, 240),
  );
  const { columns, stops, ways } = columnsOf(sankey, xs, widths, space);
  const sums = columns.map((column) => column.reduce((sum, { value }) => sum + value, 0));
  const scale = share(barsHeight, Math.max(...sums));
  for (const stop of stops) stop.height = Math.max(stop.node ? 2 : 0.75, stop.value * scale);
  const near = neighboursOf(stops, ways);
  order(columns, near);
  const heights = columns.map((column) => column.reduce((sum, stop) => sum + taken(stop), 0));
  const height = Math.max(...heights, 0);
  columns.forEach((column, c) => {
    let at = (height - heights[c]!) / 2;
    const wishes = column.map((stop) => {
      const top = at;
      at += taken(stop);
      return top;
    });
    settle(column, wishes, height);
  });
  pull(columns, near, height);
  return { stops, ways, scale, height };
}
