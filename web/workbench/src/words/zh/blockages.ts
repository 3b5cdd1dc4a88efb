import type { Words } from '../en';

export const blockages: Words['blockages'] = {
  title: (chain) => `堵点：${chain}`,
  heading: '堵在哪里，能撑多久？',
  question: '提问',
  plan: '短缺如何分配',
  last: '能撑多久',
  planIntro:
    '冲击之后处处不够。求解最优应急方案：谁生产多少、谁得到多少、最终使用满足多少。最制约方案的环节即堵点。',
  lastIntro:
    '逐个让生产者完全停产。靠库存和其他生产者，最终使用还能满足一段时间：是否撑得到其恢复？',
  terms: {
    price: {
      name: '影子价格',
      meaning:
        '某项产能或某条联系多一单位，对整条产业链值多少：即能多满足多少加权最终使用。充足处为 0。',
    },
    blockage: {
      name: '堵点',
      meaning: '已用满且影子价格大于零的产能或联系，按补足它所值金额排序。',
    },
    proportional: {
      name: '按比例分配',
      meaning:
        '无人统筹，各方从每个供应者处都得到平日用量的同一比例。方案比它多满足的部分，即统筹节省的损失。',
    },
    survive: {
      name: '生存时间',
      meaning: '停产后最终使用仍能全部满足的天数；他人和其他途径足以补位时为“无限”。',
    },
    recover: { name: '恢复时间', meaning: '该生产者恢复所需天数，取产业链数据，缺者取上方假设。' },
    profit: { name: '利润损失', meaning: '各方通力合作时，至其恢复为止至少要损失的利润。' },
    stock: { name: '何处增库存有效', meaning: '多备一日用量即可最大延长生存时间的库存。' },
  },
  run: '求解方案',
  runLast: '逐个停产',
  planning: '正在求解最优方案',
  stopping: '正在逐个停产推算',
  horizon: '方案天数',
  weights: '目标',
  which: '停产对象',
  largest: (n) => `产出最大的 ${n} 个`,
  all: '全部',
  recovery: '恢复天数（未知者）',
  inventory: '投入品库存天数（未知者）',
  finished: '成品库存天数',
  spare: '富余产能（%）',
  tooShort: '撑不到恢复的生产者',
  noneTooShort: '没有：每一个恢复之前，最终使用都能满足。',
  days: (n) => `${n} 日`,
  ofDays: (survives, recovers) => `需 ${recovers} 日，只能撑 ${survives} 日`,
  lostUntil: (lost, share) => `至恢复时利润损失 ${lost}，占全部的 ${share}`,
  helps: (where, what, days) => `${where}多备一日用量的${what}：多撑 ${days} 日`,
  figures: '图示',
  tables: '完整数据',
  saves: '统筹节省的损失',
  blockages: '堵点，按所值金额排序',
  noBlockage: '方案不受制约：最终使用全部满足。',
  before: '平日',
  after: '方案',
  served: '满足情况',
  less: '谁得到的更少',
  more: '谁生产或得到更多',
};
