/**
 * A Sankey diagram: what flows from where to where, left to right. What comes in at a node, with
 * what arises there, is what goes out; flows too small to draw are one stub, loops are cut.
 */

import {
  color,
  key,
  label,
  lines,
  measured,
  openPaint,
  series,
  seriesCount,
  shownNote,
  sizes,
  type Draw,
  type KeyItem,
  type Mark,
  type Space,
} from './chart';
import { svg, type SvgNode } from './node';
import {
  barWidth,
  columnsIn,
  laySankey,
  stub,
  type Layout,
  type Stop,
  type Way,
} from './sankey_layout';
import { readSankey, type Sankey } from './sankey_model';
import { percentText } from './tiers';

const soft = { font: sizes.small, fill: color('ink-soft') };
const ownFill = color('short');
const loopPaint = { fill: 'none', stroke: color('ink-soft'), 'stroke-dasharray': '1.5 2.5' };

/** What would be thinner than a hair is there, but not drawn. */
const seen = (value: number, sankey: Sankey): boolean => value >= 5e-4 * sankey.total;

const fillOf = (part: string, sankey: Sankey): string =>
  part === '' ? color('accent') : series(sankey.parts.indexOf(part));

function keyItems(sankey: Sankey, space: Space): KeyItem[] {
  const { words } = space;
  const items: KeyItem[] = sankey.parts
    .slice(0, seriesCount)
    .map((name, i) => ({ name, fill: series(i) }));
  if (sankey.parts.length > seriesCount)
    items.push({ name: words.other, fill: series(seriesCount) });
  if (sankey.owns) items.push({ name: words.sankey.own, fill: ownFill });
  if (
    sankey.nodes.some((node) => seen(node.gatheredIn, sankey) || seen(node.gatheredOut, sankey))
  ) {
    items.push({ name: words.sankey.gathered, fill: color('page'), shape: 'open' });
  }
  if (sankey.links.some(({ loop }) => loop)) {
    const draw = (x: number, y: number) => [
      svg('rect', { x: x + 0.5, y: y - 5.5, width: 12, height: 11, ...loopPaint }),
    ];
    items.push({ name: words.sankey.loop, fill: color('page'), draw });
  }
  return items;
}

interface Ports {
  /** Below the top of the first bar, and of the last. */
  start: number;
  end: number;
}

/** Bands leave and arrive in the order of where they go to and come from. */
function portsOf(ways: Way[], layout: Layout): Map<Way, Ports> {
  const ports = new Map(ways.map((way): [Way, Ports] => [way, { start: 0, end: 0 }]));
  const at = (way: Way, i: number) => way.stops.at(i)!;
  const leaving = [...ways].sort((a, b) => at(a, 1).y - at(b, 1).y || at(a, -1).y - at(b, -1).y);
  for (const way of leaving) {
    ports.get(way)!.start = at(way, 0).out;
    at(way, 0).out += way.link.value * layout.scale;
  }
  const coming = [...ways].sort((a, b) => at(a, -2).y - at(b, -2).y || at(a, 0).y - at(b, 0).y);
  for (const way of coming) {
    ports.get(way)!.end = at(way, -1).in;
    at(way, -1).in += way.link.value * layout.scale;
  }
  return ports;
}

/** A band along all its stops. */
function band({ link, stops }: Way, { start, end }: Ports, layout: Layout, sankey: Sankey) {
  const thick = Math.max(0.75, link.value * layout.scale);
  const points = stops.map((stop, i) => ({
    left: stop.x,
    right: stop.x + (stop.node ? barWidth : 0),
    y: stop.y + (i === 0 ? start : i === stops.length - 1 ? end : 0),
  }));
  const curve = (x0: number, y0: number, x1: number, y1: number) => {
    const m = (x0 + x1) / 2;
    return `C${m} ${y0} ${m} ${y1} ${x1} ${y1}`;
  };
  const there = points
    .slice(1)
    .map((to, i) => curve(points[i]!.right, points[i]!.y, to.left, to.y));
  const back = points
    .slice(1)
    .map((from, i) => curve(from.left, from.y + thick, points[i]!.right, points[i]!.y + thick));
  const [first, second, last] = [points[0]!, points[1]!, points[points.length - 1]!];
  const begin = `M${first.right} ${first.y}`;
  const turn = `L${last.left} ${last.y + thick}`;
  const d = [begin, ...there, turn, ...back.reverse(), 'Z'].join('');
  const height = Math.max(thick, 8);
  const spot = {
    x: (first.right + second.left) / 2 - 8,
    y: (first.y + second.y + thick - height) / 2,
    width: 16,
    height,
  };
  const fill = fillOf(link.part, sankey);
  return { node: svg('path', { d, fill, 'fill-opacity': 0.3, 'data-flow': 'link' }), spot };
}

const looks: Record<string, Record<string, string | number>> = {
  loop: loopPaint,
  gathered: { fill: color('page'), ...openPaint },
  end: { fill: color('accent'), 'fill-opacity': 0.3 },
};

/** Short ends left and right of a bar: what arises in it, what is gathered, loops that are cut. */
function stubs(stop: Stop, loops: Way[], layout: Layout, sankey: Sankey): SvgNode[] {
  const { node } = stop;
  if (!node) return [];
  const body: SvgNode[] = [];
  const place = (side: 'in' | 'out', value: number, what: string) => {
    const height = value * layout.scale;
    const y = stop.y + stop[side];
    stop[side] += height;
    const x = side === 'in' ? stop.x - stub + 1 : stop.x + barWidth + 1;
    const box = { x, y, width: stub - 2, height: Math.max(0.75, height), 'data-flow': what };
    if (what === 'own') {
      body.push(svg('rect', { ...box, fill: ownFill, 'fill-opacity': 0.45 }));
      body.push(svg('rect', { ...box, x: stop.x, width: barWidth, fill: ownFill }));
    } else body.push(svg('rect', { ...box, ...looks[what]! }));
  };
  for (const { link } of loops) if (link.to === node) place('in', link.value, 'loop');
  if (node.own > 0) place('in', node.own, 'own');
  if (seen(node.gatheredIn, sankey)) place('in', node.gatheredIn, 'gathered');
  for (const { link } of loops) if (link.from === node) place('out', link.value, 'loop');
  // What has arrived leaves for good; where nothing else goes out, the bar itself says so.
  if (node.end > 0 && stop.out > 0) place('out', node.end, 'end');
  if (seen(node.gatheredOut, sankey)) place('out', node.gatheredOut, 'gathered');
  return body;
}

function barOf(stop: Stop, sankey: Sankey): SvgNode[] {
  const { node, x, y, height, top, text } = stop;
  if (!node) return [];
  const parts = new Set(sankey.links.filter(({ from }) => from === node).map(({ part }) => part));
  const none = color(sankey.parts.length > 0 ? 'axis' : 'accent');
  const fill = parts.size === 1 ? fillOf([...parts][0]!, sankey) : none;
  const halo = { halo: true };
  return [
    svg('rect', { x, y, width: barWidth, height, fill, 'data-node': node.key }),
    label(x, top + 12, percentText(node.share), { font: { ...sizes.value, weight: 600 }, ...halo }),
    ...(text.first === ''
      ? []
      : [label(x + text.indent, top + 12, text.first, { ...soft, ...halo })]),
    ...lines(x, top + 26, text.more, { ...soft, ...halo }),
  ];
}

function nodeMark(stop: Stop, sankey: Sankey, space: Space): Mark[] {
  const { node } = stop;
  if (!node) return [];
  const words = space.words.sankey;
  const said: [string, number][] = [
    [sankey.value.name, node.value],
    [words.own, node.own],
    [words.gathered, node.gatheredIn],
  ];
  const lines = said
    .filter(([, value], i) => i === 0 || value > 0)
    .map(([name, value]): [string, string] => [name, sankey.value.said(value)]);
  const box = { x: stop.x, y: stop.y, width: barWidth, height: stop.height };
  return [{ ...box, title: node.name, lines: [[words.share, percentText(node.share)], ...lines] }];
}

function linkMark(
  way: Way,
  spot: Omit<Mark, 'title' | 'lines'>,
  sankey: Sankey,
  space: Space,
): Mark {
  const words = space.words.sankey;
  const { from, to, value, share } = way.link;
  const said: [string, string][] = [
    [words.share, percentText(share)],
    [sankey.value.name, sankey.value.said(value)],
  ];
  return { ...spot, title: words.to(from.name, to.name), lines: said };
}

function noteOf(sankey: Sankey, space: Space): string {
  const words = space.words.sankey;
  const own = sankey.nodes.reduce((sum, node) => sum + node.own, 0);
  const drawn = sankey.total > 0 ? (100 * own) / sankey.total : 0;
  const loops = sankey.links
    .filter(({ loop }) => loop)
    .map(({ from, to, share }) => `${words.to(from.name, to.name)} (${percentText(share)})`);
  const rest = percentText(100 - Number(drawn.toFixed(1)));
  return [
    sankey.owns && sankey.total > 0 ? words.made(percentText(drawn), rest) : '',
    loops.length > 0 ? words.cut(loops.join(', ')) : '',
    sankey.folded > 0 ? words.folded(String(sankey.folded)) : '',
    sankey.negative > 0 ? words.negative(String(sankey.negative)) : '',
    shownNote(Math.min(sankey.rows, sankey.shown + sankey.negative), sankey.rows, space.words),
  ]
    .filter((text) => text !== '')
    .join(' ');
}

export const drawSankey: Draw = (figure, table, space) => {
  const sankey = readSankey(figure, table, space, columnsIn(space));
  const top = key(keyItems(sankey, space), space);
  const layout = laySankey(sankey, space);
  const begin = top.height + 6;
  for (const stop of layout.stops) {
    stop.y += begin;
    stop.top += begin;
  }
  const loops = layout.ways.filter(({ link }) => link.loop);
  const open = layout.ways.filter(({ link }) => !link.loop);
  const ports = portsOf(open, layout);
  const drawn = open.map((way) => ({ way, ...band(way, ports.get(way)!, layout, sankey) }));
  return {
    width: space.width,
    height: begin + layout.height + 4,
    body: [
      ...top.body,
      ...drawn.map(({ node }) => node),
      ...layout.stops.flatMap((stop) => barOf(stop, sankey)),
      ...layout.stops.flatMap((stop) => stubs(stop, loops, layout, sankey)),
    ],
    marks: [
      ...layout.stops.flatMap((stop) => nodeMark(stop, sankey, space)),
      ...drawn.map(({ way, spot }) => linkMark(way, spot, sankey, space)),
    ],
    subtitle: measured(sankey.value),
    note: noteOf(sankey, space),
  };
};
