/** Change: its declaration's words in Chinese, by their English. */

export const changeTexts: Record<string, string> = {
  'What changed between two years, and what did it?': '两年之间发生了什么变化，由什么引起？',
  'Takes the change of value added, or of any stressor, between two chains apart by what may have caused it: the amount a unit of output, the inputs a unit of output, what final use consists of, and how much is used (structural decomposition). By region and product where it arises, and by who uses in the end. The effects sum to the change exactly. Prices are as in the chains: in current prices, inflation is part of the change.':
    '把两条链之间增加值（或任一负荷）的变化按可能的原因分解：单位产出的数量、单位产出的投入、最终使用的构成和总量（结构分解分析）。既按发生的地区和产品，也按最终由谁使用列出。各效应之和精确等于总变化。价格以链中为准：若为当年价格，物价上涨也是变化的一部分。',
  'The chain it is compared with: another year in the same classification':
    '与之比较的链：同一分类下的另一年份',
  'Whose change is taken apart; without it value added': '分解哪项负荷的变化；不填则为增加值',
  'polar: mean of the two opposite orders; all-orders: mean of all of them, with their deviation; lmdi: logarithmic means of every term (both inverses)':
    'polar：两个相反次序的平均；all-orders：全部次序的平均，并给出离差；lmdi：逐项取对数平均（需求两个逆矩阵）',
  '3: intensity, technology, final use; 4: final use as mix and level; 5: users apart from the mix; 6: sourcing apart from technology and mix':
    '3：强度、技术、最终使用；4：最终使用分为构成与总量；5：使用者从构成中分出；6：来源从技术和构成中分出',
  'What a user is: the region that uses, or the category of final use':
    '使用者的含义：使用的地区，或最终使用的类别',
  'Factors of the change': '变化的因素',
  'What changed': '变化的因素',
  'What the factor alone changed, mean over the orders': '该因素单独引起的变化（各次序的平均）',
  'Standard deviation over the orders; empty by lmdi': '各次序间的标准差；lmdi 时为空',
  'In the order where it is least; empty by lmdi': '最小的次序中的数值；lmdi 时为空',
  'In the order where it is most; empty by lmdi': '最大的次序中的数值；lmdi 时为空',
  'Contribution of what was before': '贡献占变化前数量',
  'By region where it arises, largest change first': '按发生的地区（变化由大到小）',
  'By product in whose making it arises, largest change first':
    '按在其生产中发生的产品（变化由大到小）',
  'By who uses in the end (or for what), largest change first':
    '按最终由谁使用（或作何用途，变化由大到小）',
  'By maker, largest change first': '按生产者（变化由大到小）',
  'Every factor in every region and product, as far as the orders spread':
    '各地区和产品的每个因素，以及次序间的差异范围',
  'In the first chain': '在第一条链中',
  'In the second chain': '在第二条链中',
  'After less before; the effects sum to it': '变化后减变化前；等于各效应之和',
  'Change of what was before': '变化占变化前数量',
  'Effect of the amount a unit of output': '单位产出数量的效应',
  'Effect of the inputs a unit of output': '单位产出投入的效应',
  'Effect of where inputs and final products come from': '投入和最终产品来源的效应',
  'Effect of what final use consists of': '最终使用构成的效应',
  'Effect of who uses, or for what': '使用者或用途的效应',
  'Effect of how much is used in all': '使用总量的效应',
  'Effect of final use as a whole': '最终使用整体的效应',
  'Its name': '其名称',
  'Code of the region, or category': '地区代码，或类别',
  'regions, products or users': '地区、产品或使用者',
  'Code in that list': '在该列表中的代码',
};

export const changeNames: Record<string, string> = {
  change: '变化',
  factors: '因素数',
  users: '使用者',
  factor: '因素',
  contribution: '贡献',
  deviation: '标准差',
  growth_rate: '增长率',
  intensity_effect: '强度效应',
  technology_effect: '技术效应',
  sourcing_effect: '来源效应',
  mix_effect: '构成效应',
  users_effect: '使用者效应',
  level_effect: '总量效应',
  final_use_effect: '最终使用效应',
  list: '列表',
};

export const changeChoices: Record<string, string> = {
  polar: '两极平均',
  'all-orders': '全部次序',
  lmdi: '对数平均（LMDI）',
  '3': '3',
  '4': '4',
  '5': '5',
  '6': '6',
  category: '类别',
};

export const changeValues: Record<string, string> = {
  intensity: '强度',
  technology: '技术',
  sourcing: '来源',
  mix: '构成',
  users: '使用者',
  level: '总量',
  final_use: '最终使用',
  regions: '地区',
  products: '产品',
};
