/**
 * The chain map: suppliers left, customers right, a column a tier. A bar is as high as its value on
 * one scale, a link as wide; bars too thin to be hit are drawn a little higher. With many boxes a
 * tier labels shrink to a line, then go.
 */

import {
  color,
  key,
  label,
  series,
  seriesCount,
  sizes,
  type KeyItem,
} from '../../../figures/src/chart';
import { svg, type SvgNode } from '../../../figures/src/node';
import { shorten, wrap, type Measure } from '../../../figures/src/text';
import { rankedRegions, type ChainBox, type ChainLink, type TierChain } from './chain';
import {
  lossColor,
  lossSteps,
  spotGroup,
  stepNames,
  tied,
  written,
  type Picture,
  type Spot,
  type Told,
} from './picture';

export interface MapWords {
  tier: (tier: number) => string;
  name: (box: ChainBox) => string;
  region: (box: ChainBox) => string;
  amount: (value: number) => string;
  percent: (value: number) => string;
  regionNamed: (code: string) => string;
  share: string;
  value: string;
  loss: string;
  breaks: string;
  broken: string;
  rest: string;
  unknown: string;
  otherRegions: string;
  linkShare: string;
  risk: string;
}

export interface MapLook {
  width: number;
  /** Bars of the largest tier together. */
  height: number;
  measure: Measure;
  words: MapWords;
  /** Colour of a box; region or risk unless given. */
  paint: (box: ChainBox) => string;
  items: KeyItem[];
  subtitle: string;
  note: string;
  opens: (box: ChainBox) => boolean;
  selected: string;
}

/** How much a label says, by the number of boxes in the largest tier. */
export type Density = 'full' | 'line' | 'bare';

export function densityOf(chain: TierChain): Density {
  const most = Math.max(0, ...chain.tiers.map(({ boxes }) => boxes.length));
  return most <= 16 ? 'full' : most <= 60 ? 'line' : 'bare';
}

const slots: Record<Density, { least: number; gap: number; bar: number }> = {
  full: { least: 27, gap: 9, bar: 3 },
  line: { least: 14, gap: 3, bar: 2 },
  bare: { least: 3, gap: 1, bar: 3 },
};

export const barWidth = 15;
const columnLeast: Record<Density, number> = { full: 148, line: 148, bare: 110 };

/** The width the picture needs to be read. */
export const mapWidth = (chain: TierChain, room: number): number =>
  Math.max(room, columnLeast[densityOf(chain)] * chain.tiers.length);

interface Place {
  box: ChainBox;
  x: number;
  /** Slot of bar and label together. */
  top: number;
  slot: number;
  y: number;
  height: number;
  in: number;
  out: number;
}

/** A box holds what it takes in or gives out, whichever is more: value is added on the way. */
function holdings(chain: TierChain): Map<string, number> {
  const [taken, given] = [new Map<string, number>(), new Map<string, number>()];
  for (const { from, to, value } of chain.links) {
    given.set(from.key, (given.get(from.key) ?? 0) + value);
    taken.set(to.key, (taken.get(to.key) ?? 0) + value);
  }
  const boxes = chain.tiers.flatMap((tier) => tier.boxes);
  return new Map(
    boxes.map(({ key, value }) => [key, Math.max(value, taken.get(key) ?? 0, given.get(key) ?? 0)]),
  );
}

function placeTier(
  boxes: ChainBox[],
  held: Map<string, number>,
  x: number,
  scale: number,
  density: Density,
) {
  const { least, gap, bar } = slots[density];
  let y = 0;
  const places = boxes.map((box): Place => {
    const height = Math.max(bar, held.get(box.key)! * scale);
    const slot = Math.max(least, height);
    const place = { box, x, top: y, slot, y: y + (slot - height) / 2, height, in: 0, out: 0 };
    y += slot + gap;
    return place;
  });
  return { places, height: y - gap };
}

export function regionPaint(chain: TierChain): Map<string, string> {
  return new Map(rankedRegions(chain).map((region, i) => [region, series(i)]));
}

export function regionItems(chain: TierChain, words: MapWords): KeyItem[] {
  const ranked = [...regionPaint(chain)];
  const items: KeyItem[] = ranked
    .slice(0, seriesCount)
    .map(([code, fill]) => ({ name: words.regionNamed(code), fill }));
  if (ranked.length > seriesCount) {
    items.push({ name: words.otherRegions, fill: series(seriesCount) });
  }
  return items;
}

export function riskItems(words: MapWords): KeyItem[] {
  const names = stepNames(lossSteps);
  const items = names.map((name, i): KeyItem => {
    const value = i === 0 ? lossSteps[0]! / 2 : lossSteps[i - 1]!;
    return { name: i === 0 ? `${words.risk}: ${name}` : name, fill: lossColor(value) };
  });
  return [...items, { name: words.unknown, fill: lossColor(NaN) }];
}

function markItems(chain: TierChain, words: MapWords): KeyItem[] {
  const boxes = chain.tiers.flatMap((tier) => tier.boxes);
  const items: KeyItem[] = [];
  if (boxes.some(({ kind }) => kind === 'rest')) {
    items.push({ name: words.rest, fill: color('page'), shape: 'open' });
  }
  if (boxes.some(({ breaks, tier }) => breaks && tier !== 0)) {
    const draw = (x: number, y: number) => [cross(x + 6, y, 4)];
    items.push({ name: words.breaks, fill: color('alarm'), draw });
  }
  if (chain.links.some(({ broken }) => broken)) {
    const draw = (x: number, y: number) => [brokenLine(`M${x} ${y}L${x + 13} ${y}`)];
    items.push({ name: words.broken, fill: color('alarm'), draw });
  }
  return items;
}

function cross(x: number, y: number, r: number): SvgNode {
  const d = `M${x - r} ${y - r}L${x + r} ${y + r}M${x - r} ${y + r}L${x + r} ${y - r}`;
  return svg('path', { d, fill: 'none', stroke: color('alarm'), 'stroke-width': 2.4 });
}

const brokenLine = (d: string): SvgNode =>
  svg('path', {
    d,
    fill: 'none',
    stroke: color('alarm'),
    'stroke-width': 1.6,
    'stroke-dasharray': '2 3',
  });

function bandOf(link: ChainLink, from: Place, to: Place, scale: number) {
  const thick = Math.max(0.6, link.value * scale);
  const [x0, x1] = [from.x + barWidth, to.x];
  const [y0, y1] = [from.y + from.out, to.y + to.in];
  from.out += link.value * scale;
  to.in += link.value * scale;
  const m = Math.round((x0 + x1) / 2);
  const r = (v: number) => Math.round(v * 10) / 10;
  const over = `M${x0} ${r(y0)}C${m} ${r(y0)} ${m} ${r(y1)} ${x1} ${r(y1)}`;
  const back = `L${x1} ${r(y1 + thick)}C${m} ${r(y1 + thick)} ${m} ${r(y0 + thick)} ${x0} ${r(y0 + thick)}Z`;
  const [a, b] = [r(y0 + thick / 2), r(y1 + thick / 2)];
  return { band: over + back, centre: `M${x0} ${a}C${m} ${a} ${m} ${b} ${x1} ${b}` };
}

function labelNodes(place: Place, width: number, density: Density, look: MapLook): SvgNode[] {
  if (density === 'bare') return [];
  const { box, x } = place;
  const { words, measure } = look;
  const left = x + barWidth + 6;
  const room = width - barWidth - 14;
  const middle = place.y + place.height / 2;
  const name = words.name(box);
  const soft = { font: sizes.small, fill: color('ink-soft'), halo: true };
  const strong = { font: { ...sizes.small, weight: box.tier === 0 ? 700 : 600 }, halo: true };
  const share = words.percent(box.share);
  if (density === 'line') {
    const text = shorten(`${share} ${name}`, room, sizes.small, measure);
    return [label(left, middle + 4, text, { ...soft, fill: color('ink') })];
  }
  const detail = [share, words.region(box)].filter((text) => text !== '').join(' · ');
  const lines = place.slot >= 40 ? 2 : 1;
  const named = wrap(name, room, strong.font, measure, lines);
  const first = middle - (named.length * 13.5) / 2 + 4;
  return [
    ...named.map((text, i) => label(left, first + i * 13.5, text, strong)),
    label(left, first + named.length * 13.5, shorten(detail, room, sizes.small, measure), soft),
  ];
}

function boxNodes(place: Place, width: number, look: MapLook): SvgNode {
  const { box, x, y, height } = place;
  const rest = box.kind === 'rest';
  const outline = rest
    ? { stroke: color('axis'), 'stroke-width': 1, 'stroke-dasharray': '3 2' }
    : box.tier === 0 || box.key === look.selected
      ? { stroke: color('ink'), 'stroke-width': 2 }
      : { stroke: color('axis'), 'stroke-width': 0.6 };
  const fill = rest ? color('page') : look.paint(box);
  const hit = { x: x - 3, y: place.top, width, height: place.slot, fill: 'transparent' };
  return spotGroup(
    box.key,
    svg('rect', hit),
    svg('rect', { x, y, width: barWidth, height, fill, class: 'bar', ...outline }),
    ...(box.breaks && box.tier !== 0 ? [cross(x + barWidth / 2, y + height / 2, 4.5)] : []),
  );
}

function said(box: ChainBox, look: MapLook): [string, string][] {
  const { words } = look;
  const lines: [string, string][] = [
    [words.value, words.amount(box.value)],
    [words.share, words.percent(box.share)],
  ];
  if (Number.isFinite(box.loss) && box.tier !== 0)
    lines.push([words.loss, words.percent(box.loss)]);
  if (box.breaks && box.tier !== 0) lines.push(['', words.breaks]);
  return lines;
}

function fullName(box: ChainBox, words: MapWords): string {
  const region = words.region(box);
  return region === '' ? words.name(box) : `${words.name(box)} · ${region}`;
}

function heads(chain: TierChain, step: number, y: number, look: MapLook): SvgNode[] {
  return chain.tiers.flatMap(({ tier, total }, c) => {
    const name = shorten(look.words.tier(tier), step - 12, sizes.strong, look.measure);
    return [
      label(c * step, y + 13, name, { font: sizes.strong }),
      label(c * step, y + 29, look.words.amount(total), {
        font: sizes.small,
        fill: color('ink-soft'),
      }),
    ];
  });
}

export function drawChain(chain: TierChain, look: MapLook): Picture {
  const density = densityOf(chain);
  const space = { width: look.width, measure: look.measure, words: undefined as never };
  const legend = key([...look.items, ...markItems(chain, look.words)], space);
  const step = look.width / Math.max(1, chain.tiers.length);
  const held = holdings(chain);
  const total = (boxes: ChainBox[]) => boxes.reduce((sum, { key }) => sum + held.get(key)!, 0);
  const most = Math.max(...chain.tiers.map(({ boxes }) => total(boxes)), Number.MIN_VALUE);
  const scale = look.height / most;
  const columns = chain.tiers.map(({ boxes }, c) =>
    placeTier(boxes, held, c * step + 3, scale, density),
  );
  const height = Math.max(0, ...columns.map((column) => column.height));
  const begin = legend.height + 46;
  const places = columns.flatMap((column) => {
    const down = begin + (height - column.height) / 2;
    return column.places.map((p) => ({ ...p, top: p.top + down, y: p.y + down }));
  });
  const placed = new Map(places.map((place) => [place.box.key, place]));
  const ties = new Map<string, string[]>();
  const tie = (one: string, other: string) => ties.set(one, [...(ties.get(one) ?? []), other]);
  const links = new Map(chain.links.map((link) => [link.key, link]));
  const bands: SvgNode[] = [];
  const broken: SvgNode[] = [];
  for (const link of chain.links) {
    const [from, to] = [placed.get(link.from.key)!, placed.get(link.to.key)!];
    const { band, centre } = bandOf(link, from, to, scale);
    const fill = link.from.kind === 'rest' ? color('series-other') : look.paint(link.from);
    bands.push(tied(link.key, { d: band, fill }));
    if (link.broken) broken.push(brokenLine(centre));
    tie(link.from.key, link.key);
    tie(link.to.key, link.key);
    ties.set(link.key, [link.from.key, link.to.key]);
  }
  const spots = places.map((place): Spot => ({
    key: place.box.key,
    opens: look.opens(place.box),
    mark: {
      x: place.x - 3,
      y: place.top,
      width: step - 8,
      height: place.slot,
      title: fullName(place.box, look.words),
      lines: said(place.box, look),
    },
  }));
  return {
    width: look.width,
    height: begin + height + 10,
    body: [
      ...legend.body,
      ...heads(chain, step, legend.height + 4, look),
      svg('g', { class: 'links', 'fill-opacity': 0.24 }, ...bands),
      ...broken,
      ...places.map((place) => boxNodes(place, step - 8, look)),
      written(...places.flatMap((place) => labelNodes(place, step - 8, density, look))),
    ],
    marks: spots.map(({ mark }) => mark),
    subtitle: look.subtitle,
    note: look.note,
    spots,
    ties,
    tell: (key) => {
      const link = links.get(key);
      return link && linkSaid(link, look.words);
    },
  };
}

/** What is said of a link: its ends, what flows, whether it is broken. */
function linkSaid(link: ChainLink, words: MapWords): Told {
  const lines: [string, string][] = [
    [words.value, words.amount(link.value)],
    [words.linkShare, words.percent(link.share)],
  ];
  if (link.broken) lines.push(['', words.broken]);
  return { title: `${fullName(link.from, words)} → ${fullName(link.to, words)}`, lines };
}
