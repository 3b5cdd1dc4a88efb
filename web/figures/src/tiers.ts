/**
 * A chain in tiers: suppliers left, customers right. A box is a maker, its height the value; a link
 * is as wide as the value it carries. On a narrow page each pair of neighbouring tiers is a picture
 * of its own, one below the other.
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
import { fixed, thinSpace } from './number';
import { wrap } from './text';
import { readTiers, type LinkMark, type TierBox, type TierLink, type Tiers } from './tier_model';

const barWidth = 14;
const barsHeight = 240;
const lineHeight = 14;
const columnWidth = 128;
const soft = { font: sizes.small, fill: color('ink-soft') };

/** Where a box stands, and where its next links begin and end. */
interface Place {
  box: TierBox;
  x: number;
  top: number;
  y: number;
  height: number;
  text: { first: string; more: string[]; indent: number };
  in: number;
  out: number;
}

interface Panel {
  tiers: Tiers['tiers'];
  links: TierLink[];
}

export const percentText = (share: number): string => `${fixed(share, 1)}${thinSpace}%`;

/** Regions by what they hold in the picture: the largest have colours. */
function regionColors(tiers: Tiers): Map<string, string> {
  const sums = new Map<string, number>();
  for (const { boxes } of tiers.tiers) {
    for (const { region, value } of boxes) {
      if (region !== '') sums.set(region, (sums.get(region) ?? 0) + value);
    }
  }
  const ranked = [...sums].sort((a, b) => b[1] - a[1]);
  return new Map(ranked.map(([region], i) => [region, series(i)]));
}

const markStroke: Record<Exclude<LinkMark, ''>, string> = {
  stuck: color('short'),
  broken: color('alarm'),
  both: color('alarm'),
};

/** The line of a marked link: dashes where it is stuck, dots where it is broken. */
function markLine(mark: LinkMark, d: string): SvgNode[] {
  if (mark === '') return [];
  const stroke = { fill: 'none', stroke: markStroke[mark], 'stroke-width': 2 };
  const dashes = mark === 'broken' ? '1.5 3.5' : '6 3.5';
  return [svg('path', { d, ...stroke, 'stroke-dasharray': dashes, 'data-mark': mark })];
}

/** The cross on a broken link. */
function cross(mark: LinkMark, x: number, y: number): SvgNode[] {
  if (mark === '' || mark === 'stuck') return [];
  const d = `M${x - 4} ${y - 4}L${x + 4} ${y + 4}M${x - 4} ${y + 4}L${x + 4} ${y - 4}`;
  return [svg('path', { d, fill: 'none', stroke: markStroke[mark], 'stroke-width': 2.4 })];
}

function keyItems(tiers: Tiers, colors: Map<string, string>, space: Space): KeyItem[] {
  const { words } = space;
  const items: KeyItem[] = [...colors]
    .slice(0, seriesCount)
    .map(([name, fill]) => ({ name, fill }));
  if (colors.size > seriesCount) items.push({ name: words.other, fill: series(seriesCount) });
  if (tiers.tiers.some(({ boxes }) => boxes.some((box) => box.region === ''))) {
    items.push({ name: words.tiers.rest, fill: color('page'), shape: 'open' });
  }
  for (const mark of ['stuck', 'broken'] as const) {
    const draw = (x: number, y: number) => [
      ...markLine(mark, `M${x} ${y}L${x + 13} ${y}`),
      ...cross(mark, x + 6.5, y),
    ];
    items.push({ name: words.tiers.marks[mark]!, fill: markStroke[mark], draw });
  }
  return items;
}

/** All tiers side by side where there is room, else pairs of neighbours. */
function panelsOf(tiers: Tiers, space: Space): Panel[] {
  const list = tiers.tiers;
  if (list.length < 3 || space.width >= columnWidth * list.length) {
    return [{ tiers: list, links: tiers.links }];
  }
  return list.slice(1).map((right, i) => ({
    tiers: [list[i]!, right],
    links: tiers.links.filter((link) => link.from.tier === list[i]!.tier),
  }));
}

/** "6.5 %  China: Mining", the name going on below where it is long. */
export function boxText(
  box: Pick<TierBox, 'share' | 'name'>,
  width: number,
  space: Space,
): Place['text'] {
  const indent = space.measure(percentText(box.share), sizes.value) + 14;
  const first = wrap(box.name, width - indent, sizes.small, space.measure, 9)[0]!;
  const taken = box.name.startsWith(first) ? first : '';
  const rest = box.name.slice(taken.length).trim();
  const more = rest === '' ? [] : wrap(rest, width, sizes.small, space.measure, 2);
  return { first: taken, more, indent };
}

function placeTier(
  tier: Panel['tiers'][number],
  x: number,
  width: number,
  scale: number,
  space: Space,
): { places: Place[]; height: number } {
  let y = 0;
  const places = tier.boxes.map((box): Place => {
    const text = boxText(box, width, space);
    const top = y;
    const height = Math.max(2, box.value * scale);
    const start = top + 5 + lineHeight * (1 + text.more.length);
    y = start + height + 12;
    return { box, x, top, y: start, height, text, in: 0, out: 0 };
  });
  return { places, height: y };
}

function moved(place: Place, by: number): Place {
  return { ...place, top: place.top + by, y: place.y + by };
}

function boxNodes(place: Place, colors: Map<string, string>): SvgNode[] {
  const { box, x, top, y, height, text } = place;
  const rest = box.region === '';
  const fill = rest ? color('page') : colors.get(box.region)!;
  const halo = { halo: true };
  return [
    svg('rect', { x, y, width: barWidth, height, fill, ...(rest ? openPaint : {}) }),
    label(x, top + 12, percentText(box.share), { font: { ...sizes.value, weight: 600 }, ...halo }),
    ...(text.first === ''
      ? []
      : [label(x + text.indent, top + 12, text.first, { ...soft, ...halo })]),
    ...lines(x, top + 12 + lineHeight, text.more, { ...soft, ...halo }),
  ];
}

/** A band from one box to the next, and the line that marks it. */
function linkNodes(link: TierLink, from: Place, to: Place, scale: number, fill: string) {
  const thick = Math.max(0.75, link.value * scale);
  const [x0, x1] = [from.x + barWidth, to.x];
  const [y0, y1] = [from.y + from.out, to.y + to.in];
  from.out += link.value * scale;
  to.in += link.value * scale;
  const m = (x0 + x1) / 2;
  const curve = (a: number, b: number, first: number, last: number) =>
    `C${m} ${a} ${m} ${b} ${last} ${b}`.replace(/^/, first === x0 ? `M${x0} ${a}` : `L${x1} ${a}`);
  const d = `${curve(y0, y1, x0, x1)}${curve(y1 + thick, y0 + thick, x1, x0)}Z`;
  const centre = curve(y0 + thick / 2, y1 + thick / 2, x0, x1);
  const spot = { x: m - 8, y: (y0 + y1 + thick - Math.max(thick, 8)) / 2, width: 16 };
  return {
    band: svg('path', { d, fill, 'fill-opacity': 0.26, 'data-link': link.mark || 'plain' }),
    line: markLine(link.mark, centre),
    cross: cross(link.mark, x1 - 8, y1 + thick / 2), // where no label stands
    spot: { ...spot, height: Math.max(thick, 8) },
  };
}

function boxMark(place: Place, tiers: Tiers, space: Space, width: number): Mark {
  const { words } = space;
  const { box } = place;
  const said: [string, string][] = [
    [words.tiers.share, percentText(box.share)],
    [tiers.value.name, tiers.value.said(box.value)],
  ];
  if (box.region !== '') said.push([words.tiers.region, box.region]);
  const height = place.y + place.height - place.top;
  return { x: place.x, y: place.top, width, height, title: box.name, lines: said };
}

function linkMark(link: TierLink, spot: Omit<Mark, 'title' | 'lines'>, tiers: Tiers, space: Space) {
  const { words } = space;
  const said: [string, string][] = [
    [words.tiers.linkShare, percentText(link.share)],
    [tiers.value.name, tiers.value.said(link.value)],
  ];
  if (link.mark !== '') said.push([words.tiers.link, words.tiers.marks[link.mark]!]);
  return { ...spot, title: words.tiers.to(link.from.name, link.to.name), lines: said };
}

function headings(panel: Panel, step: number, y: number, tiers: Tiers, space: Space) {
  const { words } = space;
  let most = 1;
  const body = panel.tiers.flatMap(({ tier, total }, c) => {
    const name = words.tiers.names[String(tier)] ?? words.tiers.other(String(tier));
    const title = wrap(name, step - 10, sizes.strong, space.measure, 2);
    most = Math.max(most, title.length);
    const x = c * step;
    const sum = wrap(tiers.value.said(total), step - 10, sizes.small, space.measure, 1);
    return [
      ...lines(x, y + 13, title, { font: sizes.strong }),
      ...lines(x, y + 14 + 16 * title.length, sum, soft),
    ];
  });
  return { body, height: 16 * most + 28 };
}

/** One picture: tiers side by side from `y` down. */
function drawPanel(
  panel: Panel,
  y: number,
  scale: number,
  colors: Map<string, string>,
  tiers: Tiers,
  space: Space,
) {
  const step = space.width / panel.tiers.length;
  const head = headings(panel, step, y, tiers, space);
  const columns = panel.tiers.map((tier, c) => placeTier(tier, c * step, step - 12, scale, space));
  const height = Math.max(...columns.map((column) => column.height));
  const begin = y + head.height;
  const places = columns.flatMap((column) =>
    column.places.map((place) => moved(place, begin + (height - column.height) / 2)),
  );
  const placed = new Map(places.map((place) => [place.box, place]));
  const order = (box: TierBox) => places.indexOf(placed.get(box)!);
  const sorted = [...panel.links].sort(
    (a, b) => order(a.from) - order(b.from) || order(a.to) - order(b.to),
  );
  const drawn = sorted.map((link) => {
    const rest = link.from.region === '' || link.to.region === '';
    const fill = rest ? series(seriesCount) : colors.get(link.from.region)!;
    const nodes = linkNodes(link, placed.get(link.from)!, placed.get(link.to)!, scale, fill);
    return { ...nodes, mark: linkMark(link, nodes.spot, tiers, space) };
  });
  return {
    body: [
      ...head.body,
      ...drawn.map((link) => link.band),
      ...drawn.flatMap((link) => link.line),
      ...places.flatMap((place) => boxNodes(place, colors)),
      ...drawn.flatMap((link) => link.cross),
    ],
    marks: [
      ...places.map((place) => boxMark(place, tiers, space, step - 12)),
      ...drawn.map((link) => link.mark),
    ],
    bottom: begin + height,
  };
}

export const drawTiers: Draw = (figure, table, space) => {
  const tiers = readTiers(figure, table, space);
  const colors = regionColors(tiers);
  const top = key(keyItems(tiers, colors, space), space);
  const scale = barsHeight / Math.max(...tiers.tiers.map(({ total }) => total), Number.MIN_VALUE);
  const body = [...top.body];
  const marks: Mark[] = [];
  let y = top.height + 6;
  for (const panel of panelsOf(tiers, space)) {
    const drawn = drawPanel(panel, y, scale, colors, tiers, space);
    body.push(...drawn.body);
    marks.push(...drawn.marks);
    y = drawn.bottom + 18;
  }
  return {
    width: space.width,
    height: y,
    body,
    marks,
    subtitle: measured(tiers.value),
    note: shownNote(tiers.shown, tiers.rows, space.words),
  };
};
