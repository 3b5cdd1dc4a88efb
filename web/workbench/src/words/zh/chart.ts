/** What stands in and around a chart, in Chinese (English: figures/src/words.ts). */

import { scaleUnit, type Scaled } from '../../../../figures/src/number';
import { english, type Words } from '../../../../figures/src/words';
import { currencyUnit, unitInChinese } from './unit';
import { names } from './declaration_names';

const steps: [number, string][] = [
  [1e12, '万亿'],
  [1e8, '亿'],
  [1e4, '万'],
  [1, ''],
];
const tons: Record<string, number> = { t: 1, kt: 1e3, Mt: 1e6, Gt: 1e9 };

function steppedUp(most: number, factor: number, name: string): Scaled {
  const [step, word] = steps.find(([size]) => most * factor >= size) ?? [1, ''];
  return { factor: factor / step, unit: word + name };
}

/** Sums of money and weights in 万, 亿, 万亿. */
function scale(unit: string, most: number): Scaled {
  const money = currencyUnit(unit);
  if (money) return steppedUp(most, money.factor, money.currency);
  const [head = '', ...rest] = unit.split(' ');
  const weight = tons[head];
  if (weight !== undefined) return steppedUp(most, weight, ['吨', ...rest].join(' ').trim());
  const scaled = scaleUnit(unit, most);
  return { factor: scaled.factor, unit: unitInChinese(scaled.unit) };
}

export const chart: Words = {
  ...english,
  language: 'zh-CN',
  findings: '主要结论',
  contents: '目录',
  tables: '数据表',
  provenance: '数据来源',
  balances: '平衡检验',
  notes: '说明',
  tones: { plain: '', good: '良好', warning: '注意', alarm: '警示' },
  verdictNo: '结论：不通过。分析本身认为存在问题。',
  noScript: '本页图表由页内脚本绘制，请允许运行脚本。',
  unreadable: '无法读取本页所含报告。',
  skip: '跳到主要结论',
  theme: '颜色',
  themes: { auto: '跟随系统', light: '浅色', dark: '深色' },
  print: '打印',
  chart: '图',
  chartHelp: '可用方向键逐个读取数值。',
  cannotDraw: (why) => `无法绘制此图：${why}。`,
  nothingToDraw: '表中没有数据，无图可绘。',
  saveSvg: '保存为 SVG',
  savePng: '保存为 PNG',
  shown: (shown, all) => `显示 ${shown} 项，共 ${all} 项。`,
  left: (count) => `另有 ${count} 项未显示`,
  other: '其他',
  noData: '无数据',
  dotNoData: '圆点：无数据。',
  upTo: (name) => `上限：${name}`,
  range: (low, high) => `${low} – ${high}`,
  logScale: '对数刻度',
  size: (name) => `面积：${name}`,
  against: (from, to) => `${from}与${to}对比`,
  rowsAndColumns: (row, column) => `行：${row}。列：${column}。`,
  tiers: {
    names: {
      '-2': '供应商的供应商',
      '-1': '供应商',
      '0': '该产品',
      '1': '客户',
      '2': '客户的客户',
    },
    other: (tier) => `第 ${tier} 层`,
    rest: '本层其他各方合计',
    marks: {
      stuck: '卡点环节：来自卡点',
      broken: '断点环节：仅失去这一供应商，客户即停产',
      both: '既是卡点又是断点',
    },
    share: '占本层比重',
    linkShare: '占本层联系比重',
    link: '环节',
    region: '地区',
    to: (supplier, customer) => `${supplier} → ${customer}`,
  },
  sankey: {
    own: '自身排放',
    gathered: '未画出的流量合计',
    loop: '环路，在此断开',
    share: '占总量比重',
    into: '流入',
    outOf: '流出',
    to: (from, to) => `${from} → ${to}`,
    made: (drawn, rest) => `总量中，${drawn} 由所画环节自身产生，${rest} 由合计部分产生。`,
    cut: (loops) => `环路在此断开：${loops}。`,
    folded: (count) => `左侧另有 ${count} 列因宽度不足已合计。`,
    negative: (count) => `${count} 项负流量未画出。`,
  },
  source: (chain, version) => `Stave ${version}，${chain}`,
  table: (title, rows) => `${title}（${rows}）`,
  rows: (_, text) => `${text} 行`,
  emptyTable: '表中没有数据。',
  sameTable: (title) => `数据见表“${title}”。`,
  copyCsv: '复制为 CSV',
  saveCsv: '下载 CSV',
  copied: '已复制',
  notCopied: '浏览器不允许复制，请改为下载',
  filter: '在表中查找',
  meanings: '各列含义',
  found: (count) => `${count} 行符合`,
  more: (count) => `再显示 ${count} 行`,
  all: (count) => `显示全部 ${count} 行`,
  printed: (shown, all) => `打印前 ${shown} 行，共 ${all} 行。`,
  sortBy: (name) => `按${name}排序`,
  balance: '平衡关系',
  relative: '相对误差',
  tolerance: '允许误差',
  held: '是否满足',
  holds: '是',
  fails: '否',
  stated: '仅供参考',
  fields: {
    analysis: '分析',
    chain: '产业链',
    year: '年份',
    unit: '流量单位',
    source: '来源',
    licence: '许可',
    version: 'Stave 版本',
    parameters: '参数',
  },
  scale,
  names,
  lookThrough: '穿透',
};
