/** Day by day: the scenario file of the form, and what a report of `shock` holds. */
import { describe, expect, test } from 'vitest';
import type { Column, Report } from '../../figures/src/report';
import { accountOf, firstShort } from '../src/page/stress/account';
import { curvesOf } from '../src/page/stress/curves';
import {
  drawsIn,
  eventName,
  hasDoubt,
  quoted,
  readPlan,
  scenarioText,
  titleIn,
} from '../src/part/scenario/plan';
import { chainIn } from '../src/part/scenario/ready_made';
import { losersOn, lossOn, readCourses, readShock, watched } from '../src/page/stress/shock';
import { plain } from '../src/part/sentence';
import { english } from '../src/words/en';

const given = (values: Record<string, string>) => (name: string) => values[name] ?? '';
const chips = { node: 'TWN.c14', region: '', product: '', share: 80 };
const mines = { node: '', region: 'AUS', product: 'c2', share: 50 };

describe('a plan in the address', () => {
  test('has its usual values where nothing is said', () => {
    expect(readPlan(given({}))).toEqual({
      start: 1,
      lasting: 30,
      recovery: 'linear',
      healing: 60,
      preset: '',
      stock: 0,
      days: 365,
      doubt: 0,
    });
  });

  test('keeps within what a scenario may say', () => {
    const plan = readPlan(
      given({ days: '10', start: '99', lasting: '0', recovery: 's-curve', healing: '1' }),
    );
    expect([plan.start, plan.lasting, plan.healing]).toEqual([9, 1, 3]);
    expect(readPlan(given({ preset: 'nonsense', doubt: '33', days: '-4' }))).toMatchObject({
      preset: '',
      doubt: 0,
      days: 365,
    });
  });
});

describe('the scenario file of the form', () => {
  const plan = readPlan(given({ lasting: '20', healing: '0', days: '90' }));

  test('has an event for each that fails, by codes', () => {
    const text = scenarioText([chips, mines], plan);
    expect(text).toContain('days = 90\n');
    expect(text).toContain('[[capacity]]\nname = "TWN.c14"\nnode = "TWN.c14"\nshare = 0.8\n');
    expect(text).toContain('name = "AUS c2"\nregion = "AUS"\nproduct = "c2"\nshare = 0.5\n');
    expect(text).not.toContain('recovery');
    expect(text).not.toContain('preset');
    expect([drawsIn(text), hasDoubt(text)]).toEqual([0, false]);
    expect(titleIn(text)).toBe('TWN.c14; AUS c2');
  });

  test('says how it heals, by which rules, with which stocks', () => {
    const more = {
      ...plan,
      healing: 40,
      recovery: 'exponential',
      preset: 'ario',
      stock: 12,
    } as const;
    const text = scenarioText([chips], more);
    expect(text).toContain('recovery = "exponential"\nrecovery_days = 40\n');
    expect(text).toContain('[model]\npreset = "ario"\ninventory_days = 12\n');
  });

  test('draws numbers that may be off, within what they may be', () => {
    const text = scenarioText([chips], { ...plan, doubt: 50, lasting: 1 });
    expect(text).toContain('share = { triangular = [0.4, 0.8, 1] }');
    expect(text).toContain('duration = { triangular = [1, 1, 2] }');
    expect([drawsIn(text), hasDoubt(text)]).toEqual([100, true]);
    expect(drawsIn('[ensemble]\nseed = 3\ndraws = 1_000\n[model]\n')).toBe(1000);
    expect(hasDoubt('# { uniform = [0, 1] }\nshare = { name = "a", normal = [1, 2] }')).toBe(true);
    expect(hasDoubt('# share = { uniform = [0, 1] }')).toBe(false);
  });

  test('keeps any code as text', () => {
    expect(quoted('a"b\\c\nd')).toBe('"a\\"b\\\\c\\u000ad"');
    const evil = { ...chips, node: 'x"]\n[[capacity]]' };
    expect(scenarioText([evil], plan).match(/^\[\[capacity\]\]/gm)).toHaveLength(1);
    expect(eventName(mines)).toBe('AUS c2');
  });
});

test('a scenario file says its title and its chain', () => {
  const text =
    '# title = "not this"\nname = "x"\ntitle = "The \\"port\\" closes"\nchain = "world-2011"\n';
  expect(titleIn(text)).toBe('The "port" closes');
  expect(chainIn(text)).toBe('world-2011');
  expect(titleIn('days = 3')).toBe('');
});

type Cells = Record<string, (string | number | null)[]>;
function table(name: string, cells: Cells, unit = '') {
  const columns = Object.entries(cells).map(([column, values]): Column => {
    const type = values.some((value) => typeof value === 'string') ? 'text' : 'real';
    return { name: column, type, unit, meaning: '', values };
  });
  return { name, title: name, columns };
}

/** Two makers over four days: the second runs short of what the first makes. */
function made(...more: ReturnType<typeof table>[]): Report {
  const tables = [
    table('indicators', {
      indicator: [
        'maximum loss',
        'day of it',
        'time to 95 %',
        'total loss',
        'total loss, share',
        'loss multiplier',
        'final use unmet, share',
        'time to survive',
      ],
      value: [40, 2, null, 120, 3, 2.5, 4, 1],
      unit: ['%', 'day', 'days', 'million USD', '%', 'times', '%', 'days'],
      meaning: ['', '', '', '', '', '', '', ''],
    }),
    table('causes', {
      explains: ['Cars', 'Cars'],
      step: [2, 1],
      day: [2, 1],
      node: ['Cars', 'Chips'],
      cause: ['short of an input', 'lost capacity'],
      input: ['chip', ''],
      through: ['Chips', 'quake'],
      dependence: [90, null],
      least: [30, 0],
      least_day: [3, 1],
      id: ['car', 'chip'],
    }),
    table('nodes', {
      node: ['Cars', 'Chips'],
      region: ['CHN', 'TWN'],
      product: ['car', 'chip'],
      id: ['car', 'chip'],
    }),
    table('days', {
      day: [0, 1, 2, 3],
      of_normal: [100, 80, 60, 70],
      bound: [0, 0, 1, 1],
      final_unmet: [0, 1, 2, 2],
    }),
    table('course', {
      day: [0, 1, 2, 3, 0, 1, 2, 3],
      of_normal: [100, 105, 30, null, 100, 0, 0, 50],
      code: ['car', 'car', 'car', 'car', 'chip', 'chip', 'chip', 'chip'],
    }),
    ...more,
  ];
  const provenance = { chain: 'c', unit: 'million USD' } as Report['provenance'];
  return {
    analysis: 'shock',
    title: '',
    question: '',
    verdict: true,
    findings: [],
    figures: [],
    tables,
    provenance,
  };
}

describe('a report of shock', () => {
  const report = made();
  const shock = readShock(report);

  test('is read day by day', () => {
    expect(shock.last).toBe(3);
    expect(shock.made).toEqual([100, 80, 60, 70]);
    expect(shock.ensemble).toBe(false);
    expect(shock.indicators[0]).toMatchObject({ name: 'maximum loss', value: 40, unit: '%' });
    expect(shock.indicators[2]!.value).toBeNaN();
  });

  test('losses are what a normal day has more; making more is no loss', () => {
    const courses = readCourses(report);
    expect(courses.get('car')).toEqual([0, 0, 70, 0]);
    expect(lossOn(courses, 'chip', 3)).toBe(50);
    expect(lossOn(courses, 'nobody', 3)).toBe(0);
    const on2 = losersOn(shock, courses, 2);
    expect(on2.map(({ loser, loss, fresh }) => [loser.id, loss, fresh])).toEqual([
      ['chip', 100, false],
      ['car', 70, true],
    ]);
    expect(losersOn(shock, courses, 0)).toEqual([]);
  });

  test('steps of a cause are in their order', () => {
    expect(shock.causes).toHaveLength(1);
    expect(shock.causes[0]!.steps.map(({ node }) => node)).toEqual(['Chips', 'Cars']);
    expect(firstShort(shock.causes)?.id).toBe('car');
  });

  test('makers to follow: those in the picture before the worst hit, each once', () => {
    expect(watched(shock, ['chip', 'x'], 9)).toEqual(['chip', 'x', 'car']);
    expect(watched(shock, ['chip', 'x'], 2)).toEqual(['chip', 'x']);
  });

  test('is told in a paragraph', () => {
    const t = english.days;
    const say = { t, name: (text: string) => text, amount: (value: number) => `${value} M` };
    const text = accountOf(shock, say)
      .map(({ template, given }) => plain(template, given))
      .join(' ');
    expect(text).toMatch(/falls to 60\s% of a normal day’s on day 2, and is not back/);
    expect(text).toMatch(/Over 4 days 120 M of value added is lost, 3\.0\s% .* 2\.5 times/);
    expect(text).toMatch(/first goes short 1 days after .* 4\.0\s%/);
    expect(text).toContain('The first to run short is Cars, of chip, on day 2.');
  });

  test('draws bands where numbers were drawn', () => {
    const kinds = (one: Report) => curvesOf(one, english.days).map((figure) => figure.columns);
    expect(kinds(report)).toEqual([
      { x: 'day', y: 'of_normal' },
      { x: 'day', y: 'final_unmet' },
    ]);
    const bands = table('bands', {
      day: [0],
      output_low: [1],
      output_median: [2],
      output_high: [3],
    });
    const range = table('indicator_bands', {
      indicator: ['maximum loss'],
      low: [30],
      high: [50],
      never: [0],
    });
    const drawn = made(bands, range);
    expect(kinds(drawn)[0]).toEqual({
      x: 'day',
      y: 'output_median',
      low: 'output_low',
      high: 'output_high',
    });
    expect(readShock(drawn).ensemble).toBe(true);
    expect(readShock(drawn).indicators[0]!.band).toEqual({ low: 30, high: 50, never: 0 });
  });
});
