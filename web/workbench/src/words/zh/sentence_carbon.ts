/** Sentences of `footprint`, `product` and `switch` in Chinese. */

import { path, sum, type Pattern, type Shown } from './sentence_parts';
import { unitInChinese } from './unit';

/** "What 'Coal' of China sells to final use", "The final use of China", "All final use". */
function user(text: string, shown: Shown): string {
  const [, product = '', region = ''] =
    /^What '(.+)' (?:of (.+)|everywhere) sells to final use$/.exec(text) ?? [];
  if (product !== '') return `${region ? shown(region) : '各地'}“${shown(product)}”的最终使用销售`;
  const [, place] = /^The final use of (.+)$/.exec(text) ?? [];
  return place === undefined ? '全部最终使用' : `${shown(place)}的最终使用`;
}

const listed = (text: string) => text.replace(/'([^']+)'/g, '“$1”').replaceAll(', ', '、');

export const carbonSentences: Pattern[] = [
  [
    /^(What '.+ sells to final use|The final use of .+|All final use) causes (\S+ \S+) of (\S+?)(?:: (\S+ %) at home, (\S+ %) abroad)?(?:; final use itself gives off (\S+ \S+) more)?\.$/,
    ([who, value, what, home, abroad, itself], name) =>
      `${user(who!, name)}引起 ${what} ${sum(value!)}${home ? `：本地 ${home}，外地 ${abroad}` : ''}${
        itself ? `；最终使用自身另排放 ${sum(itself)}` : ''
      }。`,
  ],
  [
    /^(.+) produces (\S+ \S+), imports (\S+ \S+) embodied in trade and exports (\S+ \S+): a net (importer|exporter) of (\S+ \S+)\.$/,
    ([region, made, into, out, way, net], name) =>
      `${name(region!)}生产侧 ${sum(made!)}，贸易隐含进口 ${sum(into!)}，出口 ${sum(out!)}：净${
        way === 'importer' ? '进口' : '出口'
      } ${sum(net!)}。`,
  ],
  [
    /^Of all (\S+ \S+) produced, (\S+ %) occurs in one region for the final use of another\.$/,
    ([all, share]) => `生产侧合计 ${sum(all!)}，其中 ${share} 发生在一地而服务于另一地的最终使用。`,
  ],
  [
    /^(\S+ %) of it occurs at the makers of the final products, (\S+ %) up to tier (\d+); (\S+ %) lies behind tier (\d+), the last one listed\.$/,
    ([own, near, tier, beyond, last]) =>
      `其中 ${own} 发生在最终产品的生产者，${near} 发生在第 ${tier} 层以内；${beyond} 在所列最后一层（第 ${last} 层）之后。`,
  ],
  [
    /^(\d+) paths? of at least (\S+ %) of it carr(?:y|ies) (\S+ %); the remainder, (\S+ %), is spread over smaller ones(?:\. The largest is (.+): (\S+ \S+))?\.$/,
    ([count, least, found, rest, largest, value], name) =>
      `不小于 ${least} 的 ${count} 条路径占 ${found}，其余 ${rest} 分散在更小的路径上${
        largest ? `。最大的是 ${path(largest, name)}：${sum(value!)}` : ''
      }。`,
  ],
  [
    /^The sector itself gives off (\S+ \S+), (\S+) (.+) of its value added; behind all it makes, for final use and for others, stand (\S+ \S+)\.$/,
    ([own, per, unit, all]) =>
      `该部门自身排放 ${sum(own!)}，单位增加值 ${per} ${unitInChinese(unit!)}；其全部产品（供最终使用和他人使用）背后为 ${sum(all!)}。`,
  ],
  [
    /^(\S+ %) of the (\S+) is estimated or illustrative, not measured\.$/,
    ([share, what]) => `${what} 的 ${share} 为估计或示意值，而非实测。`,
  ],
  [
    /^Per head its consumption account is (\S+) (.+)\.$/,
    ([value, unit]) => `其消费侧人均为 ${value} ${unitInChinese(unit!)}。`,
  ],
  [
    /^(\S+ \S+) stand where nothing is made: in production accounts, in no footprint\.$/,
    ([value]) => `${sum(value!)} 发生在没有产出之处：计入生产侧，不计入任何足迹。`,
  ],
  [
    /^CO2-equivalent is (.+), by (.+?)(?:; without a factor: (.+))?\.$/,
    ([gases, set, without]) =>
      `二氧化碳当量为 ${gases}，系数取自 ${set}${without ? `；没有系数的：${without}` : ''}。`,
  ],
  [
    /^Behind (\S+) (.+?) of (.+) stand (\S+) kg CO2e\.$/,
    ([amount, unit, product, value]) => `${amount} ${unit} ${product}背后为 ${value} kg CO2e。`,
  ],
  [/^By component: (.+)\.$/, ([list]) => `按部件：${list!.replaceAll(', ', '，')}。`],
  [
    /^Its maker gives off (\S+ %) itself, its direct suppliers (\S+ %), the tiers behind them (\S+ %)\.$/,
    ([own, direct, rest]) => `生产者自身排放 ${own}，直接供应者 ${direct}，更上游各层 ${rest}。`,
  ],
  [
    /^(\d+) inputs of the inventory have no supplier in it: what stands behind them is not counted\.$/,
    ([count]) => `清单中有 ${count} 项投入没有供应者：其背后的排放未计入。`,
  ],
  [
    /^Of (\d+) draws nine in ten lie between (\S+) and (\S+) kg CO2e, the mean is (\S+)\.$/,
    ([draws, low, high, mean]) =>
      `${draws} 次抽样中九成在 ${low} 至 ${high} kg CO2e 之间，平均 ${mean}。`,
  ],
  [
    /^What matters most: (.+), (\S+ %) of the variance by itself\.$/,
    ([what, share]) => `影响最大的是 ${what}，单独占方差的 ${share}。`,
  ],
  [
    /^With (\d+) switch(?:es)? in place, (\S+) kg CO2e stand behind (\S+) (.+?) of (.+) instead of (\S+): (.+)\.$/,
    ([count, after, amount, unit, product, before, change]) =>
      `采用 ${count} 项替换后，${amount} ${unit} ${product}背后为 ${after} kg CO2e，此前为 ${before}：${change}。`,
  ],
  [
    /^By itself '(.+)' saves most, (\S+) kg CO2e or (\S+ %) of the footprint\.$/,
    ([what, saved, share]) => `单独看，“${what}”减排最多：${saved} kg CO2e，占足迹的 ${share}。`,
  ],
  [
    /^They act on one another: (\S+) kg CO2e together, (\S+) added up one by one\.$/,
    ([together, one]) => `各项相互影响：同时采用减少 ${together} kg CO2e，逐项相加为 ${one}。`,
  ],
  [
    /^'(.+)' does not save: (\S+) kg CO2e more\.$/,
    ([what, more]) => `“${what}”并不减排：反增 ${more} kg CO2e。`,
  ],
  [
    /^'(.+)' changes nothing here: what it moves does not stand behind this product, or weighs the same\.$/,
    ([what]) => `“${what}”在此没有影响：所替换的投入不在该产品背后，或排放相同。`,
  ],
  [
    /^Not known is what these cost, so that no total can be given: (.+)\.$/,
    ([list]) =>
      `以下各项成本未知，无法给出合计：${listed(list!.replace(/ \([^()]*\)(?=;|$)/g, '')).replaceAll('; ', '；')}。`,
  ],
  [
    /^What is known adds up to (\S+) (\S+) (saved|more)\.$/,
    ([value, currency, way]) =>
      `已知部分合计${way === 'saved' ? '节省' : '增加'} ${value} ${unitInChinese(currency!)}。`,
  ],
  [
    /^They (save|cost) (\S+) (\S+)(?: more)?(?:, (\S+ %) of its price)?(?:; a ton of CO2e for (\S+) (\S+))?\.$/,
    ([way, value, currency, share, ton, money]) =>
      `合计${way === 'save' ? '节省' : '增加成本'} ${value} ${unitInChinese(currency!)}${
        share ? `，占其价格的 ${share}` : ''
      }${ton ? `；每吨 CO2e ${ton} ${unitInChinese(money!)}` : ''}。`,
  ],
  [
    /^The cheapest ton is that of '(.+)', at (\S+) (\S+)\.$/,
    ([what, value, currency]) =>
      `每吨成本最低的是“${what}”：${value} ${unitInChinese(currency!)}。`,
  ],
  [
    /^(\S+) (\S+) buy none of the switches\.$/,
    ([value, currency]) => `${value} ${unitInChinese(currency!)} 不足以采用任何一项。`,
  ],
  [
    /^For (\S+) (\S+) ('.+') saves? most: (\S+) kg CO2e, (\S+ %), for (\S+) (\S+)\.$/,
    ([budget, currency, list, saved, share, cost]) =>
      `预算 ${budget} ${unitInChinese(currency!)} 时，${listed(list!)}减排最多：${saved} kg CO2e（${share}），花费 ${cost} ${unitInChinese(currency!)}。`,
  ],
  [
    /^'(.+)': (greener, and a |greener; )?(.+ choke point|.+)\. When (.+) stops, (.+) loses (\S+ %) of its output; when (.+) stops, (\S+ %)\. From (.+) comes (\S+ %) of all behind its product, from (.+) (\S+ %)\.$/,
    ([what, green, verdict, old, buyer, before, next, after, from, share, to, other], name) => {
      const judged: Record<string, string> = {
        'worse choke point': '更易成为卡点',
        'lesser choke point': '卡点风险更低',
      };
      return `“${what}”：${green ? '更低碳，' : ''}${judged[verdict!] ?? verdict}。${name(old!)}停产时，${name(buyer!)}损失产出的 ${before}；${name(next!)}停产时为 ${after}。其产品背后的投入有 ${share} 来自${name(from!)}，${other} 来自${name(to!)}。`;
    },
  ],
  [
    /^Rows: where it occurs; columns: for whose final use\. (\S+), (.+)\.$/,
    ([what, unit]) => `行：发生地；列：服务于谁的最终使用。${what}，${unitInChinese(unit!)}。`,
  ],
  [
    /^From production to consumption account: (\S+), (.+)\.$/,
    ([what, unit]) => `从生产侧到消费侧：${what}，${unitInChinese(unit!)}。`,
  ],
  [
    /^Width: what a step saves, kg CO2e; height: (\S+) for a ton of it, those before in place$/,
    ([currency]) =>
      `宽度：每步减排量，kg CO2e；高度：以前面各步已采用为前提的每吨成本（${unitInChinese(currency!)}）`,
  ],
  [/^(CO2\S*|CH4|N2O), (\S+)\.$/, ([what, unit]) => `${what}，${unitInChinese(unit!)}。`],
];

export const carbonCaptions: Record<string, string> = {
  'Produced and caused': '生产侧与消费侧',
  'The footprint by tier': '按层级的足迹',
  'Where the footprint occurs': '足迹发生在哪里',
  'Embodied in trade': '贸易隐含排放',
  'The largest paths': '最大的路径',
  'Share of the footprint, from where it occurs to the final product.':
    '占足迹的比例，从发生之处到最终产品。',
  'The footprint is zero: it has no paths.': '足迹为零，没有路径。',
  'tiers and remainder sum to the footprint': '各层与余项之和等于足迹',
  'paths listed and what was cut off sum to the footprint': '所列路径与余项之和等于足迹',
  'sources sum to the footprint': '各来源之和等于足迹',
  'By component': '按部件',
  'Each input of its maker with all behind it, 100 % together':
    '生产者的每项投入及其背后的一切，合计 100 %',
  'By tier': '按层级',
  '0 is the maker itself, 1 its suppliers; beyond is the remainder':
    '0 为生产者自身，1 为其供应者；其余为更上游合计',
  'What flows into it': '什么流入其中',
  'Emissions embodied in what processes supply, from those that give them off to what was asked':
    '各过程供应品中的隐含排放，从排放者一直到所问的产品',
  'Who gives it off': '由谁排放',
  'Processes, by what they give off themselves': '各过程自身的排放',
  'Which number matters': '哪个数字影响大',
  'Share of the variance, to first order': '占方差的比例（一阶）',
  'T s = f: what is made less what is taken is what was asked': 'T s = f：产出减投入等于所问',
  'T s = f in every draw': '每次抽样均有 T s = f',
  'footprint by runs = footprint by intensity': '按运行量核算的足迹 = 按强度核算的足迹',
  'components add up to the footprint': '各部件之和等于足迹',
  solved: '求解',
  'By component, before and after': '各部件之前与之后',
  'Each input of its maker with all behind it, kg CO2e': '生产者的每项投入及其背后的一切，kg CO2e',
  'What each saves by itself': '各项单独的减排量',
  'kg CO2e; below 0 where more is given off': 'kg CO2e；小于 0 表示排放增加',
  'Cheapest ton first': '每吨成本由低到高',
  'When the old or the new maker stops': '原、新生产者停产时',
  "Share of the buyer's output that is lost": '采购方损失的产出比例',
  'T s = f: what is made less what is taken is what was asked, before':
    'T s = f：产出减投入等于所问（之前）',
  'the same after': '同上（之后）',
  'footprint by updating the solution = footprint of the system written anew':
    '更新解得到的足迹 = 重新建立系统的足迹',
  'components add up to the footprint, before and after': '各部件之和等于足迹（之前与之后）',
  'steps of the curve add up to all together': '曲线各步之和等于同时采用的合计',
};
