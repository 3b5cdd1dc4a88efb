/** Sentences of `trade`, `change` and `upgrade` in Chinese. */

import { changeValues } from './declaration_change';
import { tradeChoices } from './declaration_trade';
import {
  label,
  listed,
  measure,
  period,
  ranked,
  sum,
  tidy,
  year,
  type Pattern,
  type Shown,
} from './sentence_parts';
import { unitInChinese } from './unit';

const money = (currency: string | undefined) =>
  currency === undefined ? '100 单位' : `100 ${unitInChinese(currency)}`;

const comma = (unit: string) => (unit === '' ? '' : `，${unitInChinese(unit)}`);

/** "million USD per worker". */
const perWorker = (unit: string) => unitInChinese(unit.replace(/ per worker$/, ' per person'));

/** "Germany + France": taken as one exporter. */
function exporter(text: string, shown: Shown): string {
  const whole = shown(text);
  return whole !== text ? whole : text.split(' + ').map(shown).join(' + ');
}

/** "United States, Japan, Korea and 2 more" that it exports to. */
const partners = (text: string | undefined, shown: Shown) =>
  text === undefined ? '' : `对${listed(text, shown).replace(/(另 \d+ 个)$/, '$1伙伴')}`;

const trade: Pattern[] = [
  [
    /^Of every 100(?: ([A-Z]{3}))? exported in this chain, (\S+) are value added in the exporting region, (\S+) elsewhere, and (\S+) are counted twice\.$/,
    ([currency, domestic, foreign, twice]) =>
      `本链每 ${money(currency)}出口中，出口地区的国内增加值 ${domestic}，国外增加值 ${foreign}，重复计算 ${twice}。`,
  ],
  [
    /^(.+) keeps most of what it exports \((\S+) of every 100(?: ([A-Z]{3}))?\), (.+) least \((\S+)\)\.$/,
    ([most, high, currency, least, low], name) =>
      `国内增加值率最高的是${exporter(most!, name)}（每 ${money(currency)}出口中 ${high}），最低的是${exporter(least!, name)}（${low}）。`,
  ],
  [
    /^Of every 100(?: ([A-Z]{3}))? (?:of (.+?) that )?(.+?) exports(?: to (.+?))?, (\S+) are value added in .+?(?: \((\S+) of them come back home in the end\))?, (\S+) were added elsewhere(?:, and (\S+) are counted twice| or counted twice there, and (\S+) come back in what it imports)\.$/,
    ([currency, product, who, to, domestic, back, foreign, twice, imported], name) => {
      const whose = `${exporter(who!, name)}${partners(to, name)}`;
      const what = product ? `${name(product)}出口` : '出口';
      const rest = twice
        ? `国外增加值 ${foreign}，重复计算 ${twice}`
        : `国外增加值（含国外的重复计算）${foreign}，随进口返回 ${imported}`;
      return `${whose}的${what}中，每 ${money(currency)}含国内增加值 ${domestic}${
        back ? `（其中 ${back} 最终返回国内）` : ''
      }，${rest}。`;
    },
  ],
  [
    /^Of what others add to every 100(?: ([A-Z]{3}))?, most comes from (.+)\.$/,
    ([currency, list], name) =>
      `每 ${money(currency)}出口所含的国外增加值中，主要来自${ranked(list!, name)}。`,
  ],
  [
    /^In value chains, (.+) buys value added of others worth (\S+) of every 100(?: ([A-Z]{3}))? it exports \(backward\), and others export value added of .+ worth (\S+) \(forward\): it stands rather (upstream|downstream), (\d+) of (\d+) from upstream\.$/,
    ([who, backward, currency, forward, where, rank, all], name) =>
      `价值链参与度：以${exporter(who!, name)}每 ${money(currency)}出口计，其中其他地区的增加值为 ${backward}（后向），其他地区出口所含该地区的增加值为 ${forward}（前向）；位置偏${
        where === 'upstream' ? '上游' : '下游'
      }，由上游起居第 ${rank} 位（共 ${all} 个）。`,
  ],
  [
    /^Of every 100(?: ([A-Z]{3}))? of its value added used elsewhere, most ends in (.*)\. Value added exported is (\S+ %) of gross exports\.$/,
    ([currency, list, share], name) =>
      `其用于国外的增加值，每 ${money(currency)}中主要流向${ranked(list!, name)}。增加值出口为总出口的 ${share}。`,
  ],
  [
    /^Of the sectors it exports much of, its clearest advantage is in (.+): (\S+) times the world's share in value added, (\S+) times in gross exports\.$/,
    ([product, added, gross], name) =>
      `在出口较多的部门中，显性比较优势最明显的是${name(product!)}：按增加值为世界平均份额的 ${added} 倍，按总出口为 ${gross} 倍。`,
  ],
  [
    /^(.+) exports nothing of what was asked for\.$/,
    ([who], name) => `${exporter(who!, name)}没有所问的出口。`,
  ],
  [
    /^(\d+) makers? buys? more than (?:it makes|they make) \(value added (\S+) (.*) in all, the largest (.+)\): terms that rest on them may be below zero\.$/,
    ([count, value, unit, worst], name) =>
      `${count} 个生产者的购买多于产出（增加值合计 ${sum(`${value} ${unit}`)}，最大的是${label(worst!, name)}）：依赖它们的各项可能为负。`,
  ],
  [
    /^What (.+) exports to each partner is made of$/,
    ([who], name) => `${exporter(who!, name)}对各伙伴的出口由什么构成`,
  ],
  [/^Sectors that (.+) exports$/, ([who], name) => `${exporter(who!, name)}出口的部门`],
  [/^Terms sum to gross exports(?:, (.+))?$/, ([unit = '']) => `各项之和等于总出口${comma(unit)}`],
  [
    /^Domestic value added in gross exports, (.*)$/,
    ([unit]) => `总出口中的国内增加值${comma(unit!)}`,
  ],
  [
    /^terms sum to gross exports, (.+)$/,
    ([method]) => `各项之和等于总出口：${tradeChoices[method!] ?? method}`,
  ],
  [
    /^\(I - A\) B = I, on eight columns(?:, (.+))?$/,
    ([of]) => `(I - A) B = I，按八列检验${of ? `（${year(of)}）` : ''}`,
  ],
];

const factor = (name: string) => changeValues[name.replaceAll(' ', '_')] ?? name;

/** "final use +70, technology -1,200". */
const effects = (text: string) =>
  text
    .split(', ')
    .map((part) =>
      part.replace(/^(.+) (\S+)$/, (_, name: string, n: string) => `${factor(name)} ${n}`),
    )
    .join('，');

/** "China +1,200 (40 %), Brazil +300 (9.8 %)". */
const leaders = (text: string, shown: Shown) =>
  [...text.matchAll(/(.+?) ([+-]?\d[\d.,e+-]*?)(?: \((\S+ %)\))?(?:, |$)/g)]
    .map(([, name, by, share]) => tidy(`${shown(name!)} ${by}${share ? `（${share}）` : ''}`))
    .join('、');

const change: Pattern[] = [
  [
    /^(.+): (.+?) from (\S+) to (\S+) (.*); ((?:intensity|technology|sourcing|mix|users|level|final use) [+-]?\d.*)\.$/,
    ([who, what, before, after, unit, list], name) =>
      tidy(
        `${name(who!)}：${measure(what!)}由 ${before} 变为 ${sum(`${after} ${unit}`)}；${effects(list!)}。`,
      ),
  ],
  [
    /^From (.+?) to (.+?), (.+) went from (\S+) to (\S+) (.*?)(?: \((\S+ %)\))?\.$/,
    ([from, to, what, before, after, unit, growth]) =>
      tidy(
        `${period(from!, to!)}，${measure(what!)}由 ${before} 变为 ${sum(`${after} ${unit}`)}${
          growth ? `（${growth}）` : ''
        }。`,
      ),
  ],
  [
    /^By factor: (.+); together (\S+), all of the change\.$/,
    ([list, all]) => `按因素：${effects(list!)}；合计 ${all}，即全部变化。`,
  ],
  [
    /^The largest changes arise in (.*)\.$/,
    ([list], name) => `变化最大的地区：${leaders(list!, name)}。`,
  ],
  [
    /^Over the (\d+) orders the effects deviate by: (.+)\.$/,
    ([orders, list]) => {
      const each = /(\S+) (\S+) \((\S+) to (\S+)\)/g;
      const told = [...list!.matchAll(each)].map(
        ([, name, by, low, high]) => `${factor(name!)} ${by}（${low} 至 ${high}）`,
      );
      return `${orders} 种次序下各效应的标准差：${told.join('、')}。`;
    },
  ],
  [/^Factors of the change of (.+)$/, ([what]) => tidy(`${measure(what!)}变化的因素`)],
];

const measures: Record<string, string> = {
  'its own value added in 100 of exports': '每 100 出口中的自身增加值',
  'the high-technology share of its value added in exports': '出口增加值中高技术部门的占比',
  'position (supplies others rather than is supplied)': '位置（供给他人多于受人供给）',
  'value added per worker': '人均增加值',
  'foreign reliance of its strong sectors': '优势部门的对外依赖',
};

/** "value added per worker: 12 million USD per worker to 14 million USD per worker, rank 3 to 2 of 6". */
function standing(text: string): string {
  const found =
    /^(.+?): (-?\d\S*)( (?!to ).+?)?(?: to (-?\d\S*)( .+?)?)?, (still )?rank (\d+)(?: to (\d+))? of (\d+)$/.exec(
      text,
    );
  if (!found) return text;
  const [, what, then, unit = '', now, , still, rank, rankNow, all] = found;
  const told = unit === '' ? '' : ` ${perWorker(unit.trim())}`;
  const value = now === undefined ? ` ${then}${told}` : `由 ${then} 变为 ${now}${told}`;
  const way = Number(rankNow) < Number(rank) ? '升至' : '降至';
  const place = rankNow
    ? `位次由第 ${rank} 位${way}第 ${rankNow} 位`
    : `${still ? '位次仍为' : '居'}第 ${rank} 位`;
  return tidy(`${measures[what!] ?? what}${value}，${place}（共 ${all} 个）`);
}

const standings = (text: string) => text.split('; ').map(standing).join('；');

/** "Japan, Korea and 2 more in value added per worker; ...". */
const passings = (text: string, told: (measure: string, who: string) => string) =>
  text
    .split('; ')
    .map((part) => {
      const what = Object.keys(measures).find((one) => part.endsWith(` in ${one}`));
      return what === undefined ? part : told(measures[what]!, part.slice(0, -what.length - 4));
    })
    .join('；');

/** "Coal (1.8 times the world's share; 28.9, now 27.3 of 100 exported are others' value added)". */
const strengths = (text: string, shown: Shown) =>
  [
    ...text.matchAll(
      /(.+?) \((\S+) times the world's share; (?:(\S+), now )?(\S+) of 100 exported are others' value added\)(?:, | and |$)/g,
    ),
  ]
    .map(([, name, times, then, now]) => {
      const others = then ? `由 ${then} 变为 ${now}` : `为 ${now}`;
      return `${shown(name!)}（世界平均份额的 ${times} 倍，每 100 出口中他人增加值${others}）`;
    })
    .join('、');

const ways: Record<string, string> = {
  Up: '上升（向好）',
  Down: '下降（转差）',
  Unchanged: '不变',
};

const upgrade: Pattern[] = [
  [
    /^(.+) moved up on (\d+) of (\d+) measures from (.+) to (.+), and gained rank on (\w+)\.$/,
    ([region, up, all, from, to, gained], name) =>
      `${period(from!, to!)}，${name(region!)}在 ${all} 项指标中有 ${up} 项上升，${
        gained === 'none' ? '位次均未提高' : `${gained} 项位次提高`
      }。`,
  ],
  [
    /^One year says where it stands, not where it moves: give the same table of other years after the chain\.$/,
    () => '单一年份只能看出所处位置，看不出变化：请在产业链之后给出同一表的其他年份。',
  ],
  [/^(.+) among its peers$/, ([region], name) => `${name(region!)}与其他地区相比`],
  [
    /^Of its domestic value added in exports, %, from (.+) to (.+)$/,
    ([from, to]) => `占其出口中国内增加值的比例（%），${period(from!, to!)}`,
  ],
  [
    /^Upgrading of (.+), (.+) to (.+)$/,
    ([region, from, to], name) => `${name(region!)}迈向中高端：${period(from!, to!)}`,
  ],
  [
    /^(Up|Down|Unchanged): (.+, (?:still )?rank \d.*)\.$/,
    ([way, list]) => `${ways[way!]}：${standings(list!)}。`,
  ],
  [
    /^(.+) stands in the upper half on (\d+) of (\d+) measures in (.+?): (.+)\.$/,
    ([who, upper, all, when, list], name) =>
      `${year(when!)}，${name(who!)}在 ${all} 项指标中有 ${upper} 项居前一半：${standings(list!)}。`,
  ],
  [
    /^It passed (.+ in .+)\.$/,
    ([list], name) => `${passings(list!, (what, who) => `${what}：超过了${listed(who, name)}`)}。`,
  ],
  [
    /^It was passed by (.+ in .+)\.$/,
    ([list], name) => `${passings(list!, (what, who) => `${what}：被${listed(who, name)}超过`)}。`,
  ],
  [
    /^It is strong in (\d+) sectors? in (.+), most of all (.+)\.$/,
    ([count, when, list], name) =>
      `${year(when!)}有 ${count} 个优势部门，首先是${strengths(list!, name)}。`,
  ],
  [
    /^The high-technology share is not known: the classification of (.+) \('(.*)'\) is none whose research intensity is listed\. Name the sectors with --sectors\.$/,
    ([chain, classification]) =>
      `高技术占比未知：${chain} 的产品分类（“${classification}”）没有对应的研发强度。请用 --sectors 指定高技术部门。`,
  ],
  [
    /^Value added per worker is not known for (.+): the chain has no count of workers \(in the same unit and money\)\. Add one: stave import CHAIN --stressors FILE\.csv, with a stressor 'employment'\.$/,
    ([years]) =>
      `${years!
        .split(/, | and /)
        .map(year)
        .join(
          '、',
        )}的人均增加值未知：产业链没有（单位、货币一致的）从业人数。请加入“employment”指标：stave import CHAIN --stressors FILE.csv。`,
  ],
  [
    /^(.+) exports nothing: no measure is known\.$/,
    ([who], name) => `${name(who!)}没有出口，各项指标均未知。`,
  ],
  [
    /^domestic and foreign value added sum to exports, (.+)$/,
    ([of]) => `国内与国外增加值之和等于出口（${year(of!)}）`,
  ],
];

export const tradeSentences: Pattern[] = [...trade, ...change, ...upgrade];

export const tradeCaptions: Record<string, string> = {
  // trade
  'What exports are made of': '出口由什么构成',
  'Participation and position in value chains': '价值链参与度与位置',
  'Across: foreign content and indirect value added, % of exports. Up: upstream. Size: gross exports':
    '横轴：国外含量与间接增加值占出口的比例（%）；纵轴：越高越偏上游；大小：总出口',
  'value added in a unit of final use sums to 1': '单位最终使用中的增加值之和等于 1',
  // change
  'What each factor alone changed.': '各因素单独引起的变化。',
  'Regions, largest change first': '各地区（变化由大到小）',
  'Products, largest change first': '各产品（变化由大到小）',
  'Change between the two chains; the table tells its factors.': '两条链之间的变化；各因素见表。',
  'effects sum to the change, in all, by maker and by user':
    '各效应之和等于变化：合计、按生产者、按使用者',
  'makers and users tell the same change and effects': '按生产者与按使用者的变化和效应一致',
  'states of the factors, solved': '各因素的状态，求解',
};
