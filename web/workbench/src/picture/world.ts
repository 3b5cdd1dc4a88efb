/** The world map: regions shaded by value, flows as arcs; what is no country stands below. */

import { color, key, label, sizes, type KeyItem } from '../../../figures/src/chart';
import { svg, type SvgNode } from '../../../figures/src/node';
import { shorten, type Measure } from '../../../figures/src/text';
import type { Country, World } from './atlas';
import { Countries, type Named } from './countries';
import { spotGroup, tied, written, type Picture, type Spot, type Told } from './picture';

/** A region with a value on the map. */
export interface Place {
  code: string;
  name: string;
  /** Shown beside the name. */
  shown: string;
  fill: string;
  told: Told;
  /** Width of its arc of 1; 0: none. */
  flow: number;
}

export interface WorldLook {
  width: number;
  measure: Measure;
  /** All regions of the chain, with what they are part of. */
  regions: readonly Named[];
  places: Place[];
  /** Where arcs come together: code of a region, empty for none. */
  focus: string;
  /** Arcs lead to the focus, or away from it. */
  inward: boolean;
  items: KeyItem[];
  offMap: string;
  flowTold: (place: Place) => Told;
  note: string;
  opens: (place: Place) => boolean;
  labels: number;
}

const widestArc = 15;
export const placeKey = (code: string): string => `region/${code}`;
export const arcKey = (code: string): string => `flow/${code}`;

type Point = [number, number];

/** A bent wedge from where a flow begins, wide, to where it ends, pointed. */
export function arc(from: Point, to: Point, width: number): string {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy) || 1;
  const [nx, ny] = [-dy / length, dx / length];
  const lift = Math.min(length * 0.22, 90) * (dx >= 0 ? -1 : 1);
  const c: Point = [(from[0] + to[0]) / 2 + nx * lift, (from[1] + to[1]) / 2 + ny * lift];
  const r = (v: number) => Math.round(v * 10) / 10;
  const at = (p: Point, by: number) => `${r(p[0] + nx * by)} ${r(p[1] + ny * by)}`;
  const half = width / 2;
  return (
    `M${at(from, half)}Q${at(c, half * 0.6)} ${at(to, 0.4)}` +
    `L${at(to, -0.4)}Q${at(c, -half * 0.6)} ${at(from, -half)}Z`
  );
}

interface Stood {
  place: Place;
  centre: Point;
  box: { x: number; y: number; width: number; height: number };
  countries: Country[];
}

function standing(world: World, look: WorldLook): { onMap: Stood[]; off: Place[] } {
  const byId = new Map<string, Country[]>(); // an id may have several shapes
  for (const country of world.countries) {
    byId.set(country.id, [...(byId.get(country.id) ?? []), country]);
  }
  const finder = new Countries(world.countries);
  const onMap: Stood[] = [];
  const off: Place[] = [];
  for (const place of look.places) {
    const region = look.regions.find(({ code }) => code === place.code) ?? place;
    const countries = finder.idsOf(region, look.regions).flatMap((id) => byId.get(id) ?? []);
    const main = countries.reduce<Country | undefined>(
      (a, b) => (a && a.box.width * a.box.height >= b.box.width * b.box.height ? a : b),
      undefined,
    );
    if (!main) off.push(place);
    else onMap.push({ place, centre: main.centre, box: main.box, countries });
  }
  return { onMap, off };
}

/** A country too small to be seen is a dot. */
function countryNodes({ path, centre, box }: Country, fill: string, strong: boolean): SvgNode[] {
  const stroke = strong ? color('ink') : color('page');
  const paint = { fill, stroke, 'stroke-width': strong ? 1.4 : 0.5 };
  const small = box.width < 7 && box.height < 7;
  return [
    svg('path', { d: path, ...paint, class: 'bar' }),
    ...(small ? [svg('circle', { cx: centre[0], cy: centre[1], r: 3.4, ...paint })] : []),
  ];
}

interface Strip {
  body: SvgNode[];
  stood: Stood[];
  height: number;
}

/** Regions that are no country: swatches in lines below the map. */
function strip(off: Place[], y: number, look: WorldLook): Strip {
  if (off.length === 0) return { body: [], stood: [], height: 0 };
  const soft = { font: sizes.small, fill: color('ink-soft') };
  const body: SvgNode[] = [label(0, y + 12, look.offMap, soft)];
  const stood: Stood[] = [];
  let x = 0;
  let line = y + 22;
  for (const place of off) {
    const text = shorten(
      `${place.name} ${place.shown}`,
      look.width - 30,
      sizes.small,
      look.measure,
    );
    const width = 30 + look.measure(text, sizes.small);
    if (x > 0 && x + width > look.width) {
      x = 0;
      line += 24;
    }
    const strong = place.code === look.focus;
    const swatch = {
      x,
      y: line,
      width: 18,
      height: 16,
      rx: 2,
      fill: place.fill,
      stroke: color(strong ? 'ink' : 'axis'),
      'stroke-width': strong ? 1.4 : 0.8,
      class: 'bar',
    };
    const group = [
      svg('rect', { x, y: line - 3, width: width - 4, height: 22, fill: 'transparent' }),
      svg('rect', swatch),
    ];
    body.push(
      spotGroup(placeKey(place.code), ...group),
      written(label(x + 24, line + 12, text, { font: sizes.small })),
    );
    const box = { x, y: line - 3, width: width - 4, height: 22 };
    stood.push({ place, centre: [x + 9, line + 8], box, countries: [] });
    x += width + 12;
  }
  return { body, stood, height: line + 24 - y };
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const apart = (a: Box, b: Box) =>
  a.x > b.x + b.width || b.x > a.x + a.width || a.y > b.y + b.height || b.y > a.y + a.height;

/** Names of the largest where they do not stand on one another. */
function labels(onMap: Stood[], down: number, look: WorldLook): SvgNode[] {
  const taken: Box[] = [];
  const named = onMap.filter(({ place }) => place.shown !== '').slice(0, look.labels);
  return named.flatMap(({ place, centre }) => {
    const text = `${place.name} ${place.shown}`;
    const width = look.measure(text, sizes.small);
    const x = Math.max(width / 2, Math.min(centre[0], look.width - width / 2));
    const box = { x: x - width / 2, y: centre[1] + down - 12, width, height: 15 };
    if (taken.some((other) => !apart(box, other))) return [];
    taken.push(box);
    const style = { font: { ...sizes.small, weight: 600 }, anchor: 'middle' as const, halo: true };
    return [label(x, centre[1] + down, text, style)];
  });
}

export function drawWorld(world: World, look: WorldLook): Picture {
  const space = { width: look.width, measure: look.measure, words: undefined as never };
  const legend = key(look.items, space);
  const { onMap, off } = standing(world, look);
  const below = strip(off, world.height + 8, look);
  const all = [...onMap, ...below.stood];
  const shaded = new Set(onMap.flatMap(({ countries }) => countries));
  const focus = all.find(({ place }) => place.code === look.focus);
  const arcs = all.flatMap(({ place, centre }) => {
    if (!focus || place.flow <= 0 || place.code === look.focus) return [];
    const ends: [Point, Point] = look.inward ? [centre, focus.centre] : [focus.centre, centre];
    const d = arc(...ends, Math.max(1, widestArc * place.flow));
    return [{ place, d }];
  });
  const land = { fill: color('panel'), stroke: color('rule'), 'stroke-width': 0.5 };
  const spots = all.map(({ place, box }): Spot => ({
    key: placeKey(place.code),
    opens: look.opens(place),
    mark: { ...box, y: box.y + legend.height, title: place.told.title, lines: place.told.lines },
  }));
  const ties = new Map(
    arcs.flatMap(({ place }): [string, string[]][] => [
      [placeKey(place.code), [arcKey(place.code)]],
      [arcKey(place.code), [placeKey(place.code)]],
    ]),
  );
  const flows = new Map(arcs.map(({ place }) => [arcKey(place.code), place]));
  const map = svg(
    'g',
    { transform: `translate(0 ${legend.height})` },
    ...world.countries
      .filter((country) => !shaded.has(country))
      .map(({ path }) => svg('path', { d: path, ...land })),
    ...onMap.map(({ place, countries }) =>
      spotGroup(
        placeKey(place.code),
        ...countries.flatMap((c) => countryNodes(c, place.fill, place.code === look.focus)),
      ),
    ),
    ...below.body,
    svg(
      'g',
      { fill: color('short'), 'fill-opacity': 0.45, 'pointer-events': 'visibleFill' },
      ...arcs.map(({ place, d }) => tied(arcKey(place.code), { d })),
    ),
  );
  return {
    width: look.width,
    height: legend.height + world.height + 8 + below.height,
    body: [...legend.body, map, written(...labels(onMap, legend.height, look))],
    marks: spots.map(({ mark }) => mark),
    subtitle: '',
    note: look.note,
    spots,
    ties,
    tell: (one) => {
      const place = flows.get(one);
      return place && look.flowTold(place);
    },
  };
}
