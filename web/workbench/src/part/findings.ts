/** The findings of a diagnosis as sentences: a template of the catalogue and what goes into it. */

import type { Words } from '../words/en';
import { amount, percent } from './amount';
import type { Diagnosis } from './diagnosis';
import type { Given, Said } from './sentence';

export type Tone = 'alarm' | 'warning' | 'good' | 'plain';

export interface Finding {
  tone: Tone;
  /** One sentence after the other. */
  said: { template: string; given: Given }[];
}

/** Where names and numbers lead to, and how names are written. */
export interface Ways {
  region: string;
  /** Name of the only other region, where there is one only. */
  onlyOther: string;
  language: 'en' | 'zh';
  say: Words['overview']['say'];
  list: string;
  name: (text: string) => string;
  node: (id: string) => string;
  product: (name: string) => string | undefined;
  report: string | undefined;
}

const row = (list: string, rank: number) => `#${list}-${rank}`;

/** "Australia 7.8 %, Russia 2.3 %" with names in the reader's language. */
export function namedShares(text: string, ways: Pick<Ways, 'name' | 'list'>): string {
  return text
    .split(/, (?=[^,]*%)/)
    .map((piece) =>
      piece.replace(
        /^(.*) ([\d.]+) %$/,
        (_, name, share) => `${ways.name(name)} ${percent(Number(share))}`,
      ),
    )
    .join(ways.list);
}

function chokes({ chokes: all }: Diagnosis, ways: Ways): Finding[] {
  const { say } = ways;
  return all.slice(0, 3).map((choke, i) => {
    const at = row('choke', i + 1);
    const one = percent(choke.low) === percent(choke.high) || !Number.isFinite(choke.high);
    const said: Finding['said'] = [
      {
        template: one ? say.chokeOne : say.choke,
        given: {
          source: { text: ways.name(choke.source), to: ways.node(choke.node) },
          region: ways.region,
          low: { text: percent(choke.low), to: at },
          high: { text: percent(choke.high), to: at },
        },
      },
    ];
    if (choke.hiddenPart >= 50) {
      said.push({
        template: say.hidden,
        given: { hidden: { text: percent(choke.hiddenPart), to: at } },
      });
    }
    said.push(
      choke.next === ''
        ? { template: say.noNext, given: {} }
        : {
            template: say.next,
            given: {
              next: namedShares(choke.next, ways),
              share: { text: percent(choke.nextShare), to: at },
            },
          },
    );
    return { tone: 'alarm', said };
  });
}

function stuck(found: Diagnosis, ways: Ways): Finding[] {
  const product = found.stuck;
  if (!product || !(product.risk > 0)) return [];
  const choke = found.chokes.find(({ source }) => source === product.worst);
  const given = {
    product: said(ways.name(product.product), ways.product(product.product)),
    risk: { text: percent(product.risk), to: row('main', found.mainProducts.indexOf(product) + 1) },
    source: said(ways.name(product.worst), choke ? ways.node(choke.node) : undefined),
  };
  return [{ tone: 'warning', said: [{ template: ways.say.stuck, given }] }];
}

const said = (text: string, to: string | undefined): Said => (to ? { text, to } : { text });

function singles(found: Diagnosis, ways: Ways): Finding[] {
  const { say } = ways;
  const worst = found.singles[0];
  if (!worst) {
    if (found.mainProducts.length === 0) return [];
    const share = found.mainProducts.reduce((sum, { share }) => sum + share, 0);
    const given = {
      count: String(found.mainProducts.length),
      share: { text: percent(share), to: row('main', 1) },
    };
    return [{ tone: 'good', said: [{ template: say.noSingle, given }] }];
  }
  const outside = found.singles.filter((single) => single.outside).length;
  const given = {
    count: { text: String(found.singles.length), to: '#singles' },
    outside: { text: String(outside), to: '#singles' },
    source: { text: ways.name(worst.source), to: row('single', 1) },
    stops: { text: String(worst.stops), to: row('single', 1) },
    share: { text: percent(worst.share), to: row('single', 1) },
  };
  return [{ tone: outside > 0 ? 'alarm' : 'warning', said: [{ template: say.single, given }] }];
}

function systemic({ systemic: all }: Diagnosis, ways: Ways): Finding[] {
  const [first, second, third] = all;
  if (!first) return [];
  const loss = (i: number) => ({ text: percent(all[i]!.loss), to: row('systemic', i + 1) });
  const list: Finding['said'] = [
    {
      template: ways.say.systemic,
      given: {
        maker: { text: ways.name(first.maker), to: ways.node(first.node) },
        loss: loss(0),
        own: { text: percent(first.regionLoss), to: row('systemic', 1) },
      },
    },
  ];
  if (second && third) {
    const given = {
      second: { text: ways.name(second.maker), to: ways.node(second.node) },
      secondLoss: loss(1),
      third: { text: ways.name(third.maker), to: ways.node(third.node) },
      thirdLoss: loss(2),
    };
    list.push({ template: ways.say.systemicNext, given });
  }
  return [{ tone: 'alarm', said: list }];
}

function worstCase(found: Diagnosis, ways: Ways): Finding[] {
  const list: Finding[] = [];
  const all = found.mainProducts.length;
  const half = found.mainProducts.filter(({ risk }) => risk >= 50).length;
  if (half > 0 && 2 * half >= all) {
    const given = { count: { text: String(half), to: '#main' }, all: String(all) };
    list.push({ tone: 'warning', said: [{ template: ways.say.worstCase, given }] });
  }
  if (ways.onlyOther !== '' && found.chokes.length > 0) {
    const given = { other: ways.onlyOther };
    list.push({ tone: 'warning', said: [{ template: ways.say.onlyOne, given }] });
  }
  return list;
}

function longStave(found: Diagnosis, ways: Ways): Finding[] {
  const long = found.longStaves[0];
  const list: Finding[] = [];
  if (long && long.risk > 0) {
    const given = {
      product: { text: ways.name(long.product), to: ways.node(long.node) },
      region: ways.region,
      risk: { text: percent(long.risk), to: row('long', 1) },
      hit: ways.name(long.hit),
      hitRisk: { text: percent(long.hitRisk), to: row('long', 1) },
    };
    list.push({ tone: 'plain', said: [{ template: ways.say.long, given }] });
  }
  const who = found.dependants[0];
  if (who && who.lookThrough > 0) {
    const given = {
      who: ways.name(who.region),
      region: ways.region,
      through: said(percent(who.lookThrough), ways.report),
      face: said(percent(who.faceValue), ways.report),
    };
    list.push({ tone: 'plain', said: [{ template: ways.say.dependant, given }] });
  }
  return list;
}

function european(found: Diagnosis, ways: Ways): Finding[] {
  if (found.tested === 0) return [];
  const count = found.dependent.length;
  const names = found.dependent.slice(0, 4).map(({ product }) => ways.name(product));
  const given = {
    count: said(String(count), ways.report),
    tested: String(found.tested),
    products: names.join(' · ') + (count > names.length ? ' …' : ''),
  };
  const template = count > 0 ? ways.say.european : ways.say.noEuropean;
  return [{ tone: count > 0 ? 'warning' : 'good', said: [{ template, given }] }];
}

function accounts(found: Diagnosis, ways: Ways): Finding[] {
  return found.accounts.slice(0, 2).map(({ stressor, unit, production, consumption }) => {
    const sum = (value: number) => said(amount(value, unit, ways.language), ways.report);
    const net = production - consumption;
    const given = {
      stressor: stressor === 'CO2' ? 'CO₂' : stressor,
      region: ways.region,
      production: sum(production),
      consumption: sum(consumption),
      net: sum(Math.abs(net)),
    };
    const template = net >= 0 ? ways.say.exporter : ways.say.importer;
    return { tone: 'plain', said: [{ template, given }] };
  });
}

function soundness(found: Diagnosis, ways: Ways): Finding[] {
  if (found.tests === 0) return [];
  const { say } = ways;
  const given = { tests: said(String(found.tests), ways.report), failed: String(found.failed) };
  const list: Finding['said'] = [{ template: found.failed > 0 ? say.unsound : say.sound, given }];
  if (Number.isFinite(found.balance)) {
    const miss = said(percent(100 * found.balance), ways.report);
    list.push({ template: say.balance, given: { miss } });
  }
  return [{ tone: found.failed > 0 ? 'alarm' : 'good', said: list }];
}

/** In the order a reader should hear them. */
export function findingsOf(found: Diagnosis, ways: Ways): Finding[] {
  const sayers = [
    chokes,
    worstCase,
    stuck,
    singles,
    systemic,
    longStave,
    european,
    accounts,
    soundness,
  ];
  return sayers.flatMap((sayer) => sayer(found, ways));
}
