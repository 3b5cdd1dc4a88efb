import type { Words } from '../en';

export const structure: Words['structure'] = {
  title: (chain) => `结构：${chain}`,
  heading: '什么维系着这条产业链？',
  region: '地区',
  all: '全部地区',
  asking: '正在计算',
  tables: '完整数据',
  linkages: {
    heading: '谁拉动，谁支撑',
    figure: '前后向关联',
    caption:
      '越靠右，在链内的购买越多于平均；越靠上，对生产者的销售越多于平均。大小为产出，仅画最大的生产者。',
    quadrants: {
      key: '既拉动又支撑（关键）',
      backward: '拉动',
      forward: '支撑',
      weak: '两者皆弱',
    },
    counted: (count, what) => `${what} ${count}`,
    terms: {
      backward: {
        name: '后向关联',
        meaning: '其单位最终使用引起的全部生产；指数为与平均生产者之比。',
      },
      forward: {
        name: '前向关联',
        meaning: '其单位初始投入推动的全部销售；指数为与平均生产者之比。',
      },
    },
  },
  extraction: {
    heading: '没有它会损失什么',
    what: '假想抽取',
    parts: {
      extraction: '生产者',
      extraction_regions: '地区',
      extraction_products: '产品',
    },
    kind: '方式',
    kinds: {
      lost: { name: '完全抽取', meaning: '不生产、不购买也不被使用；含其自身产出。' },
      others: { name: '完全抽取，他人损失', meaning: '同上，但不计其自身产出。' },
      backward: { name: '抽取其购买', meaning: '不在链内购买：其供应者受损。' },
      forward: { name: '抽取其销售，无需替代', meaning: '不再卖给生产者，后者也不需要。' },
      supply: { name: '抽取其销售，出现短缺', meaning: '不再卖给生产者，后者因此短缺（Ghosh）。' },
      isolated: { name: '抽取其往来', meaning: '只与自身和最终使用往来。' },
    },
    bar: '横条：全链损失的产出。无人补位：说明多少产出依赖于它，并非预测。',
    ofAll: (share) => `占全部产出的 ${share}`,
    term: {
      name: '假想抽取法',
      meaning: '去掉表中的一部分后重新求解，差额即依赖于这一部分的产出。',
    },
  },
  paths: {
    heading: '经由哪些路径',
    intro: '最终使用背后是一条条生产者的链。点开一个生产者，查看其背后是谁。',
    to: '最终使用',
    from: '发生在',
    anywhere: '各处',
    everyone: '全部',
    stressor: '追踪',
    valueAdded: '增加值',
    threshold: '路径不小于',
    listed: (paths, share) => `所列 ${paths} 条路径占 ${share}`,
    remainder: '其余更小路径合计',
    own: (amount) => `自身 ${amount}`,
    behind: (count) => `其后 ${count} 个`,
    total: (amount) => `足迹合计 ${amount}。`,
    terms: {
      path: {
        name: '结构路径',
        meaning: '从发生之处经各生产者到最终产品的一条链，及其承载的数量。',
      },
      remainder: {
        name: '余项',
        meaning: '所有更小路径之和。所列路径与余项之和恰为足迹。',
      },
    },
  },
};
