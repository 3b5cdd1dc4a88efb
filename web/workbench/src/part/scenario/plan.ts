/** When and how the failures of the form happen, as the address says it and as a scenario file. */

import type { Failure } from './failures';

export const recoveries = ['linear', 'exponential', 's-curve'] as const;
/** '': by the kind of chain. */
export const presets = ['', 'ario-psi', 'ario', 'inoue-todo', 'essential'] as const;
/** Per cent by which every number of the form may be off. */
export const doubts = [0, 25, 50] as const;

export interface Plan {
  /** First day of the loss; day 0 is a normal day. */
  start: number;
  /** Days in full. */
  lasting: number;
  recovery: (typeof recoveries)[number];
  /** Days until what was lost is back; 0: at once. */
  healing: number;
  preset: (typeof presets)[number];
  /** Days of inputs in stock on a normal day; 0: as the preset says. */
  stock: number;
  days: number;
  doubt: (typeof doubts)[number];
}

export const mostDays = 3_650;
const draws = 100;

function whole(text: string, least: number, most: number, otherwise: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : otherwise;
  return Math.min(most, Math.max(least, value));
}

const among = <T>(known: readonly T[], value: unknown): T =>
  known.find((one) => String(one) === String(value)) ?? known[0]!;

/** Recovery by a curve takes a time that its equation is defined for. */
const leastHealing = { linear: 0, exponential: 1, 's-curve': 3 };

export function readPlan(asked: (name: string) => string): Plan {
  const recovery = among(recoveries, asked('recovery'));
  const days = whole(asked('days'), 2, mostDays, 365);
  return {
    start: whole(asked('start'), 0, days - 1, 1),
    lasting: whole(asked('lasting'), 1, mostDays, 30),
    recovery,
    healing: Math.max(leastHealing[recovery], whole(asked('healing'), 0, mostDays, 60)),
    preset: among(presets, asked('preset')),
    stock: whole(asked('stock'), 0, 3_650, 0),
    days,
    doubt: among(doubts, asked('doubt')),
  };
}

/** A text of TOML; control characters, quotes and backslashes as TOML writes them. */
export function quoted(text: string): string {
  const safe = text
    .replace(/[\\"]/g, (c) => `\\${c}`)
    .replace(
      // eslint-disable-next-line no-control-regex
      /[\u0000-\u001f\u007f]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  return `"${safe}"`;
}

const rounded = (value: number) => Number(value.toPrecision(6));

/** A number, or what it may be when it is `doubt` per cent off; `to` rounds it. */
function about(value: number, doubt: number, most = Infinity, least = 0, to = rounded): string {
  const [low, high] = [1 - doubt / 100, 1 + doubt / 100].map((factor) =>
    to(Math.min(most, Math.max(least, value * factor))),
  );
  if (doubt === 0 || value === 0 || low === high) return String(rounded(value));
  const middle = rounded(value);
  return `{ triangular = [${low}, ${middle}, ${high}] }`;
}

function event(one: Failure, plan: Plan): string[] {
  const who = (['node', 'region', 'product'] as const).filter((key) => one[key] !== '');
  return [
    '[[capacity]]',
    `name = ${quoted(eventName(one))}`,
    ...who.map((key) => `${key} = ${quoted(one[key])}`),
    `share = ${about(one.share / 100, plan.doubt, 1)}`,
    `start = ${plan.start}`,
    `duration = ${about(plan.lasting, plan.doubt, mostDays, 1, Math.round)}`,
    ...(plan.healing > 0
      ? [
          `recovery = ${quoted(plan.recovery)}`,
          `recovery_days = ${about(plan.healing, plan.doubt, mostDays, leastHealing[plan.recovery])}`,
        ]
      : []),
    '',
  ];
}

/** What an event is called in the scenario of the form: who fails, by codes. */
export const eventName = (one: Failure): string =>
  one.node !== '' ? one.node : [one.region, one.product].filter((code) => code !== '').join(' ');

/** The scenario of the form as the analysis `shock` reads it. */
export function scenarioText(list: readonly Failure[], plan: Plan): string {
  const title = list.map(eventName).join('; ');
  const lines = [
    `name = "stress"`,
    `title = ${quoted(title)}`,
    `source = "Put together in the workbench: every figure here is an assumption"`,
    `days = ${plan.days}`,
    '',
    ...list.flatMap((one) => event(one, plan)),
    '[model]',
    ...(plan.preset === '' ? [] : [`preset = ${quoted(plan.preset)}`]),
    ...(plan.stock > 0 ? [`inventory_days = ${about(plan.stock, plan.doubt, mostDays, 1)}`] : []),
    ...(plan.doubt > 0 ? ['', '[ensemble]', `draws = ${draws}`, 'seed = 1'] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** Whether a scenario has numbers that are not known for sure. */
export const hasDoubt = (text: string): boolean =>
  /^[^#\n]*\{\s*(?:name\s*=\s*"[^"]*",\s*)?(uniform|triangular|normal|choice)\s*=/m.test(text);

/** How often a scenario asks to be played with other numbers: 0 without [ensemble]. */
export function drawsIn(text: string): number {
  const [, section] = /^\s*\[ensemble\]([^[]*)/m.exec(text) ?? [];
  if (section === undefined) return 0;
  return Number(/^\s*draws\s*=\s*(\d[\d_]*)/m.exec(section)?.[1]?.replaceAll('_', '') ?? draws);
}

/** The title a scenario gives itself, else its name, else ''. */
export function titleIn(text: string): string {
  for (const key of ['title', 'name']) {
    const found = new RegExp(String.raw`^\s*${key}\s*=\s*"((?:[^"\\]|\\.)*)"`, 'm').exec(text);
    if (found) return found[1]!.replace(/\\(["\\])/g, '$1');
  }
  return '';
}
