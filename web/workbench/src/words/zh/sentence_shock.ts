/** Sentences of `shock` and `tiers` in Chinese. */

import { cut, joined, read, sum, type Pattern, type Shown } from './sentence_parts';

const falls: Pattern[] = [
  [/^Output never falls\.$/, () => '产出没有下降。'],
  [
    /^Output falls to (\S+ %) of a normal day's on day (\d+)(?: and stays above 95 % from (\d+) days after the shock began on| and is (not back) at 95 % on the last day)?\.$/,
    ([least, day, back, never]) =>
      `第 ${day} 日产出降至平日的 ${least}${
        back === undefined
          ? never === undefined
            ? ''
            : '，至最后一日仍未恢复到 95 %'
          : `，冲击开始 ${back} 日后稳定在 95 % 以上`
      }。`,
  ],
];

const losses: Pattern[] = [
  [
    /^Over (\d+) days (?:no value added is lost|(.+) of value added is lost, (\S+ %) of what they would give|(.+) more value added is made)(?:, (\S+) times what the makers that lost capacity lose themselves)?\.$/,
    ([days, lost, share, more, times]) =>
      `${days} 日内增加值${
        lost !== undefined
          ? `损失 ${sum(lost)}，占应有增加值的 ${share}`
          : more !== undefined
            ? `反增 ${sum(more)}`
            : '没有损失'
      }${times === undefined ? '' : `，为失去产能者自身损失的 ${times} 倍`}。`,
  ],
];

const unmet: Pattern[] = [
  [/^Final use gets all it wants\.$/, () => '最终使用全部得到满足。'],
  [
    /^Final use first goes short (?:(\d+) days after the shock began|on the day the shock begins); in all (\S+ %) of what it wants is not served(?:, most of all (.+?)(?: \((\S+ %) of it\))?)?\.$/,
    ([after, share, product, its], name) =>
      `${after === undefined ? '冲击当日' : `冲击开始 ${after} 日后`}最终使用首次短缺；总计 ${share} 的需求未得到满足${
        product === undefined ? '' : `，缺口最大的是${name(product)}`
      }${its === undefined ? '' : `（占其需求的 ${its}）`}。`,
  ],
];

/** What happened, in five sentences; as it is where one of them is not known. */
function account(text: string, name: Shown): string {
  const [, title = '', day, events = '', ...rest] =
    /^(.*?)\.? (?:The scenario has no event|From day (\d+): (.*))\. (Output .*?) (Over \d+ days .*?) (Final use (?:gets all|first goes) .*)$/.exec(
      text,
    ) ?? [];
  const [fall, loss, short] = [falls, losses, unmet].map((patterns, k) =>
    read(rest[k] ?? '', patterns, name),
  );
  if (fall === undefined || loss === undefined || short === undefined) return text;
  const begins =
    day === undefined
      ? '没有任何事件'
      : `自第 ${day} 日起发生：${events.replace(/ and (\d+) more$/, '，另有 $1 项')}`;
  return `情景“${title}”：${begins}。${fall}${loss}${short}`;
}

const steps: Pattern[] = [
  [
    /^[Oo]n day (\d+) (.+) loses capacity \((.*)\)$/,
    ([day, who, event], name) => `第 ${day} 日，${name(who!)}失去产能（${event}）`,
  ],
  [
    /^(\S+ %) of the (.+) that (.+) buys is kept away or late \((.*)\); it runs short from day (\d+)$/,
    ([share, product, who, event, day], name) =>
      `${name(who!)}购入的${name(product!)}有 ${share} 被切断或延误（${event}），自第 ${day} 日起缺料`,
  ],
  [
    /^(.+?) runs short of (.+) from day (\d+)(?:, (\S+ %) of which comes from there)?$/,
    ([who, product, day, share], name) =>
      `${name(who!)}自第 ${day} 日起缺少${name(product!)}${
        share === undefined ? '' : `，其中 ${share} 来自前者`
      }`,
  ],
  [
    /^(.+?) has fewer orders from day (\d+)(?:, (\S+ %) of its sales going there)?(?: \((.*)\))?$/,
    ([who, day, share, event], name) =>
      `${name(who!)}自第 ${day} 日起订单减少${
        share === undefined ? '' : `，其销售的 ${share} 去往前者`
      }${event === undefined ? '' : `（${event}）`}`,
  ],
];

/** A step of the way from the shock to who suffers. */
function step(part: string, name: Shown): string | undefined {
  const [, core = part, least, day] =
    /^(.*) \(at worst (\S+ %) of normal, day (\d+)\)$/.exec(part) ?? [];
  const told = read(core, steps, name);
  if (told === undefined || least === undefined) return told;
  return `${told}（第 ${day} 日最低，为平日的 ${least}）`;
}

const cures: Pattern[] = [
  [/^psi (\S+) \((\S+) cures it\)$/, ([psi, cure]) => `psi 为 ${psi}（取 ${cure} 则不再如此）`],
  [
    /^small stocks of inputs \(three times as many days cure it\)$/,
    () => '投入品库存过少（天数增至三倍则不再如此）',
  ],
  [
    /^gaps in stock ordered within (\S+) days \((\d+) days cure it\)$/,
    ([days, cure]) => `库存缺口在 ${days} 天内补订（取 ${cure} 天则不再如此）`,
  ],
  [
    /^overproduction of at most (\S+) \((\S+) cures it\)$/,
    ([most, cure]) => `超产上限为 ${most}（取 ${cure} 则不再如此）`,
  ],
  [
    /^these settings; no single one of psi, stocks, the time to restock and overproduction cures it$/,
    () => '现有设定（psi、库存、补货时间和超产中单独改变任何一项都不能消除）',
  ],
];

function trouble(all: string, what: string, why: string, name: Shown): string {
  const told = why.split(' or ').map((cause) => read(cause, cures, name));
  if (told.includes(undefined)) return all;
  const how =
    what === 'collapses'
      ? '产出崩溃：所有事件均已结束，产出仍不到产能所允许的一半，且不再回升'
      : '产出振荡：最后一个事件之后转向四次以上，每次超过平日的 0.5 %';
  return `${how}。这是模型在下列设定下的表现，而非预测：${told.join('，或')}。`;
}

const shock: Pattern[] = [
  [
    /^(.* (?:The scenario has no event|From day \d+: .*)\. Output .* Over \d+ days .* Final use .*)$/,
    ([text], name) => account(text!, name),
  ],
  [
    /^The first to run short is (.+), on day (\d+)\.$/,
    ([what, day], name) => {
      const [who, product] = cut(what!, ', of ', name);
      return `最先缺料的是${name(who)}：第 ${day} 日缺少${name(product)}。`;
    },
  ],
  [
    /^(Why (.+?) loses: (.+)\.)$/,
    ([all, who, why], name) => {
      const told = joined(why!, step, name)?.told;
      return told === undefined ? all! : `${name(who!)}受损的原因：${told.join('；')}。`;
    },
  ],
  [
    /^(Output (collapses|oscillates): .+ That is the model with (.+), not a forecast\.)$/,
    ([all, what, why], name) => trouble(all!, what!, why!, name),
  ],
  [
    /^Over (\d+) draws of (\d+) uncertain numbers (\S+) to (\S+) (.*?) ?of value added is lost \(5 to 95 % of the draws\), (\S+) in the middle\.$/,
    ([draws, count, low, high, unit, middle]) =>
      `对 ${count} 个不确定数字抽样 ${draws} 次，增加值损失在 ${low} 至 ${sum(`${high} ${unit}`)}之间（5 % 至 95 % 分位），中位数为 ${middle}。`,
  ],
  [
    /^What matters most is (.+) \(rank correlation (\S+) with the value added lost\)\.$/,
    ([what, correlation]) => `影响最大的是“${what}”（与增加值损失的秩相关系数为 ${correlation}）。`,
  ],
  [
    /^Stopped after (\d+) of (\d+) days: what follows is of those alone\.$/,
    ([done, all]) => `推演 ${all} 天，至 ${done} 天时中止：以下仅就已推演的天数而言。`,
  ],
  [
    /^Stopped after (\d+) of (\d+) draws: bands are of those alone\.$/,
    ([done, all]) => `抽样 ${all} 次，至 ${done} 次时中止：区间仅就已完成的抽样而言。`,
  ],
];

const makers = (text: string) => `${text === 'one maker' ? '1' : text.split(' ')[0]} 个生产者`;

/** "China: Steel (44 %), Japan: final use (8 %) and Korea: Steel (6 %)". */
function boxes(text: string, name: Shown): string {
  return text
    .split(/(?<= %\))(?:, | and )/)
    .map((box) => {
      const [, who = box, share] = /^(.*) \((\S+ %)\)$/.exec(box) ?? [];
      const [, region] = /^(.+): final use$/.exec(who) ?? [];
      const told = region === undefined ? name(who) : `${name(region)}的最终使用`;
      return share === undefined ? told : `${told}（${share}）`;
    })
    .join('、');
}

/** "all of it to 13 makers", "44 % of it to 628 makers and 56 % to final use". */
function users(text: string): string {
  const [, whose, count, used] =
    /^(\S+ %) of it to (.+) and (\S+ %) to final use$/.exec(text) ?? [];
  if (whose !== undefined) return `其中 ${whose} 售予 ${makers(count!)}，${used} 用于最终使用`;
  const to = text.replace(/^all of it to /, '');
  return to === 'final use' ? '全部用于最终使用' : `全部售予 ${makers(to)}`;
}

/** "China: Steel; Japan: Steel; Korea: Steel and 4 more". */
function singles(text: string, name: Shown): string {
  const [, list = text, more] = /^(.+) and (\d+) more$/.exec(text) ?? [];
  const told = joined(list, (part, shown) => shown(part), name)?.told ?? [list];
  return told.join('；') + (more === undefined ? '' : `；另有 ${more} 个`);
}

const tiers: Pattern[] = [
  [
    /^(.+) buys from (one maker|\d+ makers), (.+) a year: most of it from (.+)\.$/,
    ([who, count, value, list], name) =>
      `${name(who!)}每年从 ${makers(count!)}购入 ${sum(value!)}，主要来自${boxes(list!, name)}。`,
  ],
  [
    /^(.+) buys nothing from other makers in this chain\.$/,
    ([who], name) => `${name(who!)}在本链中不向其他生产者购买。`,
  ],
  [
    /^(.+) sells ([\d.,e+-]+(?: .+?)?) a year, (all of it to .+?|\S+ % of it to .+?): most to (.+)\.$/,
    ([who, value, to, list], name) =>
      `${name(who!)}每年售出 ${sum(value!)}，${users(to!)}；主要去向为${boxes(list!, name)}。`,
  ],
  [/^(.+) sells nothing in this chain\.$/, ([who], name) => `${name(who!)}在本链中没有销售。`],
  [
    /^(.+) sells ([\d.,e+-]+(?: .+?)?) a year\.$/,
    ([who, value], name) => `${name(who!)}每年售出 ${sum(value!)}。`,
  ],
  [
    /^Its direct suppliers by region: (.+); as concentrated as (\S+) regions with equal shares\.$/,
    ([list, count], name) =>
      `其直接供应者按地区：${list!
        .split(/(?:, | and )(?=\S+ % in )/)
        .map((part) =>
          part.replace(/^(\S+ %) in (.+)$/, (_, p: string, r: string) => `${name(r)} ${p}`),
        )
        .join('、')}；集中程度相当于 ${count} 个份额均等的地区。`,
  ],
  [
    /^No other maker's loss alone makes (.+?) impossible\.(?: Of the other makers with a box, the stop of (.+) costs it most: (\S+ %) of its output\.)?$/,
    ([what, worst, loss], name) =>
      `没有其他生产者能单独令${name(what!)}无法生产。${
        worst === undefined
          ? ''
          : `有方框的其他生产者中，${name(worst)}停产的冲击最大：使其损失产出的 ${loss}。`
      }`,
  ],
  [
    /^The loss of (.+) alone would make (.+) impossible\.$/,
    ([who, what], name) => `仅失去${name(who!)}一家，${name(what!)}即无法生产。`,
  ],
  [
    /^(\d+) makers would each alone make (.+) impossible: (.+)\.$/,
    ([count, what, list], name) => {
      return `失去以下 ${count} 个生产者中的任何一个，${name(what!)}即无法生产：${singles(list!, name)}。`;
    },
  ],
  [
    /^Suppliers on the left, customers on the right; heights are values, and shares of each tier add up to 100 %\.( A link with a cross is broken: losing the supplier alone stops the customer\.)?( Tiers beyond the third are in the tables alone\.)?$/,
    ([cross, beyond]) =>
      `左为供应者，右为客户；高度为价值量，每层份额合计 100 %。${
        cross === undefined ? '' : '带叉的联系为断裂联系：仅失去该供应者，客户即停产。'
      }${beyond === undefined ? '' : '第三层以外仅见于表格。'}`,
  ],
];

export const shockSentences: Pattern[] = [...shock, ...tiers];

export const shockCaptions: Record<string, string> = {
  'Output, day by day': '逐日产出',
  'Of the whole chain, in percent of a normal day': '全链，占平日百分比',
  'Output by region, day by day': '各地区逐日产出',
  'In percent of a normal day': '占平日百分比',
  'Final use that goes without, by product': '未得到满足的最终使用，按产品',
  'Of what it takes on a normal day': '占平日用量',
  'Stocks of inputs running out': '下降中的投入品库存',
  'Of what all users hold of a product on the first evening': '占全部使用者首日结束时该产品的库存',
  'Value added, over all days': '增加值，全部天数合计',
  'Output, day by day, over the draws': '逐日产出（各次抽样）',
  'Final use that goes without, over the draws': '未得到满足的最终使用（各次抽样）',
  'The middle of the draws, and between which 90 % of them lie':
    '抽样的中位数，及 90 % 的抽样所在区间',
  'Rank correlation with the value added lost': '与增加值损失的秩相关系数',
  'goods made = goods delivered, every maker and day': '产出 = 交付，每个生产者每一天',
  'stocks + received - used = stocks next day': '库存 + 收到 - 使用 = 次日库存',
  'rebuilt + still to rebuild = destroyed, every event and day':
    '已重建 + 待重建 = 损毁，每个事件每一天',
};
