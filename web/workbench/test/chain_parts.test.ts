/** What the pages about a chain are made of, without a browser. */
import { describe, expect, test } from 'vitest';
import type { Column, Report, Table } from '../../figures/src/report';
import { estimate } from '../../figures/src/text';
import { amount, moneyOf, percentRange, short } from '../src/part/amount';
import { beside, hitBy, lossAt, readCascade, regionLosses } from '../src/page/stress/cascade';
import { namedShares } from '../src/part/findings';
import { readMapState, tiersQuestion } from '../src/part/map_state';
import { scaled } from '../src/part/ranked';
import { read, shockCsv, withFailure, written } from '../src/part/scenario/failures';
import { parts, plain } from '../src/part/sentence';
import { timeLeft } from '../src/part/time_left';
import { breakPoints, readChain, rankedRegions } from '../src/picture/chain';
import { Countries } from '../src/picture/countries';
import { lossSteps, stepNames, stepOf } from '../src/picture/picture';
import { hasProvinces, provinceOf, provinces } from '../src/picture/provinces';
import { drawChain, densityOf, type MapLook, type MapWords } from '../src/picture/tiers';
import { bounded, showing, whole, zoomed } from '../src/picture/view';
import { arc } from '../src/picture/world';
import { english } from '../src/words/en';
import { chinese } from '../src/words/zh';

const spaces = (text: string) => text.replace(/[\u202f\u00a0]/g, ' ');

function table(name: string, columns: Record<string, (string | number | null)[]>): Table {
  return {
    name,
    title: name,
    columns: Object.entries(columns).map(([column, values]): Column => {
      const real = values.some((value) => typeof value === 'number');
      return { name: column, type: real ? 'real' : 'text', unit: '', meaning: '', values };
    }),
  };
}

const report = (...tables: Table[]): Report =>
  ({ analysis: 'x', title: '', tables, figures: [], findings: [] }) as unknown as Report;

describe('numbers for the eye', () => {
  test('have two significant digits, and none beyond the point from 10 up', () => {
    expect([0, 0.0004, 0.485, 1.53, 9.96, 23.4, 1234].map(short).map(spaces)).toEqual([
      '0',
      '< 0.001',
      '0.48',
      '1.5',
      '10',
      '23',
      '1,234',
    ]);
    expect(spaces(percentRange(0.485, 1.531))).toBe('0.48 – 1.5 %');
    expect(spaces(percentRange(0.131, 0.1312))).toBe('0.13 %');
  });

  test('of money go to the next word in English, to 万 and 亿 in Chinese', () => {
    expect(moneyOf('10,000 CNY')).toEqual({ factor: 10_000, currency: 'CNY' });
    expect(moneyOf('kt')).toBeUndefined();
    expect(spaces(amount(113_105, 'million USD', 'en'))).toBe('113 billion USD');
    expect(spaces(amount(113_105, 'million USD', 'zh'))).toBe('1,131 亿美元');
    expect(spaces(amount(9_775_993_261, '10,000 CNY', 'zh'))).toBe('97.8 万亿元');
    expect(spaces(amount(9_297_218, 'kt', 'zh'))).toBe('93.0 亿吨');
    expect(amount(NaN, 'kt', 'en')).toBe('–');
  });

  test('of time left come in steps', () => {
    const t = english.picture;
    expect(timeLeft(null, t)).toBe('');
    expect(timeLeft(42, t)).toBe('about 45 s left');
    expect(timeLeft(200, t)).toBe('about 3 min left');
    expect(timeLeft(7300, t)).toBe('about 2 h left');
  });
});

describe('sentences', () => {
  test('put names and numbers where the language wants them, with their links', () => {
    const given = { who: { text: 'Coal', to: '/x' }, share: '3 %' };
    expect(parts('{who} loses {share}.', given)).toEqual([
      { text: 'Coal', to: '/x' },
      { text: ' loses ' },
      { text: '3 %' },
      { text: '.' },
    ]);
    expect(plain('{share}{who}{nothing}', given)).toBe('3 %Coal');
  });

  test('ask for the same places in both languages', () => {
    const places = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();
    for (const page of ['overview', 'map', 'stress'] as const) {
      const pairs: [unknown, unknown][] = [[english[page], chinese[page]]];
      for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
        const [one, other] = pair;
        if (typeof one === 'string') expect(places(other as string), one).toEqual(places(one));
        else if (typeof one === 'object' && one !== null) {
          for (const [name, value] of Object.entries(one)) {
            pairs.push([value, (other as Record<string, unknown>)[name]]);
          }
        }
      }
    }
  });

  test('name sources in the language of the reader', () => {
    const ways = { name: (text: string) => ({ Russia: '俄罗斯' })[text] ?? text, list: '、' };
    expect(spaces(namedShares('Australia 7.8 %, Russia 2.3 %', ways))).toBe(
      'Australia 7.8 %、俄罗斯 2.3 %',
    );
  });
});

describe('a scenario', () => {
  const list = [
    { node: 'TWN.c14', region: '', product: '', share: 100 },
    { node: '', region: 'KOR', product: 'c14', share: 50 },
    { node: 'a:b,c/@ 中', region: '', product: '', share: 7 },
  ];

  test('is written into the address and read from it', () => {
    expect(written(list.slice(0, 2))).toBe('TWN.c14:100,@KOR/c14:50');
    expect(read(written(list))).toEqual(list);
    expect(read('')).toEqual([]);
    expect(read('X:900,X:5,@/:3,Y')).toEqual([
      { node: 'X', region: '', product: '', share: 100 },
      { node: 'Y', region: '', product: '', share: 100 },
    ]);
  });

  test('becomes the file that cascade reads', () => {
    expect(shockCsv(list)).toBe(
      'node,region,product,share\nTWN.c14,,,1\n,KOR,c14,0.5\n"a:b,c/@ 中",,,0.07\n',
    );
  });

  test('names nobody twice', () => {
    const again = withFailure(list, { ...list[1]!, share: 9 });
    expect(again.map(({ share }) => share)).toEqual([100, 9, 7]);
  });
});

describe('a cascade', () => {
  const cascade = readCascade(
    report(
      table('scenarios', {
        scenario: ['s', 's'],
        weight: ['output', 'value_added'],
        esri: [30, 20],
        shock: [10, 8],
        hit: [2, 2],
        at_rest: ['yes', 'yes'],
      }),
      table('nodes', {
        node: ['A in X', 'B in Y', 'C in Y'],
        id: ['a', 'b', 'c'],
        region: ['X', 'Y', 'Y'],
        product: ['p', 'q', 'r'],
        lost: [100, 50, 25],
        shock: [100, 0, 0],
        amount: [10, 20, 5],
      }),
      table('products', { product: ['P'], lost: [100], shock: [100], amount: [10] }),
      table('regions', {
        region: ['Xland', 'Yland'],
        lost: [100, 25],
        shock: [100, 0],
        amount: [10, 25],
      }),
      table('explanations', { node: ['B in Y'], lost: [50] }),
      table('steps', {
        explains: ['B in Y', 'B in Y'],
        step: [2, 1],
        node: ['A in X', 'B in Y'],
        lost: [100, 50],
        cause: ['the shock', 'essential input'],
        input: ['', 'P'],
        through: ['', 'A in X'],
        dependence: [null, 50],
        its_loss: [null, 100],
        substituted: [null, 0],
      }),
      table('rounds', { round: [1, 0, 2, 2], node: ['b', 'a', 'b', 'c'], loss: [40, 100, 50, 25] }),
      table('round_totals', {
        weight: ['output', 'value_added', 'output', 'output'],
        round: [0, 0, 1, 2],
        loss: [10, 8, 20, 30],
        hit: [0, 0, 1, 2],
      }),
    ),
  );

  test('is known round by round', () => {
    expect(cascade.rounds).toBe(2);
    expect(cascade.totals.map(({ lost }) => lost)).toEqual([10, 20, 30]);
    expect([0, 1, 2, 9].map((round) => lossAt(cascade, 'b', round))).toEqual([0, 40, 50, 50]);
    expect(hitBy(cascade, 1).map(({ hit, fresh }) => [hit.id, fresh])).toEqual([
      ['a', false],
      ['b', true],
    ]);
    const regions = [
      { code: 'X', name: 'Xland' },
      { code: 'Y', name: 'Yland' },
    ] as never;
    // Y makes 100 in all, b 40 of it and c 20: in round 1 b has lost 40 %.
    expect([...regionLosses(cascade, { regions }, 1)]).toEqual([
      ['X', 100],
      ['Y', 16],
    ]);
    // At the end the table of regions says it, of all makers and not only of those listed.
    expect([...regionLosses(cascade, { regions }, 2)]).toEqual([
      ['X', 100],
      ['Y', 25],
    ]);
  });

  test('is explained from the hit back to the shock', () => {
    expect(cascade.explanations[0]!.steps.map(({ node }) => node)).toEqual(['B in Y', 'A in X']);
  });

  test('stands beside another, the larger loss first', () => {
    const group = (name: string, lost: number) => ({ name, lost, shock: 0, amount: 0 });
    expect(beside([group('p', 1), group('q', 2)], [group('r', 5), group('p', 0)])).toEqual([
      { name: 'r', a: 0, b: 5 },
      { name: 'q', a: 2, b: 0 },
      { name: 'p', a: 1, b: 0 },
    ]);
  });
});

const tiersReport = (each = 3): Report => {
  const tiers = [-1, 0, 1].flatMap((tier) =>
    Array.from({ length: tier === 0 ? 1 : each }, (_, i) => ({ tier, box: i + 1 })),
  );
  const last = (box: number, tier: number) => box === each && tier !== 0;
  return report(
    table('boxes', {
      tier: tiers.map(({ tier }) => tier),
      box: tiers.map(({ box }) => box),
      name: tiers.map(({ tier, box }) => `R${box}: P${tier}`),
      kind: tiers.map(({ tier, box }) => (last(box, tier) ? 'rest' : 'maker')),
      node: tiers.map(({ tier, box }) =>
        last(box, tier) ? '' : tier === 0 ? 'f' : `n${tier}.${box}`,
      ),
      region: tiers.map(({ tier, box }) => (last(box, tier) ? '' : `R${box}`)),
      region_name: tiers.map(({ tier, box }) => (last(box, tier) ? '' : `R${box}`)),
      product: tiers.map(({ tier }) => `p${tier}`),
      product_name: tiers.map(({ tier }) => `P${tier}`),
      value: tiers.map(({ tier, box }) => (tier === 0 ? 100 : 100 / 2 ** box)),
      share: tiers.map(({ tier, box }) => (tier === 0 ? 100 : 100 / 2 ** box)),
      loss: tiers.map(({ tier, box }) => (last(box, tier) ? null : 10 * box)),
      breaks: tiers.map(({ tier, box }) => (tier === -1 && box === 2 ? 'yes' : 'no')),
    }),
    table('links', {
      tier: tiers.flatMap(({ tier }) => (tier === 0 ? [] : [tier < 0 ? -1 : 0])),
      from: tiers.flatMap(({ tier, box }) => (tier === 0 ? [] : [tier < 0 ? box : 1])),
      to: tiers.flatMap(({ tier, box }) => (tier === 0 ? [] : [tier < 0 ? 1 : box])),
      value: tiers.flatMap(({ tier, box }) => (tier === 0 ? [] : [100 / 2 ** box])),
      share: tiers.flatMap(({ tier, box }) => (tier === 0 ? [] : [100 / 2 ** box])),
      mark: tiers.flatMap(({ tier, box }) =>
        tier === 0 ? [] : [tier < 0 && box === 2 ? 'broken' : ''],
      ),
    }),
  );
};

const words = new Proxy({} as MapWords, {
  get: (_, name) =>
    name === 'name'
      ? (box: { name: string }) => box.name
      : name === 'region'
        ? (box: { regionName: string }) => box.regionName
        : ['tier', 'amount', 'percent', 'regionNamed'].includes(String(name))
          ? String
          : String(name),
});
const look: MapLook = {
  width: 900,
  height: 300,
  measure: estimate,
  words,
  paint: () => 'red',
  items: [],
  subtitle: '',
  note: '',
  opens: (box) => box.node !== '',
  selected: '',
};

describe('the chain map', () => {
  test('reads boxes, links, break points and regions', () => {
    const chain = readChain(tiersReport());
    expect(chain.tiers.map(({ tier, boxes }) => [tier, boxes.length])).toEqual([
      [-1, 3],
      [0, 1],
      [1, 3],
    ]);
    expect(breakPoints(chain).map(({ node }) => node)).toEqual(['n-1.2']);
    expect(chain.links.filter(({ broken }) => broken).map(({ key }) => key)).toEqual(['-1/2|0/1']);
    expect(rankedRegions(chain)[0]).toBe('R1');
  });

  test('draws a spot a box, none on another, all inside, links tied to their ends', () => {
    for (const each of [3, 30, 200]) {
      const chain = readChain(tiersReport(each));
      const drawn = drawChain(chain, look);
      expect(drawn.spots.length).toBe(2 * each + 1);
      for (const { mark } of drawn.spots) {
        expect(mark.x).toBeGreaterThanOrEqual(0);
        expect(mark.x + mark.width).toBeLessThanOrEqual(drawn.width + 1);
        expect(mark.y + mark.height).toBeLessThanOrEqual(drawn.height);
      }
      const column = drawn.spots.slice(0, each).map(({ mark }) => mark);
      for (const [i, mark] of column.entries()) {
        if (i > 0) expect(mark.y).toBeGreaterThanOrEqual(column[i - 1]!.y + column[i - 1]!.height);
      }
      expect(drawn.ties.get('0/1')!.length).toBe(2 * each);
      expect(drawn.ties.get('-1/1|0/1')).toEqual(['-1/1', '0/1']);
      expect(drawn.tell('-1/2|0/1')!.title).toContain('→');
    }
    expect([3, 30, 200].map((n) => densityOf(readChain(tiersReport(n))))).toEqual([
      'full',
      'line',
      'bare',
    ]);
  });

  test('draws a box as high as what it takes in, where that is more than it sells', () => {
    const chain = readChain(tiersReport());
    for (const tier of chain.tiers) if (tier.tier === 0) tier.boxes[0]!.value = 1;
    const drawn = drawChain(chain, look);
    const focus = drawn.spots.find(({ key }) => key === '0/1')!.mark;
    const first = drawn.spots.find(({ key }) => key === '-1/1')!.mark;
    expect(focus.height).toBeGreaterThan(1.7 * first.height);
  });

  test('keeps what it shows in the address', () => {
    const values: Record<string, string> = {
      node: 'x',
      up: '9',
      tier: '-4',
      colour: 'risk',
      view: 'nonsense',
    };
    const state = readMapState((name) => values[name] ?? '');
    expect(state).toMatchObject({ up: 6, down: 2, tier: -4, colour: 'risk', view: 'tiers' });
    expect(tiersQuestion(state)).toEqual({ node: 'x', up: 6, down: 2, boxes: 8 });
  });
});

describe('zoom', () => {
  const picture = { width: 2000, height: 1000 };
  const frame = { width: 500, height: 500 };
  test('shows all, in the middle', () => {
    expect(whole(picture, frame)).toEqual({ k: 0.25, x: 0, y: 125 });
    expect(whole({ width: 100, height: 100 }, frame)).toEqual({ k: 1, x: 200, y: 200 });
  });
  test('keeps the point under the pointer, and never shows beyond the edge', () => {
    const view = zoomed({ k: 1, x: -700, y: -200 }, 2, { x: 250, y: 250 }, picture, frame);
    expect((250 - view.x) / view.k).toBeCloseTo(950);
    expect(bounded({ k: 1, x: 50, y: -9999 }, picture, frame)).toEqual({ k: 1, x: 0, y: -500 });
  });
  test('moves just enough to show a part', () => {
    const part = { x: 900, y: 20, width: 50, height: 20 };
    const view = showing({ k: 1, x: 0, y: 0 }, part, picture, frame);
    expect(view.x + 950).toBe(492);
    expect(showing(view, part, picture, frame)).toEqual(view);
  });
});

describe('places', () => {
  const finder = new Countries([{ id: '566', name: 'Nigeria' }]);
  const item = (code: string, name: string, part_of = '') => ({ code, name, part_of });
  test('are countries by alpha-3, alpha-2 or name; groups by what is part of them', () => {
    expect(finder.idOf(item('CHN', 'China'))).toBe('156');
    expect(finder.idOf(item('DE', 'Germany'))).toBe('276');
    expect(finder.idOf(item('N1', 'Nigeria'))).toBe('566');
    expect(finder.idOf(item('R1', 'Republic of Korea'))).toBe('410');
    expect(finder.idOf(item('ROW', 'Rest of the world'))).toBeUndefined();
    expect(finder.idOf(item('WF', 'RoW Africa'))).toBeUndefined();
    const all = [
      item('EU', 'EU'),
      item('FRA', 'France', 'EU'),
      item('BNL', 'Benelux', 'EU'),
      item('BEL', 'Belgium', 'BNL'),
    ];
    expect(finder.idsOf(all[0]!, all).sort()).toEqual(['056', '250']);
    expect(finder.idsOf(item('XX', 'Other Asia'), all)).toEqual([]);
  });

  test('are provinces by name or code in either language', () => {
    expect(provinces.length).toBe(34);
    expect(new Set(provinces.map(({ column, row }) => `${column},${row}`)).size).toBe(34);
    const code = (...given: Parameters<typeof item>) => provinceOf(item(...given))?.code;
    expect(code('44', 'x')).toBe('GD');
    expect(code('440000', 'x')).toBe('GD');
    expect(code('CN-GX', 'x')).toBe('GX');
    expect(code('r', '广西壮族自治区')).toBe('GX');
    expect(code('r', '北京市')).toBe('BJ');
    expect(code('r', 'Inner Mongolia')).toBe('NM');
    expect(code('r', 'Shaanxi Province')).toBe('SN');
    expect(code('USA', 'United States')).toBeUndefined();
  });

  test('are offered as provinces only where most regions are', () => {
    const world = ['CHN', 'USA', 'TWN'].map((c) => item(c, c === 'TWN' ? 'Taiwan' : c));
    expect(hasProvinces(world)).toBe(false);
    expect(hasProvinces(provinces.map(({ zh }, i) => item(String(i), zh)))).toBe(true);
  });
});

test('steps of a shade hold every value, and are named', () => {
  expect([0, 0.1, 4.9, 5, 70, NaN].map((value) => stepOf(value, lossSteps))).toEqual([
    0, 1, 2, 3, 6, -1,
  ]);
  expect(stepNames(lossSteps).length).toBe(lossSteps.length + 1);
});

test('an arc begins wide and ends in a point', () => {
  const d = arc([0, 0], [100, 0], 10);
  expect(d.startsWith('M0 5Q')).toBe(true);
  expect(d).toContain('100 0.4');
});

test('bars are on one scale', () => {
  const length = scaled([2, NaN, 4]);
  expect([length(4), length(1), length(NaN)]).toEqual([1, 0.25, 0]);
});
