/** A made-up chain in tiers: long and Chinese names, a stuck, a broken and a doubly marked link. */
import { figure, real, table, text } from './fixture';

type Row = [
  tier: number,
  from: string,
  fromRegion: string,
  to: string,
  toRegion: string,
  v: number,
];

const rest = 'all others';
const ore = 'Rest of the world: Mining and quarrying';
const cells = '中国：电气机械和器材制造业';
const cars = 'China: Motor vehicles, trailers and semi-trailers';
const rows: Row[] = [
  [-2, ore, 'Rest of the world', cells, 'China', 21],
  [-2, 'Japan: Chemicals and chemical products', 'Japan', cells, 'China', 3],
  [-2, rest, '', cells, 'China', 13],
  [-2, rest, '', rest, '', 17],
  [-1, cells, 'China', cars, 'China', 60],
  [-1, 'Germany: Electrical and optical equipment', 'Germany', cars, 'China', 11],
  [-1, rest, '', cars, 'China', 29],
  [0, cars, 'China', 'China: final use', 'China', 90],
  [0, cars, 'China', 'Germany: Sale and repair of motor vehicles', 'Germany', 40],
  [0, cars, 'China', rest, '', 20],
  [1, 'Germany: Sale and repair of motor vehicles', 'Germany', 'Germany: final use', 'Germany', 33],
  [1, rest, '', rest, '', 17],
];
const marks = ['stuck', '', '', '', 'broken', 'both', '', '', '', '', '', ''];

export const chain = table(
  real(
    'tier',
    '',
    rows.map((r) => r[0]),
  ),
  text(
    'supplier',
    rows.map((r) => r[1]),
  ),
  text(
    'supplier_region',
    rows.map((r) => r[2]),
  ),
  text(
    'customer',
    rows.map((r) => r[3]),
  ),
  text(
    'customer_region',
    rows.map((r) => r[4]),
  ),
  real(
    'value',
    'million USD',
    rows.map((r) => r[5]),
  ),
  text('link', marks),
);

export const tiersFigure = figure('tiers', {
  tier: 'tier',
  supplier: 'supplier',
  customer: 'customer',
  supplier_region: 'supplier_region',
  customer_region: 'customer_region',
  value: 'value',
  mark: 'link',
});
