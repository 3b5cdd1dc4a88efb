/**
 * Sentences of reports in Chinese: those with numbers and names by their patterns. A sentence of no
 * known pattern is left in English.
 */

import { texts } from './declaration_texts';
import { allocationCaptions, allocationSentences } from './sentence_allocation';
import { carbonCaptions, carbonSentences } from './sentence_carbon';
import { read, type Pattern, type Shown } from './sentence_parts';
import { positionCaptions, positionSentences } from './sentence_position';
import { shockCaptions, shockSentences } from './sentence_shock';
import { tradeCaptions, tradeSentences } from './sentence_trade';
import { unitInChinese } from './unit';

/** "China's Coal", "Coal in China", "China: Coal". */
function maker(text: string, shown: Shown): string {
  const [, region, product] = /^(.+?)'s (.+)$/.exec(text) ?? [];
  if (region === undefined || product === undefined) return shown(text);
  const [place, thing] = [shown(region), shown(product)];
  return place === region && thing === product ? text : `${place}的${thing}`;
}

/** "Japan (12 %), Rest of Europe (EU-15) (3 %)": the last brackets are the number's. */
function numbered(text: string, shown: Shown, told: (number: string) => string = (n) => n): string {
  return text
    .split(/(?<=\d [^(),]*\)|what it produces\)), /)
    .map((part) => {
      const [, name = part, number] = /^(.*) \(([^()]*)\)$/.exec(part) ?? [];
      return number === undefined ? maker(part, shown) : `${maker(name, shown)}（${told(number)}）`;
    })
    .join('、');
}

const several = (text: string, by: string, shown: Shown) =>
  text
    .split(by)
    .map((name) => maker(name, shown))
    .join('；');

const weights: Record<string, string> = { output: '产出', 'value added': '增加值' };
const weight = (name: string) => weights[name] ?? name;
const rules: Record<string, string> = {
  'final use does not cushion lost orders': '最终使用不缓冲失单',
  'no input is essential': '没有关键投入',
  'every input is essential': '所有投入均为关键投入',
};

const oddities: Record<string, string> = {
  'sell less than nothing in all': '销售合计为负',
  'neither sell nor buy': '既不销售也不购买',
  'buy and have no output': '有购买而无产出',
  'add less than no value': '增加值为负',
};

function rule(text: string): string {
  const [, eps] = /^cascades are followed ten times further \((.*)\)$/.exec(text) ?? [];
  return eps === undefined ? (rules[text] ?? text) : `传导追踪至十分之一的阈值（${eps}）`;
}

function sides(text: string): string {
  return text.replace(
    /^missing supplies alone would cost (.+?), lost orders alone (.+)$/,
    '仅断供损失 $1，仅失单损失 $2',
  );
}

const choke: Pattern = [
  /^(.+): ([\d.]+ %) of value added at risk( with others stepping in, up to ([\d.]+ %) looking through all tiers)?(; ([\d.]+ %) of the reliance on it is hidden beyond the first tier)?; (.+)\.$/,
  ([source, low, bracket, high, hidden, share, next], name) => {
    const [, who = '', how = ''] =
      /^the next sources \((.*)\) supply (.*) of the use$/.exec(next!) ?? [];
    const [, whoCould = '', could = ''] =
      /^the next sources \((.*)\) could cover (.*)$/.exec(next!) ?? [];
    const rest =
      who !== ''
        ? `；次要来源（${several(who, ', ', name)}）占用量的 ${how}`
        : whoCould !== ''
          ? `；次要来源（${several(whoCould, ', ', name)}）可弥补 ${could}`
          : '；境外没有其他地区供应';
    const risk = bracket ? `在他人补位时为 ${low}，穿透各层最多 ${high}` : `为 ${low}`;
    const far = hidden ? `；对其依赖有 ${share} 隐藏在第一层之后` : '';
    return `${maker(source!, name)}：在险增加值${risk}${far}${rest}。`;
  },
];

const findings: Pattern[] = [
  choke,
  [
    /^(\d+) of (\d+) products exceed all three European thresholds: (.+)\.$/,
    ([count, all, names], name) =>
      `${all} 种产品中有 ${count} 种同时超过欧盟三项阈值：${several(names!, ', ', name)}。`,
  ],
  [
    /^None of (\d+) products fails all three European tests\.$/,
    ([all]) => `${all} 种产品中没有一种同时超过欧盟三项阈值。`,
  ],
  [
    /^Long stave: if (.+) stopped, all others would lose (.+) of their value added; (.+) loses most, (.+) of its own\.$/,
    ([who, loss, hit, own], name) =>
      `长板：若${maker(who!, name)}停供，其他所有地区将损失增加值的 ${loss}；${name(hit!)}损失最重，达其自身的 ${own}。`,
  ],
  [
    /^(.+) relies most on (.+): (.+) of all that goes into its products comes from there, (.+) at face value\.$/,
    ([who, on, deep, face], name) =>
      `${name(who!)}对${name(on!)}依赖最深：其产品全部投入的 ${deep} 来自那里，表面仅 ${face}。`,
  ],
  [
    /^No single loss stops any of (.+)'s (\d+) largest products \((.+) of its output\): every essential input has another supplier, however small\.$/,
    ([region, count, share], name) =>
      `没有任何单一来源的中断会使${name(region!)}的 ${count} 种最大产品（占其产出 ${share}）停产：每种关键投入都另有供应者。`,
  ],
  [
    /^Most systemic: if (.+) stopped, (.+) of all output would be lost, (.+) of the region's own; next come (.+) and (.+)\.$/,
    ([who, loss, own, second, third], name) =>
      `系统性最强：若${name(who!)}停产，全链将损失产出的 ${loss}，本地区损失 ${own}；其次是${numbered(second!, name)}和${numbered(third!, name)}。`,
  ],
  [
    /^Most stuck of (.+)'s (\d+) largest products: (.+) would lose (.+) of its value added without (.+); of (\d+) links in the chain drawn around it (\d+|none) (?:is|are) stuck and (\d+|none) (?:is|are) broken\.$/,
    ([region, count, product, loss, source, links, stuck, broken], name) => {
      const number = (text: string) => (text === 'none' ? '0' : text);
      return `${name(region!)}的 ${count} 种最大产品中最受卡的是${name(product!)}：没有${name(source!)}将损失其增加值的 ${loss}；围绕它的 ${links} 条联系中，卡点环节 ${number(stuck!)} 条，断点环节 ${number(broken!)} 条。`;
    },
  ],
  [
    /^(.+) produces (.+) (\S+) of (\S+), its final use causes (.+) \S+: it is a net (importer|exporter) of (\S+) \S+( \((.+ %) of what it produces\))?\.$/,
    ([region, made, unit, stressor, used, way, net, bracket, share], name) =>
      `${name(region!)}生产产生${stressor} ${made} ${unitInChinese(unit!)}，最终使用引致 ${used} ${unitInChinese(unit!)}：净${way === 'importer' ? '进口' : '出口'} ${net} ${unitInChinese(unit!)}${bracket ? `（占其生产侧 ${share}）` : ''}。`,
  ],
  [
    /^(\S+): (\S+) of (\S+) (\S+) \((.+ %)\) occur in one region for the final use of another\.$/,
    ([stressor, traded, all, unit, share]) =>
      `${stressor}：${all} ${unitInChinese(unit!)}中有 ${traded} ${unitInChinese(unit!)}（${share}）发生在一地而服务于另一地的最终使用。`,
  ],
  [
    /^Largest net (importers|exporters) of (\S+): (.+)\.$/,
    ([way, stressor, list], name) => {
      const told = (number: string) =>
        number
          .replace(
            /^(\S+) ([^\s,]+)/,
            (_, n: string, unit: string) => `${n} ${unitInChinese(unit)}`,
          )
          .replace(/, (.+ %) of what it produces$/, '，占其生产侧 $1');
      return `${stressor}最大净${way === 'importers' ? '进口' : '出口'}方：${numbered(list!, name, told)}。`;
    },
  ],
  [
    /^The chain is sound: none of (\d+) tests fails(, (\d+) warn)?\.$/,
    ([all, bracket, warn]) =>
      `数据可靠：${all} 项检验全部通过${bracket ? `，其中 ${warn} 项警告` : ''}。`,
  ],
  [
    /^The chain is not sound: (\d+) of (\d+) tests fail\.$/,
    ([fails, all]) => `数据存在问题：${all} 项检验中有 ${fails} 项未通过。`,
  ],
  [
    /^Reported output and the sum of sales (agree to|miss) (.+) % of all output\.$/,
    ([, miss]) => `申报产出与销售合计相差总产出的 ${miss} %。`,
  ],
  [
    /^Value added and output less purchases (agree to|miss) (.+) % of all output\.$/,
    ([, miss]) => `增加值与产出减购买相差总产出的 ${miss} %。`,
  ],
  [
    /^The table is productive: the spectral radius of A is (.+)\.$/,
    ([radius]) => `该表可运转：A 的谱半径为 ${radius}，小于 1。`,
  ],
  [
    /^(\d+) (regions|products) have only a code for a name, the first is (.+)\.$/,
    ([count, what, first]) =>
      `${count} ${what === 'regions' ? '个地区' : '种产品'}只有代码而无名称，首个为 ${first}。`,
  ],
  [
    /^If (.+) stopped, (.+) of all (.+) would be lost, its own (.+) included; (.+)\.$/,
    ([who, loss, what, own, rest], name) =>
      `若${name(who!)}停产，将损失全链${weight(what!)}的 ${loss}，含其自身 ${own}；${sides(rest!)}。`,
  ],
  [
    /^That stop would hit hardest, as a share of their own output: (.+)\.$/,
    ([list], name) => `受其冲击最重者（占自身产出）：${numbered(list!, name)}。`,
  ],
  [
    /^By (.+?) ([A-Z].*) is the worst too: (.+) would be lost\.$/,
    ([what, who, loss], name) => `按${weight(what!)}衡量，${name(who!)}同样居首：损失 ${loss}。`,
  ],
  [
    /^By (.+?) another is worst: (.+), with (.+) lost\.$/,
    ([what, who, loss], name) => `按${weight(what!)}衡量，居首的是${name(who!)}：损失 ${loss}。`,
  ],
  [
    /^(The ranking holds|Read the ranking with care): if (.+), the rank correlation is ([\d.]+)(; .+)?\.$/,
    ([how, what, correlation, rest = ''], name) => {
      const [, count, all, enter = '', leave = ''] =
        /^; (\d+) of (\d+) names change \(in: (.+); out: (.+)\)$/.exec(rest) ?? [];
      const names = (list: string) => several(list, ' / ', name).replace(/(\d+) more$/, '另 $1 个');
      const changed = count
        ? `；${all} 个中有 ${count} 个变动（进入：${names(enter)}。退出：${names(leave)}）`
        : rest === ''
          ? ''
          : rest.replace(/^; the same (\d+) are listed$/, '；所列 $1 个不变');
      return `${how === 'The ranking holds' ? '排序稳健' : '排序需谨慎看待'}：若${rule(what!)}，秩相关系数为 ${correlation}${changed}。`;
    },
  ],
  [
    /^(.+): (.+) of all (.+) would be lost, (.+) by the shock itself; (.+)\.$/,
    ([scenario, loss, what, own, rest]) =>
      `${scenario}：将损失全链${weight(what!)}的 ${loss}，其中冲击本身 ${own}；${sides(rest!)}。`,
  ],
  [
    /^No single loss stops (.+)\.$/,
    ([target], name) => `没有任何单一来源的中断会使${name(target!)}停产。`,
  ],
  [
    /^No set of up to (\d+) sources stops it\.$/,
    ([size]) => `同时失去至多 ${size} 个来源也不会使其停产。`,
  ],
  [
    /^(.+ %) of (\S+) is estimated, not measured(: (.+))?\.$/,
    ([share, what, , note]) => `${what}的 ${share} 为估计值而非实测${note ? `：${note}` : ''}。`,
  ],
  [
    /^(\d+|One) sets? of (\d+) sources stops? it(?: together; the first)?: (.+)\.$/,
    ([count, size, list], name) =>
      count === 'One'
        ? `有 1 组 ${size} 个来源同时失去会使其停产：${several(list!, ' + ', name)}。`
        : `有 ${count} 组 ${size} 个来源同时失去会使其停产，首组：${several(list!, ' + ', name)}。`,
  ],
  [
    /^Backing up (\d+) sources, (.+) first, leaves none of these break sets(?:, and no fewer would do|; at least (\d+) are needed)\.$/,
    ([count, first, least], name) =>
      `补强 ${count} 个来源（首先是${name(first!)}）即可消除全部断点集，${least ? `至少需 ${least} 个` : '不能再少'}。`,
  ],
  [
    /^Imported as (.+): (\d+) nodes \((\d+) regions, (\d+) products\), (\d+) flows, (\d+) stressors\.$/,
    ([chain, nodes, regions, products, flows, stressors]) =>
      `已导入为 ${chain}：${nodes} 个节点（${regions} 个地区，${products} 种产品），${flows} 条流量，${stressors} 项负荷。`,
  ],
  [
    /^(\d+) nodes (sell less than nothing in all|neither sell nor buy|buy and have no output|add less than no value), the first is (.+)\.$/,
    ([count, what, first]) => `${count} 个节点${oddities[what!]}，首个为 ${first}。`,
  ],
  [
    /^(.+) has one single point of failure: (.+)\.$/,
    ([target, source], name) => `${name(target!)}有一个单点断点：${name(source!)}。`,
  ],
  [
    /^(.+) has (\d+) single points of failure, among them (.+)\.$/,
    ([target, count, list], name) =>
      `${name(target!)}有 ${count} 个单点断点，包括${several(list!, '; ', name)}。`,
  ],
  [
    /^Parameter (.+): (.+) before, (.+) after\.$/,
    ([what, before, after]) => `参数 ${what}：之前 ${before}，之后 ${after}。`,
  ],
  [
    /^(.+): of (\d+) rows in both, (\d+) changed(; (\d+) only before)?(; (\d+) only after)?\.$/,
    ([table, both, changed, , before = '0', , after = '0']) =>
      `${texts[table!] ?? table}：两者共有 ${both} 行，其中 ${changed} 行有变化；仅之前有 ${before} 行，仅之后有 ${after} 行。`,
  ],
];

const figures: Pattern[] = [
  [/^Where (.+) is stuck$/, ([region], name) => `${name(region!)}卡在哪里`],
  [/^Who depends on (.+)$/, ([region], name) => `谁依赖${name(region!)}`],
  [
    /^Whose stop in (.+) would cost most$/,
    ([region], name) => `${name(region!)}的生产者中谁停产损失最大`,
  ],
  [/^The chain around (.+)$/, ([product], name) => `围绕${maker(product!, name)}的链图`],
  [/^(\S+): produced and caused$/, ([stressor]) => `${stressor}：生产侧与消费侧`],
  [/^(\S+): net imports embodied in trade$/, ([stressor]) => `${stressor}：贸易隐含净进口`],
  [/^(\S+): consumption per head$/, ([stressor]) => `${stressor}：人均消费侧`],
  [
    /^From production to consumption account, (.+)\.$/,
    ([unit]) => `从生产侧账户到消费侧账户，${unitInChinese(unit!)}。`,
  ],
  [/^output for final use, solved by (\S+)$/, ([way]) => `满足最终使用的产出（解法 ${way}）`],
  [/^Imports less exports, (.+)\.$/, ([unit]) => `进口减出口，${unitInChinese(unit!)}。`],
  [
    /^Share of all (.+) lost, by whether missing supplies or lost orders explain it$/,
    ([what]) => `损失的${weight(what!)}比例，按断供或失单分解`,
  ],
];

const captions: Record<string, string> = {
  'Value added at risk: cascade with others stepping in, and the look-through share above it':
    '在险增加值：他人补位时的传导损失，其上为穿透占比',
  'Share of the use of each product': '占各产品用量的份额',
  'Direct and look-through reliance': '直接依赖与穿透依赖',
  'What the first tier shows, and what all tiers hold': '第一层可见的依赖与各层合计的依赖',
  "Share of all that goes into a region's products, through all tiers":
    '在地区产品全部投入中的份额，穿透各层',
  'Who relies on whom': '谁依赖谁',
  "Look-through share of the supplier (row) in what goes into the user's (column) products":
    '供应方（行）在使用方（列）产品投入中的穿透占比',
  'What alone would stop main products': '单独失去即令主要产品停产的来源',
  "Part of the region's output that each source stops when it alone is lost":
    '每个来源单独失去时停产部分占本地区产出的比例',
  "Share of the whole chain's output lost, the maker's own included":
    '损失占全链产出的比例，含生产者自身',
  'Suppliers on the left, customers on the right; heights are values. Left of the product: what it buys, and what of that its suppliers bought before. Right: what it sells, and what its customers pass on. Shares of each tier add up to 100 %.':
    '左为供应商，右为客户；高度为价值量。产品左侧：其购入什么，供应商为此又购入什么；右侧：其售出什么，客户又传递给谁。每层份额合计 100 %。',
  'Whose stop would cost most': '谁停产损失最大',
  'Nodes that balance least': '最不平衡的节点',
  "Largest miss as a share of the node's output.": '最大误差占节点产出的比例。',
  'Who loses most': '谁损失最大',
  'Of its own normal output, the shock included': '占其自身正常产出，含冲击本身',
  'What each scenario costs each region': '各情景使各地区损失多少',
  "Of the region's own weight, the shock included": '占地区自身权重，含冲击本身',
  'How the loss spreads, round by round': '损失如何逐轮扩散',
  'Share of the whole chain lost by then; round 0 is the shock itself':
    '至该轮损失占全链的比例；第 0 轮为冲击本身',
  'Who is part of most break points': '谁属于最多的断点集',
  // balances
  'look-through solves (I - A) LF = final use': '穿透计算满足 (I - A) LF = 最终使用',
  'boxes and links of each tier add up to the tier': '各层方框与联系合计等于该层',
  'regions of each tier add up to the tier': '各层地区合计等于该层',
  'consumption accounts sum to production accounts': '消费侧账户合计等于生产侧账户',
  'No final_use.csv: final use is empty, output is what the links carry.':
    '没有 final_use.csv：最终使用为空，产出即各联系所载。',
  'row balance': '行平衡',
  'column balance': '列平衡',
};

const allCaptions = {
  ...captions,
  ...carbonCaptions,
  ...positionCaptions,
  ...tradeCaptions,
  ...shockCaptions,
  ...allocationCaptions,
};
const allSentences = [
  ...figures,
  ...carbonSentences,
  ...positionSentences,
  ...tradeSentences,
  ...shockSentences,
  ...allocationSentences,
  ...findings,
];

/** The sentence in Chinese, or as it is where no pattern fits. */
export function sentence(text: string, shown: Shown): string {
  return allCaptions[text] ?? texts[text] ?? read(text, allSentences, shown) ?? text;
}
