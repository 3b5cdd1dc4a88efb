/** Sentences of `position`, `structure` and `paths` in Chinese. */

import {
  label,
  listed,
  measure,
  path,
  period,
  ranked,
  sum,
  tidy,
  year,
  type Pattern,
  type Shown,
} from './sentence_parts';

/** "China 71 %, Rest of the world 8.1 % and Japan 3 %". */
const shares = (text: string, shown: Shown) =>
  [...text.matchAll(/(.+?) (\S+ %)(?:, | and |$)/g)]
    .map(([, name, share]) => `${shown(name!)}（${share}）`)
    .join('、');

/** How the smile curve is shaped. */
function shape(text: string): string {
  const [, at] = /U - D = (\S+)\.$/.exec(text) ?? [];
  if (text.startsWith('The curve smiles'))
    return `曲线呈微笑形：链的两端留下的增加值比例高于中段，最低处在 U - D = ${at}。`;
  if (text.startsWith('The curve frowns'))
    return `曲线呈倒微笑形：链的中段留下的增加值比例高于两端，最高处在 U - D = ${at}。`;
  if (text.includes('at the start')) return '曲线没有拐点：越靠近链的起点，留下的增加值比例越高。';
  if (text.includes('at the end')) return '曲线没有拐点：越靠近链的终点，留下的增加值比例越高。';
  return '参与的生产者太少，不足以成曲线。';
}

const position: Pattern[] = [
  [
    /^(.+): upstreamness (\S+), number (\d+) of (\d+) (regions|products) from the most upstream on; downstreamness (\S+); (\S+ %) of its output goes to final use, (\S+ %) is its own value added\.$/,
    ([who, up, rank, all, like, down, use, added], name) =>
      `${name(who!)}：上游度 ${up}，在 ${all} ${
        like === 'regions' ? '个地区' : '种产品'
      }中由上游起居第 ${rank} 位；下游度 ${down}；产出的 ${use} 用于最终使用，${added} 为自身增加值。`,
  ],
  [
    /^(.+) makes nothing in (this chain|the first or the last year)\.$/,
    ([who, where], name) =>
      where === 'this chain'
        ? `${name(who!)}在本链中没有产出。`
        : `${name(who!)}在首年或末年没有产出。`,
  ],
  [
    /^Weighted by output, products of (.+) pass (\S+) stages from their maker to final use, themselves counted\.$/,
    ([chain, stages]) =>
      `按产出加权，${chain} 的产品从生产者到最终使用平均经过 ${stages} 个阶段（含自身）。`,
  ],
  [
    /^Furthest from final use: (.+); nearest: (.+)\.$/,
    ([far, near], name) =>
      `距最终使用最远的地区：${ranked(far!, name)}；最近的地区：${ranked(near!, name)}。`,
  ],
  [
    /^The most upstream products: (.+); the most downstream: (.+)\.$/,
    ([up, down], name) =>
      `最上游的产品：${ranked(up!, name)}；最下游的产品：${ranked(down!, name)}。`,
  ],
  [
    /^A push reaches (.+?) most strongly from (.+); it goes on from there most strongly to (.+)\.$/,
    ([who, from, to], name) =>
      `传到${label(who!, name)}的冲击，最强的来源：${ranked(from!, name)}；由此传出的冲击，最强的去向：${ranked(to!, name)}。`,
  ],
  [
    /^Of the final use of (.+), (-?\d\S*(?: .+?)?), value added arises in (.*?)\. ((?:The curve|Too few makers) .+)$/,
    ([product, value, list, told], name) =>
      `${label(product!, name)}的最终使用为 ${sum(value!)}，其增加值来自${shares(list!, name)}。${shape(told!)}`,
  ],
  [
    /^From (.+?) to (.+?) products came to pass (\S+) stages to final use, after (\S+)\.$/,
    ([from, to, now, then]) =>
      `${period(from!, to!)}，产品到最终使用平均经过的阶段数由 ${then} 变为 ${now}。`,
  ],
  [
    /^(.+), (.+?) to (.+?): upstreamness (\S+) to (\S+), downstreamness (\S+) to (\S+), position U \/ D (\S+) to (\S+), rank (\d+) to (\d+) from the start of chains\.(?: It passed (.+?)\.)?(?: It was passed by (.+)\.)?$/,
    ([who, from, to, up, upNow, down, downNow, at, now, then, rank, ahead, behind], name) =>
      `${name(who!)}，${period(from!, to!)}：上游度由 ${up} 变为 ${upNow}，下游度由 ${down} 变为 ${downNow}，位置 U / D 由 ${at} 变为 ${now}，自链的起点起的位次${
        then === rank ? `仍为第 ${rank} 位` : `由第 ${then} 位变为第 ${rank} 位`
      }。${
        ahead ? `超过了${listed(ahead, name)}。` : ''
      }${behind ? `被${listed(behind, name)}超过。` : ''}`,
  ],
  [
    /^Of (region|product)s, most moved away from final use: (.+); towards it: (.+)\.$/,
    ([level, away, towards], name) =>
      `${level === 'region' ? '地区' : '产品'}中，远离最终使用最多的：${ranked(away!, name)}；靠近最终使用最多的：${ranked(towards!, name)}。`,
  ],
  [/^Smile curve of (.+)$/, ([product], name) => `${label(product!, name)}的微笑曲线`],
  [
    /^value added along the chain of (.+) sums to its final use$/,
    ([product], name) => `${label(product!, name)}全链的增加值之和等于其最终使用`,
  ],
  [
    /^sum of output x upstreamness equals that of output x downstreamness(?:, (.+))?$/,
    ([of]) => `产出 × 上游度之和等于产出 × 下游度之和${of ? `（${year(of)}）` : ''}`,
  ],
];

const structure: Pattern[] = [
  [
    /^(.+) alone of (\d+) makers is key: it pulls more and carries more than the average\.$/,
    ([who, all], name) =>
      `${all} 个生产者中只有${label(who!, name)}是关键生产者：拉动和支撑均高于平均。`,
  ],
  [
    /^(\d+) of (\d+) makers are key: they pull more and carry more than the average\. The largest are (.+)\.$/,
    ([count, all, list], name) =>
      `${all} 个生产者中有 ${count} 个是关键生产者：拉动和支撑均高于平均。其中最大的是${listed(list!, name)}。`,
  ],
  [
    /^Without (.+), the chain would lose (\?|\S+ %) of its (.+?): others lose (.+?), (\?|\S+ %) of the whole\. Its purchases alone hold up (\?|\S+ %), its sales to makers (\?|\S+ %)\.$/,
    ([who, loss, what, others, share, backward, forward], name) =>
      tidy(
        `若没有${name(who!)}，全链将损失${measure(what!)}的 ${loss}：其他各方损失 ${sum(others!)}，占全链的 ${share}。仅其购买即支撑 ${backward}，仅其对生产者的销售即支撑 ${forward}。`,
      ),
  ],
  [
    /^The coefficient that matters most is what (.+?) buys from (.+): (\S+ %) of all that makers need of one another hangs on it, to first order\.$/,
    ([buyer, seller, share], name) =>
      `最重要的系数是${label(buyer!, name)}对${
        buyer === seller ? '自身' : label(seller!, name)
      }的购买：按一阶近似，生产者相互需求的 ${share} 系于此。`,
  ],
  [
    /^Loss of (.+) of the whole chain, and of all others\.$/,
    ([what]) => tidy(`全链的${measure(what!)}损失，以及其他各方的损失。`),
  ],
];

const paths: Pattern[] = [
  [
    /^(?:Final use (?:in|of) (.+?)|All final use) causes(?: in (.+?))? (-?\d\S*(?: .+?)?) of (.+?)\. (\d+) paths? of (\S+ %) or more of it carr(?:y|ies) (\S+ %); the remainder, (\S+ %), is spread over paths that are smaller\.$/,
    ([whose, where, value, what, count, least, found, rest], name) => {
      const use = whose ? `${label(whose, name)}的最终使用` : '全部最终使用';
      const place = where ? `发生在${label(where, name)}的` : '';
      return tidy(
        `${use}引起${place}${measure(what!)} ${sum(value!)}。不小于 ${least} 的路径有 ${count} 条，合计占 ${found}；其余 ${rest} 分散在更小的路径上。`,
      );
    },
  ],
  [
    /^The largest path is (.+): (-?\d\S*(?: .+?)?), (\S+ %) of the footprint\.$/,
    ([found, value, share], name) =>
      `最大的路径是${path(found!, (maker) => label(maker, name))}：${sum(value!)}，占足迹的 ${share}。`,
  ],
  [
    /^Of the paths listed, (\S+ %) of the footprint occurs at the makers of the final products themselves, (\S+ %) further back\.$/,
    ([own, behind]) =>
      `所列路径中，足迹的 ${own} 发生在最终产品的生产者自身，${behind} 发生在更上游。`,
  ],
  [/^The largest paths of (.+)$/, ([what]) => tidy(`${measure(what!)}的最大路径`)],
];

export const positionSentences: Pattern[] = [...position, ...structure, ...paths];

export const positionCaptions: Record<string, string> = {
  // position
  'Regions on the value chain': '各地区在价值链上的位置',
  'Products on the value chain': '各产品在价值链上的位置',
  'Upstreamness against downstreamness, both in stages; sizes are output.':
    '上游度与下游度，均以阶段计；大小为产出。',
  "Value added of output against the distance U - D; sizes are parts of the product's value.":
    '增加值占产出的比例与距离 U - D；大小为在产品价值中所占份额。',
  'The parabola through it, weighted by value added': '拟合抛物线（按增加值加权）',
  'Value added of output against the distance U - D.': '增加值占产出的比例与距离 U - D。',
  'upstreamness and downstreamness, solved': '上游度与下游度，求解',
  'propagation lengths, solved': '平均传播长度，求解',
  // structure
  'No maker is above the average both in what it pulls and in what it carries.':
    '没有生产者在拉动和支撑两方面都高于平均。',
  'Linkages of the largest makers': '最大生产者的前后向关联',
  'Both by their means: above 1 to the right pulls more than the average, above 1 at the top carries more; sizes are output.':
    '均除以均值：横轴大于 1 表示拉动高于平均，纵轴大于 1 表示支撑高于平均；大小为产出。',
  'What is lost without a region': '缺少某一地区的损失',
  'What is lost without a product': '缺少某一产品的损失',
  'What is lost without a maker': '缺少某一生产者的损失',
  'rows and columns of the inverse have the same sum': '逆矩阵的行和合计等于列和合计',
  'linkages, solved': '前后向关联，求解',
  'multipliers, solved': '乘数，求解',
  'extraction, solved': '假设抽取，求解',
  'columns of the inverse sum to the multipliers': '逆矩阵的列和等于乘数',
  // paths
  'Where the paths listed begin': '所列路径的起点',
  'Share of the footprint.': '占足迹的比例。',
  'footprint, solved': '足迹，求解',
};
