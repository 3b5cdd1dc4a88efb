/** The emergency plan: what a report of `allocate` holds, and how it is told. */
import { describe, expect, test } from 'vitest';
import type { Column, Report } from '../../figures/src/report';
import { linkNames, readAllocation, reasonTold } from '../src/page/blockages/plan';
import { english } from '../src/words/en';
import { chinese } from '../src/words/zh';

function table(name: string, cells: Record<string, (string | number | null)[]>, unit = '') {
  const columns = Object.entries(cells).map(([column, values]): Column => {
    const type = typeof values[0] === 'string' ? 'text' : 'real';
    return { name: column, type, unit, meaning: '', values };
  });
  return { name, title: name, columns };
}

const report = {
  tables: [
    table('served', {
      what: ['weighted', 'final use'],
      wanted: [100, 120],
      plan: [90, 99],
      proportional: [70, 80],
      saved: [20, 19],
      plan_share: [90, 82.5],
      proportional_share: [70, 66.7],
    }),
    table(
      'blockages',
      {
        rank: [1, 2],
        kind: ['capacity', 'link'],
        name: ['Taiwan: Chips', 'Chips in Taiwan to China: Cars'],
        price: [0.8, 0.1],
        left: [50, 125],
        gain: [7, 2],
        id: ['TWN.chip', 'TWN'],
        to: ['', 'CHN.car'],
      },
      'million USD',
    ),
    table('deliveries', {
      from_name: ['a', 'b', 'c'],
      to_name: ['x', 'y', 'z'],
      normal: [10, 5, 1],
      plan: [2, 8, 1],
      change: [-8, 3, 0],
    }),
  ],
} as unknown as Report;

test('a plan is read: what it saves, what blocks it, who gets less and more', () => {
  const plan = readAllocation(report);
  expect(plan.weighted).toMatchObject({ saved: 20, planShare: 90, proportionalShare: 70 });
  expect(plan.money?.wanted).toBe(120);
  expect(plan.stock).toBeUndefined();
  expect(plan.blockages.map(({ link, gain }) => [link, gain])).toEqual([
    [false, 7],
    [true, 2],
  ]);
  expect(plan.unit).toBe('million USD');
  expect(plan.less.map(({ from }) => from)).toEqual(['a']);
  expect(plan.more.map(({ from }) => from)).toEqual(['b']);
  expect(plan.unserved).toEqual([]);
});

describe('names and reasons', () => {
  const known: Record<string, string> = {
    'Chips in Taiwan': '台湾：芯片',
    'China: Cars to order': '中国：定制汽车',
    'Taiwan: Chips': '台湾：芯片',
    chip: '芯片',
  };
  const shown = (text: string) => known[text] ?? text;

  test('both ends of a link are told, whatever their names hold', () => {
    expect(linkNames('Chips in Taiwan to China: Cars to order', shown)).toBe(
      '台湾：芯片 → 中国：定制汽车',
    );
    expect(linkNames('a to b', shown)).toBe('a → b');
    expect(linkNames('alone', shown)).toBe('alone');
  });

  test('a reason is told step by step; what has no pattern stays', () => {
    const reason = 'China: Cars to order is short of chip; Taiwan: Chips can make no more';
    expect(reasonTold(reason, english.blockages.reasons, (text) => text)).toBe(reason);
    expect(reasonTold(reason, chinese.blockages.reasons, shown)).toBe(
      '中国：定制汽车缺少芯片；台湾：芯片无法再增产',
    );
    expect(reasonTold('something else', chinese.blockages.reasons, shown)).toBe('something else');
    expect(reasonTold('goods may not go there', chinese.blockages.reasons, shown)).toBe(
      '货物不得运往该处',
    );
  });
});
