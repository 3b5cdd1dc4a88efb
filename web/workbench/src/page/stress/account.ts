/** What happened, in a paragraph: from the indicators of a shock that was played. */

import { percent } from '../../part/amount';
import { short } from '../../part/amount';
import type { Given } from '../../part/sentence';
import type { Words } from '../../words/en';
import type { Cause, Indicator, Shock } from './shock';

export interface Telling {
  t: Words['days'];
  name: (text: string) => string;
  amount: (value: number) => string;
}

export type Sentence = { template: string; given: Given };

const whole = (value: number) => String(Math.round(value));

function worst(of: (name: string) => Indicator | undefined, say: Telling): Sentence {
  const loss = of('maximum loss')?.value ?? NaN;
  const { t } = say;
  if (!(loss > 1e-7)) return { template: t.neverFalls, given: {} };
  const given = { made: percent(100 - loss), day: whole(of('day of it')?.value ?? NaN) };
  if (loss <= 5) return { template: t.falls, given };
  const back = of('time to 95 %')?.value ?? NaN;
  if (!Number.isFinite(back)) return { template: t.fallsForGood, given };
  return { template: t.fallsAndHeals, given: { ...given, back: whole(back) } };
}

function lost(of: (name: string) => Indicator | undefined, days: number, say: Telling): Sentence {
  const total = of('total loss')?.value ?? NaN;
  const given = { days: String(days), amount: say.amount(Math.abs(total)) };
  if (total < 0) return { template: say.t.gains, given };
  const share = percent(of('total loss, share')?.value ?? NaN);
  const times = of('loss multiplier')?.value ?? NaN;
  if (!Number.isFinite(times)) return { template: say.t.loses, given: { ...given, share } };
  return { template: say.t.losesTimes, given: { ...given, share, times: short(times) } };
}

function unserved(of: (name: string) => Indicator | undefined, say: Telling): Sentence {
  const after = of('time to survive')?.value ?? NaN;
  if (!Number.isFinite(after)) return { template: say.t.allServed, given: {} };
  const share = percent(of('final use unmet, share')?.value ?? NaN);
  return { template: say.t.goesShort, given: { after: whole(after), share } };
}

/** How far output falls, when it is back, what it costs, when final use goes short. */
export function accountOf(shock: Shock, say: Telling): Sentence[] {
  const of = (name: string) => shock.indicators.find((one) => one.name === name);
  const first = firstShort(shock.causes);
  return [
    worst(of, say),
    lost(of, shock.last + 1, say),
    unserved(of, say),
    ...(first
      ? [
          {
            template: say.t.firstShort,
            given: {
              node: say.name(first.node),
              input: say.name(first.input),
              day: String(first.day),
            },
          },
        ]
      : []),
  ];
}

/** The first maker that ran short of an input. */
export function firstShort(causes: readonly Cause[]): Cause['steps'][number] | undefined {
  const steps = causes
    .flatMap(({ steps }) => steps)
    .filter(({ cause }) => cause === 'short of an input');
  return steps.reduce<(typeof steps)[number] | undefined>(
    (a, b) => (a && a.day <= b.day ? a : b),
    undefined,
  );
}
