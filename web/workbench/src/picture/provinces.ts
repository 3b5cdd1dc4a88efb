/** China's provinces as tiles of one size, about where they lie. */

import { color, key, label, sizes, type KeyItem } from '../../../figures/src/chart';
import { svg, type SvgNode } from '../../../figures/src/node';
import { shorten, type Measure } from '../../../figures/src/text';
import type { Item } from '../interface';
import { spotGroup, written, type Picture, type Spot } from './picture';
import { placeKey, type Place } from './world';

export interface Province {
  /** As in ISO 3166-2, without "CN-". */
  code: string;
  /** First two digits of the administrative code. */
  number: string;
  name: string;
  zh: string;
  /** The one character it is called by. */
  sign: string;
  column: number;
  row: number;
}

const listed = `
HL 23 Heilongjiang 黑龙江 黑 7 0
NM 15 Inner_Mongolia 内蒙古 蒙 5 1
JL 22 Jilin 吉林 吉 7 1
XJ 65 Xinjiang 新疆 新 0 2
GS 62 Gansu 甘肃 甘 2 2
NX 64 Ningxia 宁夏 宁 3 2
SX 14 Shanxi 山西 晋 4 2
BJ 11 Beijing 北京 京 5 2
TJ 12 Tianjin 天津 津 6 2
LN 21 Liaoning 辽宁 辽 7 2
QH 63 Qinghai 青海 青 1 3
SN 61 Shaanxi 陕西 陕 3 3
HA 41 Henan 河南 豫 4 3
HE 13 Hebei 河北 冀 5 3
SD 37 Shandong 山东 鲁 6 3
XZ 54 Tibet 西藏 藏 1 4
SC 51 Sichuan 四川 川 2 4
CQ 50 Chongqing 重庆 渝 3 4
HB 42 Hubei 湖北 鄂 4 4
AH 34 Anhui 安徽 皖 5 4
JS 32 Jiangsu 江苏 苏 6 4
SH 31 Shanghai 上海 沪 7 4
YN 53 Yunnan 云南 滇 2 5
GZ 52 Guizhou 贵州 黔 3 5
HN 43 Hunan 湖南 湘 4 5
JX 36 Jiangxi 江西 赣 5 5
ZJ 33 Zhejiang 浙江 浙 6 5
GX 45 Guangxi 广西 桂 3 6
GD 44 Guangdong 广东 粤 4 6
FJ 35 Fujian 福建 闽 5 6
TW 71 Taiwan 台湾 台 6 6
HI 46 Hainan 海南 琼 3 7
MO 82 Macao 澳门 澳 4 7
HK 81 Hong_Kong 香港 港 5 7
`;

export const provinces: readonly Province[] = listed
  .trim()
  .split('\n')
  .map((line) => {
    const [code = '', number = '', name = '', zh = '', sign = '', column, row] = line.split(' ');
    const place = { column: Number(column), row: Number(row) };
    return { code, number, name: name.replace('_', ' '), zh, sign, ...place };
  });

const byName = new Map<string, Province>();
for (const province of provinces) {
  for (const name of [province.name, province.zh, province.sign]) {
    byName.set(name.toLowerCase(), province);
  }
}
byName.set('xizang', byName.get('tibet')!);
byName.set('macau', byName.get('macao')!);
byName.set('neimenggu', byName.get('inner mongolia')!);
byName.set('nei mongol', byName.get('inner mongolia')!);

/** "广西壮族自治区" -> "广西", "Beijing Municipality" -> "beijing". */
function bare(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/(壮族|回族|维吾尔)?(自治区|特别行政区)$|(省|市)$/, '')
    .replace(/^中国/, '')
    .replace(/ (province|municipality|autonomous region|sar)$/, '');
}

export type Named = Pick<Item, 'code' | 'name'> & { name_zh?: string };

/** By name in either language, by "CN-BJ", "BJ", 11 or 110000. */
export function provinceOf(region: Named): Province | undefined {
  const named = byName.get(bare(region.name)) ?? byName.get(bare(region.name_zh ?? ''));
  if (named) return named;
  const code = region.code.toUpperCase();
  const number = /^(\d\d)(0000)?$/.exec(code)?.[1];
  if (number !== undefined) return provinces.find((one) => one.number === number);
  const letters = /^(?:CN-)?([A-Z]{2})$/.exec(code)?.[1];
  return provinces.find((one) => one.code === letters) ?? byName.get(bare(code)) ?? undefined;
}

/** Enough of its regions are provinces; one alone (Taiwan in a world table) is none. */
export function hasProvinces(regions: readonly Named[]): boolean {
  const found = new Set(regions.map((region) => provinceOf(region)?.code));
  found.delete(undefined);
  return found.size >= 8 && found.size >= regions.length / 2;
}

export interface TileLook {
  width: number;
  measure: Measure;
  regions: readonly Named[];
  places: Place[];
  focus: string;
  language: 'en' | 'zh';
  items: KeyItem[];
  offMap: string;
  note: string;
  opens: (place: Place) => boolean;
}

const gap = 4;

/** Text on a shade: as the shade's own ink. */
const inkOn = (fill: string): string =>
  /--(seq)-(\d)/.test(fill) ? fill.replace('--seq-', '--seq-ink-') : color('ink');

export function drawProvinces(look: TileLook): Picture {
  const space = { width: look.width, measure: look.measure, words: undefined as never };
  const legend = key(look.items, space);
  const size = Math.min(86, (look.width - 7 * gap) / 8);
  const left = Math.max(0, (look.width - 8 * size - 7 * gap) / 2);
  const known = new Map<string, Place>();
  const off: Place[] = [];
  for (const place of look.places) {
    const region = look.regions.find(({ code }) => code === place.code) ?? place;
    const province = provinceOf(region);
    if (province && !known.has(province.code)) known.set(province.code, place);
    else off.push(place);
  }
  const spots: Spot[] = [];
  const spot = (place: Place, x: number, y: number, width: number, height: number) =>
    spots.push({
      key: placeKey(place.code),
      opens: look.opens(place),
      mark: { x, y, width, height, title: place.told.title, lines: place.told.lines },
    });
  const tiles = provinces.map((province): SvgNode => {
    const x = left + province.column * (size + gap);
    const y = legend.height + province.row * (size + gap);
    const place = known.get(province.code);
    const fill = place?.fill ?? color('panel');
    const focus = place !== undefined && place.code === look.focus;
    const name = look.language === 'zh' ? province.zh : province.name;
    const ink = place ? inkOn(fill) : color('ink-soft');
    const head = size >= 62 ? shorten(name, size - 8, sizes.small, look.measure) : province.sign;
    const middle = { anchor: 'middle' as const, fill: ink };
    const outline = { stroke: color(focus ? 'ink' : 'rule'), 'stroke-width': focus ? 2 : 0.8 };
    const tile = svg('rect', {
      x,
      y,
      width: size,
      height: size,
      rx: 4,
      fill,
      ...outline,
      class: 'bar',
    });
    const texts = [
      label(x + size / 2, y + size / 2 - 1, head, {
        font: { ...sizes.small, weight: 600 },
        ...middle,
      }),
      ...(place
        ? [label(x + size / 2, y + size / 2 + 14, place.shown, { font: sizes.small, ...middle })]
        : []),
    ];
    if (!place) return svg('g', {}, tile, written(...texts));
    spot(place, x, y, size, size);
    return svg('g', {}, spotGroup(placeKey(place.code), tile), written(...texts));
  });
  let y = legend.height + 8 * (size + gap) + 8;
  const rest: SvgNode[] = [];
  if (off.length > 0) {
    rest.push(label(0, y + 10, look.offMap, { font: sizes.small, fill: color('ink-soft') }));
    y += 20;
  }
  let x = 0;
  for (const place of off) {
    const text = `${place.name} ${place.shown}`;
    const width = 30 + look.measure(text, sizes.small);
    if (x > 0 && x + width > look.width) [x, y] = [0, y + 24];
    rest.push(
      spotGroup(
        placeKey(place.code),
        svg('rect', { x, y: y - 3, width, height: 22, fill: 'transparent' }),
        svg('rect', { x, y, width: 18, height: 16, rx: 2, fill: place.fill, class: 'bar' }),
      ),
      written(label(x + 24, y + 12, text, { font: sizes.small })),
    );
    spot(place, x, y, width, 20);
    x += width + 12;
  }
  return {
    width: look.width,
    height: y + (off.length > 0 ? 28 : 0),
    body: [...legend.body, ...tiles, ...rest],
    marks: spots.map(({ mark }) => mark),
    subtitle: '',
    note: look.note,
    spots,
    ties: new Map(),
    tell: () => undefined,
  };
}
