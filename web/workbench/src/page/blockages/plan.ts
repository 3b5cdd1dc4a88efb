/** What the report of `allocate` holds: the plan, what holds it back, what it saves. */

import type { Report } from '../../interface';
import { number, tableRows, text, unitOf } from '../../part/rows';
import type { Words } from '../../words/en';

/** Final use over the horizon, as the plan counts or as money. */
export interface Served {
  wanted: number;
  plan: number;
  proportional: number;
  saved: number;
  /** Per cent of what is wanted. */
  planShare: number;
  proportionalShare: number;
}

export interface Blockage {
  link: boolean;
  name: string;
  /** Weighted final use for one unit more. */
  price: number;
  /** Per cent of its normal amount. */
  left: number;
  /** What 1 % of its normal amount more would bring over the horizon. */
  gain: number;
  /** Maker; of a link, who sells. */
  id: string;
  /** Of a link: the buyer. */
  to: string;
}

export interface Delivery {
  from: string;
  to: string;
  normal: number;
  plan: number;
  change: number;
}

export interface Unserved {
  product: string;
  where: string;
  category: string;
  missing: number;
  plan: number;
  proportional: number;
  alone: number;
  reason: string;
}

export interface Plan {
  weighted: Served | undefined;
  money: Served | undefined;
  /** Wanted: what there is. */
  stock: Served | undefined;
  blockages: Blockage[];
  less: Delivery[];
  more: Delivery[];
  unserved: Unserved[];
  unit: string;
}

function servedIn(report: Report, what: string): Served | undefined {
  const row = tableRows(report, 'served').find((one) => text(one, 'what') === what);
  if (!row) return undefined;
  return {
    wanted: number(row, 'wanted'),
    plan: number(row, 'plan'),
    proportional: number(row, 'proportional'),
    saved: number(row, 'saved'),
    planShare: number(row, 'plan_share'),
    proportionalShare: number(row, 'proportional_share'),
  };
}

export function readAllocation(report: Report): Plan {
  const deliveries = tableRows(report, 'deliveries').map((row): Delivery => ({
    from: text(row, 'from_name'),
    to: text(row, 'to_name'),
    normal: number(row, 'normal'),
    plan: number(row, 'plan'),
    change: number(row, 'change'),
  }));
  return {
    weighted: servedIn(report, 'weighted'),
    money: servedIn(report, 'final use'),
    stock: servedIn(report, 'drawn from stock'),
    blockages: tableRows(report, 'blockages').map((row) => ({
      link: text(row, 'kind') === 'link',
      name: text(row, 'name'),
      price: number(row, 'price'),
      left: number(row, 'left'),
      gain: number(row, 'gain'),
      id: text(row, 'id'),
      to: text(row, 'to'),
    })),
    less: deliveries.filter(({ change }) => change < 0),
    more: deliveries.filter(({ change }) => change > 0),
    unserved: tableRows(report, 'unserved').map((row) => ({
      product: text(row, 'product'),
      where: text(row, 'where'),
      category: text(row, 'category'),
      missing: number(row, 'missing'),
      plan: number(row, 'plan'),
      proportional: number(row, 'proportional'),
      alone: number(row, 'alone'),
      reason: text(row, 'reason'),
    })),
    unit: unitOf(report, 'blockages', 'gain'),
  };
}

/** "A to B" of a link, whose names may hold " to " themselves: the parts are told where they fit. */
export function linkNames(name: string, shown: (text: string) => string): string {
  const pieces = name.split(' to ');
  for (let i = 1; i < pieces.length; i += 1) {
    const [from, to] = [pieces.slice(0, i).join(' to '), pieces.slice(i).join(' to ')];
    if (i === pieces.length - 1 || shown(from) !== from) return `${shown(from)} → ${shown(to)}`;
  }
  return shown(name);
}

type Reasons = Words['blockages']['reasons'];
const steps: [RegExp, (t: Reasons, found: string[]) => string][] = [
  [/^(.+) is short of (.+)$/, (t, [who, what]) => t.shortOf(who!, what!)],
  [/^(.+) can make no more$/, (t, [who]) => t.noMore(who!)],
  [/^no more can come from (.+)$/, (t, [who]) => t.noWay(who!)],
  [/^(.+) again: they wait for each other$/, (t, [who]) => t.ring(who!)],
  [/^goods may not go there$/, (t) => t.banned],
  [/^it counts nothing$/, (t) => t.nothing],
];

/** Why something is not served, step by step in the reader's language. */
export function reasonTold(reason: string, t: Reasons, shown: (text: string) => string): string {
  return reason
    .split('; ')
    .map((step) => {
      for (const [pattern, said] of steps) {
        const found = pattern.exec(step);
        if (found) return said(t, found.slice(1).map(shown));
      }
      return shown(step);
    })
    .join(t.then);
}
