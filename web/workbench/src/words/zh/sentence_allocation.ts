/** Sentences of `allocate`, `survive`, `stocks`, `diligence` and `cbam` in Chinese. */

import { cut, joined, parted, path, sum, type Pattern, type Shown } from './sentence_parts';

const input = (text: string, name: Shown) => (text === 'other inputs' ? '其他投入品' : name(text));

/** A step of the way from what is not served to what binds. */
function reasonStep(part: string, name: Shown): string | undefined {
  const [, again] = /^(.+) again: they wait for each other$/.exec(part) ?? [];
  if (again !== undefined) return `又回到${name(again)}：彼此等待`;
  const [, far] = /^no more can come from (.+)$/.exec(part) ?? [];
  if (far !== undefined) return `无法从${name(far)}运来更多`;
  const [, full] = /^(.+) can make no more$/.exec(part) ?? [];
  if (full !== undefined)
    return full.includes(' is short of ') ? undefined : `${name(full)}无法再增产`;
  const [, who, what] = /^(.+?) is short of (.+)$/.exec(part) ?? [];
  if (who !== undefined) return `${name(who)}缺少${input(what!, name)}`;
  // The market of a product in a region.
  return part.includes(' in ') ? name(part) : undefined;
}

const plainReasons: Record<string, string> = {
  'goods may not go there': '货物不得运往该处',
  'it counts nothing': '不计权重',
};

/** "Electric car for Germany: ...": a way to what binds begins where the product is wanted. */
function unserved(text: string, shown: Shown): string | undefined {
  for (const [use, why] of parted(text, ': '))
    for (const [product, where] of parted(use, ' for ')) {
      const plain = plainReasons[why];
      const begins = why.startsWith(`${product} in ${where}`) || why.startsWith(`${where} `);
      if (plain === undefined && !begins) continue;
      const told = plain ?? joined(why, reasonStep, shown)?.told.join('；');
      if (told !== undefined) return `${shown(product)}（${shown(where)}）：${told}`;
    }
  return undefined;
}

function served(text: string, by: string): string {
  const [, missing, share] = /^all of final use but (.+?) +\((.+ %)\)$/.exec(text) ?? [];
  return missing === undefined
    ? `${by}可满足全部最终使用`
    : `${by}下最终使用尚缺 ${sum(missing)}（${share}）`;
}

function blockage(text: string, shown: Shown): string {
  const [, link] = /^the link (.+)$/.exec(text) ?? [];
  if (link === undefined) return `${shown(text.replace(/^the capacity of /, ''))}的产能`;
  const [from, to] = cut(link, ' to ', shown);
  return `从${shown(from)}到${shown(to)}的联系`;
}

/** "all final use in China", "Electric car", "Steel in Germany". */
function target(text: string, shown: Shown): string {
  if (text === 'all final use') return '全部最终使用';
  const [, region] = /^all final use in (.+)$/.exec(text) ?? [];
  return region === undefined ? `${shown(text)}的最终使用` : `${shown(region)}的全部最终使用`;
}

/** "Whichever of 5 makers stops", "If China: Steel stops". */
function stopping(text: string, shown: Shown): string {
  const [, count] = /^Whichever of (\d+) makers stops$/.exec(text) ?? [];
  if (count !== undefined) return `无论 ${count} 个生产者中哪一个停产`;
  return `若${shown(text.replace(/^If (.+) stops$/, '$1'))}停产`;
}

const allocate: Pattern[] = [
  [
    /^Over (\d+) days, the best plan serves (.+), by weight; proportional rationing (all of final use.*?)\. Planning (serves no more|saves (.+))\.$/,
    ([days, plan, proportional, , saved]) =>
      `${days} 天内，按权重计，${served(plan!, '最优方案')}；${served(proportional!, '按比例配给')}。${
        saved === undefined ? '统筹并不能多满足' : `统筹挽回损失 ${sum(saved)}`
      }。`,
  ],
  [
    /^(What blocks most is|Then) (the (?:link|capacity of) .+): one unit more is worth (\S+) of final use by weight; 1 % of normal more would bring (.+)\.$/,
    ([first, what, price, gain], name) =>
      `${first === 'Then' ? '其次是' : '最大的堵点是'}${blockage(what!, name)}：每多一单位，值加权最终使用 ${price}；若比平日增加 1 %，可多满足 ${sum(gain!)}。`,
  ],
  [
    /^(What cannot be served even so is first (.+)\.)$/,
    ([all, what], name) => {
      const told = unserved(what!, name);
      return told === undefined ? all! : `即便如此仍无法满足的首先是${told}。`;
    },
  ],
];

const survive: Pattern[] = [
  [
    /^Of (\d+) makers stopped in turn, the chain survives (\d+) less long than they take to recover, and (\d+) for ever\.$/,
    ([all, short, ever]) =>
      `逐个停产的 ${all} 个生产者中，${short} 个的恢复时间长于最终使用可维持的时间；${ever} 个停产后可一直维持。`,
  ],
  [
    /^If (.+) stops, (?:for (\S+) days all final use can still be served|not a day can all final use be served); it takes (\S+) days to recover\. At least (.+) of profit is lost until then\.$/,
    ([who, days, recovers, lost], name) =>
      `若${name(who!)}停产，${
        days === undefined ? '全部最终使用一天也无法维持' : `全部最终使用还可维持 ${days} 天`
      }，而恢复需 ${recovers} 天；至其恢复为止至少损失利润 ${sum(lost!)}。`,
  ],
  [
    /^If (.+) stops, all final use can be served for (?:ever|(\S+) days); it takes (\S+) days to recover\.$/,
    ([who, days, recovers], name) =>
      `若${name(who!)}停产，全部最终使用可${
        days === undefined ? '一直维持' : `维持 ${days} 天`
      }；其恢复需 ${recovers} 天。`,
  ],
];

const stocks: Pattern[] = [
  [
    /^(Whichever of \d+ makers stops|If .+? stops), (.+) can be served for ever: no stock is needed\.$/,
    ([who, what], name) =>
      `${stopping(who!, name)}，${target(what!, name)}都可一直满足，无需增加库存。`,
  ],
  [
    /^(Whichever of \d+ makers stops|If .+? stops), (.+) is served for (\S+) days, and no stock of goods makes it longer: a service, or the product itself, is missing\.$/,
    ([who, what, days], name) =>
      `${stopping(who!, name)}，${target(what!, name)}可满足 ${days} 天，增加任何货物的库存都不能延长：所缺的是某种服务，或该产品本身。`,
  ],
  [
    /^(Whichever of \d+ makers stops|If .+? stops), (.+) is served for (?:ever|at least (\S+) days) with (.+?) +of stock more; without it, for (\S+) days\.$/,
    ([who, what, days, budget, before], name) =>
      `${stopping(who!, name)}，增加 ${sum(budget!)}库存后，${target(what!, name)}${
        days === undefined ? '可一直满足' : `至少可满足 ${days} 天`
      }；不增加则为 ${before} 天。`,
  ],
  [
    /^Most of it, (\S+ %), should be (.+)\.$/,
    ([share, what], name) => {
      const [product, who] = cut(what!, ' at ', name);
      return `其中最大的一份（${share}）应作为${input(product, name)}库存放在${name(who)}。`;
    },
  ],
  [
    /^Another (.+?) *, one per cent of the budget, would buy (\S+) days more\.$/,
    ([money, days]) => `预算再增加百分之一，即 ${sum(money!)}，可多维持 ${days} 天。`,
  ],
];

/** "what is spent on Electric car", "the CO2 footprint of China: Steel". */
function whole(text: string, name: Shown): string {
  const [, spent] = /^what is spent on (.+)$/.exec(text) ?? [];
  if (spent !== undefined) return `花在${name(spent)}上的金额`;
  const [, stressor, product] = /^the (.+?) footprint of (.+)$/.exec(text) ?? [];
  return `${name(product!)}的 ${stressor} 足迹`;
}

/** "China, Mining and quarrying (sanctions)": region, product, enterprise, and why. */
function flagged(text: string, name: Shown): string {
  let best = text;
  let least = Infinity;
  for (let at = text.length; at > 0; at = text.lastIndexOf(' (', at - 1)) {
    if (at < text.length && !text.endsWith(')')) break;
    const who = joined(text.slice(0, at), (part, shown) => shown(part), name, ', ');
    if (who === undefined || who.unknown >= least) continue;
    least = who.unknown;
    best = who.told.join('，') + (at < text.length ? `（${text.slice(at + 2, -1)}）` : '');
  }
  return best;
}

const diligence: Pattern[] = [
  [
    /^(\S+ %) of (what is spent on .+|the .+? footprint of .+) (goes to or through|occurs at) makers that are flagged\.$/,
    ([share, of, how], name) =>
      `${whole(of!, name)}中有 ${share} ${how === 'occurs at' ? '发生在' : '流向或流经'}被标记的生产者。`,
  ],
  [
    /^(.+?): (nobody makes that|no path leads there) in this chain\.$/,
    ([flag, why], name) =>
      `${flagged(flag!, name)}：本链中${why === 'nobody makes that' ? '无人生产' : '没有路径通向那里'}。`,
  ],
  [
    /^(.+?): (\S+ %) of (what is spent on .+|the .+? footprint of .+); no single path carries (\S+ %) or more\.$/,
    ([flag, share, of, least], name) =>
      `${flagged(flag!, name)}：占${whole(of!, name)}的 ${share}；没有单条路径达到 ${least}。`,
  ],
  [
    /^(.+?): (\S+ %) of (what is spent on .+|the .+? footprint of .+) by way of (\d+) paths? of (\S+ %) or more, the nearest at tier (\d+); (\S+ %) by smaller paths, which are not named\. The largest: (.+)\.$/,
    ([flag, share, of, count, least, tier, rest, largest], name) =>
      `${flagged(flag!, name)}：占${whole(of!, name)}的 ${share}，经由 ${count} 条不低于 ${least} 的路径，最近的在第 ${tier} 层；其中 ${rest} 经由更小的路径，未逐条列出。最大的路径：${path(largest!, name)}。`,
  ],
  [
    /^Not known: (\S+ %) of what is spent on (.+) ends at makers whose purchases the chain does not show; who stands behind them cannot be said\.$/,
    ([share, product], name) =>
      `未知部分：花在${name(product!)}上的金额有 ${share} 止于本链未显示其采购的生产者，其背后是谁不得而知。`,
  ],
  [
    /^Share of (what is spent on .+|the .+? footprint of .+)\.$/,
    ([of], name) => `占${whole(of!, name)}的比例。`,
  ],
];

/** "Smelter B ('ferro-manganese' for steel)", "whoever sells 'coke' (for steel)". */
function supplier(text: string): string {
  const [, unnamed, its] = /^whoever sells '(.+)' \(for (.+)\)$/.exec(text) ?? [];
  if (unnamed !== undefined) return `“${unnamed}”（用于“${its}”）的出售者`;
  const [, who, what, into] = /^(.+?) \('(.+)' for (.+)\)$/.exec(text) ?? [];
  return who === undefined ? text : `${who}（供应“${what}”，用于“${into}”）`;
}

const cbam: Pattern[] = [
  [
    /^No good says what is imported \('imported'\): emissions per tonne only\.$/,
    () => '没有货物写明进口量（imported）：只给出每吨的排放。',
  ],
  [
    /^(\S+) t imported in (\d+): (\S+) certificates are owed, (\S+) EUR at (\S+) EUR each\.(?: Carbon prices paid abroad stand for (\S+) of (\S+)\.)?$/,
    ([tonnes, year, owed, cost, price, paid, gross]) =>
      `${year} 年进口 ${tonnes} 吨：应交证书 ${owed} 张，按每张 ${price} 欧元计 ${cost} 欧元。${
        paid === undefined ? '' : `境外已付碳价抵扣 ${gross} 张中的 ${paid} 张。`
      }`,
  ],
  [
    /^In (\d+), without free allocation, the same imports would cost (\S+) EUR at that price\.$/,
    ([year, cost]) => `${year} 年不再有免费配额，同样的进口按此价格需 ${cost} 欧元。`,
  ],
  [
    /^Ask (.+) first: (?:(\S+) EUR a year less if the figure is (as expected|the default value without its mark-up); )?(\S+) EUR hang on that default value\.$/,
    ([who, less, figure, stake]) =>
      `应先问${supplier(who!)}：${
        less === undefined
          ? ''
          : `若其数据${figure === 'as expected' ? '与预期一致' : '等于未加成的默认值'}，每年可少付 ${less} 欧元；`
      }该默认值所系金额为 ${stake} 欧元。`,
  ],
  [
    /^With default values for all these precursors (\S+) certificates would be owed: the suppliers' figures (save|cost) (\S+) EUR a year\.$/,
    ([owed, way, money]) =>
      `若这些前体全部采用默认值，应交证书 ${owed} 张：供应商数据每年${way === 'save' ? '节省' : '多付'} ${money} 欧元。`,
  ],
  [
    /^The figure of (.+) is above the default value: it costs (\S+) EUR a year more\.$/,
    ([who, money]) => `${supplier(who!)}给出的数据高于默认值：每年多付 ${money} 欧元。`,
  ],
  [
    /^One tonne of (.+) carries (\S+) t CO2e of direct and (\S+) t of indirect emissions; (both|the direct ones) count\. Of what counts (\S+ %) rest on default values\.$/,
    ([good, direct, indirect, counts, share]) =>
      `每吨“${good}”含直接排放 ${direct} 吨 CO2e，间接排放 ${indirect} 吨；${
        counts === 'both' ? '两者均计入' : '只计直接排放'
      }。计入的排放中有 ${share} 来自默认值。`,
  ],
];

export const allocationSentences: Pattern[] = [
  ...allocate,
  ...survive,
  ...stocks,
  ...diligence,
  ...cbam,
];

export const allocationCaptions: Record<string, string> = {
  'What 1 % more would bring': '增加 1 % 可带来多少',
  'Weighted final use over the horizon for 1 % of normal more of what binds.':
    '起约束作用者比平日增加 1 %，计划期内可多满足的加权最终使用。',
  'Output: proportional rationing, and the plan': '产出：按比例配给与方案',
  'Per cent of normal. To the right: planning lets them make more.':
    '占平日百分比。第二点更靠右者，统筹使其产出更多。',
  'strong duality: the plan is worth what its prices say': '强对偶：方案的价值等于影子价格所示',
  'complementary slackness: what has a price is used up': '互补松弛：有影子价格者均已用尽',
  "what is used is made or in stock, share of a middling maker's day":
    '所用均为所产或库存（误差占中等生产者一天的比例）',
  'proportional rationing has come to rest: largest fall left, share of a normal day':
    '按比例配给已趋稳定：剩余最大降幅占平日的比例',
  'Survived, and needed to recover': '可维持时间与恢复时间',
  'Days. Where the second point is further right, the chain runs out before the maker is back.':
    '天数。第二点更靠右者，未及其恢复即已告罄。',
  'Profit lost until they have recovered': '至恢复时损失的利润',
  'strong duality: the plans cost what their prices say': '强对偶：各方案的代价等于影子价格所示',
  'Where the budget should lie': '预算应放在哪里',
  'Days served, without the budget and with it': '有无这笔预算时可满足的天数',
  'strong duality: the days are what the prices say': '强对偶：天数等于影子价格所示',
  // diligence
  'What leads to flagged makers': '哪些通向被标记的生产者',
  'The largest paths to flagged makers': '通向被标记生产者的最大路径',
  'From the flagged maker to the product.': '从被标记生产者到该产品。',
  "paths listed and what was cut off sum to each flag's share":
    '所列路径与余项之和等于各标记的比例',
  // cbam
  'What a tonne carries': '每吨所含排放',
  "Direct emissions, by the good's own process and its precursors":
    '直接排放，按货物自身过程及其前体',
  'What it costs, year by year': '逐年费用',
  'The same imports at the same price, as free allocation ends':
    '同样的进口、同样的价格，免费配额逐步取消',
  'Whom to ask first': '应先问谁',
  "What a supplier's figure changes against the default value": '供应商数据相对默认值的差别',
  'what processes answer for and precursors bring in = what leaves the gate':
    '各过程应承担与前体带入之和 = 出厂产品所含',
  '(I - A) SEE = own + bought': '(I - A) SEE = 自身 + 外购',
  "parts add up to each good's direct emissions": '各部分之和等于各货物的直接排放',
};
