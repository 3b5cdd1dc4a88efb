/** The words of `stave survive`, `allocate` and `stocks` in Chinese, by their English. */

export const allocationTexts: Record<string, string> = {
  // shared parameters
  'Inputs in stock, of goods, where the chain does not say (attribute inventory)':
    '货物类投入品的库存天数，用于链未说明之处（属性 inventory）',
  'Its own product in stock, of goods, where the chain does not say (attribute finished_inventory)':
    '自产货物的成品库存天数，用于链未说明之处（属性 finished_inventory）',
  'Capacity beyond normal output, where the chain does not say (attribute spare_capacity)':
    '超出正常产出的备用产能，用于链未说明之处（属性 spare_capacity）',
  'What a link can carry beside its normal flow, share of that; without it, any amount':
    '每条联系在正常流量之外还能承载的比例；不填则不限',
  'What a link can carry beside its normal flow, share of that':
    '每条联系在正常流量之外还能承载的比例',

  // survive
  'If a maker stops, how long does the chain go on, and is that long enough?':
    '若某个生产者停产，全链还能维持多久，是否够长？',
  'Each maker is stopped in turn, completely. Time to survive: how long all final use can still be served from stocks, from what others can make, and by sending it elsewhere, if everybody acts for the chain. Time to recover: how long the maker takes to come back. Where the chain survives less long than that, the least profit that must be lost until then is found too. Both are linear programs, solved exactly; a chain that can go on for ever is said to.':
    '逐一令每个生产者完全停产。可维持时间：若各方都为全链着想，凭库存、他人产能和改道供货，全部最终使用还能满足多久。恢复时间：该生产者需要多久复产。若可维持时间短于恢复时间，还求出在此之前至少损失的利润。两者均为线性规划，求得精确解；能一直维持的，会如实说明。',
  'Stop this maker alone': '仅令该生产者停产',
  'Stop only makers of this region, each in turn': '仅逐一令该地区的生产者停产',
  'Stop only makers of this product, each in turn': '仅逐一令该产品的生产者停产',
  'Makers stopped, those of largest output': '停产的生产者数，取产出最大者',
  'Stop every maker, each in turn': '逐一令每个生产者停产',
  'Time to recover, where the chain does not say (attribute recovery_days)':
    '恢复时间，用于链未说明之处（属性 recovery_days）',
  'Profit per unit of sales, where the chain does not say (attribute margin); without it, value added per unit of output':
    '单位销售额的利润，用于链未说明之处（属性 margin）；不填则取单位产出的增加值',
  'Makers by the profit lost while they are stopped': '按停产期间损失的利润排列的生产者',
  'Who stops': '停产者',
  'Time until it is back': '到复产为止的时间',
  'Time for which all final use can still be served; empty: for ever':
    '全部最终使用仍能满足的时间；空：一直能维持',
  'for ever, in time, or too short': 'for ever：一直能维持；in time：来得及；too short：太短',
  'Least that is lost until it has recovered': '到其恢复为止至少损失的利润',
  'Of all profit in that time': '占该期间全部利润的比例',
  'By which it survives less long than it takes to recover': '可维持时间比恢复时间短多少',
  'Who would best hold more stock, to survive longer': '为维持更久，最宜由谁增加库存',
  'Of which product': '哪种产品的库存',
  "Gained for a day's normal use of that product, or a day's output, more in stock there":
    '该处多存一天的正常用量（或一天的产出）可多维持的天数',
  'What the chain does not say of it, so that defaults stand in':
    '链对其未说明、以默认值代替的项目',
  'Too short: makers the chain does not survive the stop of': '撑不到复产的生产者',
  'Time for which all final use can still be served': '全部最终使用仍能满足的时间',
  'What is then not served, largest first': '届时得不到满足的部分，由大到小',
  'Name of the product that final use goes without': '最终使用所缺产品的名称',
  'Region of the final use in a table, else who makes it': '表中为最终使用所在地区，否则为其生产者',
  'Until it has recovered': '到其恢复为止',
  'Of what would have been served in that time': '占该期间本应满足量的比例',
  'Where the chain does not say, and what stands in': '链未说明之处及代替的数值',
  'Node attribute': '节点属性',
  'Makers the chain says it of': '链有说明的生产者数',
  'Makers a default stands in for': '以默认值代替的生产者数',
  'The default': '默认值',

  // allocate
  'When there is not enough, who should produce and get how much, and what blocks more?':
    '供不应求时，谁该生产多少、得到多少，堵点在哪里？',
  'After a shock, the plan that serves the most final use, by its weights, with what is left: a linear program over capacities, recipes, stocks, and what each link can carry. Its prices say what one more unit of a capacity or a link would be worth to the whole chain: these are the blockages. Of many best plans the one that changes least from normal is taken. It is held against proportional rationing, by which everybody gets the same share of normal, and what even the best plan cannot serve is traced back to what binds.':
    '冲击之后，以剩余的产能、配方、库存和每条联系的承载量，按权重满足最多最终使用的方案：一个线性规划。其影子价格说明一项产能或一条联系每增加一单位对全链值多少，这就是堵点。在众多最优方案中取与正常相比变动最小者。并与按比例配给（人人得到正常量的同一比例）相比较；最优方案也满足不了的，追溯到起约束作用之处。',
  'Days planned for, from the first event on; what happens counts at its mean':
    '计划天数，自第一个事件起；各事件按期间均值计',
  'What serving a unit of final use counts: the value added behind it, or the same for all':
    '满足一单位最终使用的分量：其背后的增加值，或一律相同',
  'csv file of who counts more: weight, and region, product or category of final use; multiplies the weights':
    '说明谁更优先的 csv 文件：权重（weight），以及最终使用的地区、产品或类别；与权重相乘',
  'Largest unserved demands for which it is also found what could be served if they alone counted':
    '对缺口最大的若干项需求，另求若仅顾及该项时可满足多少',
  'Rows listed a table; all are computed': '每张表列出的行数；全部都会计算',
  'Final use served, by the plan and by proportional rationing': '方案与按比例配给所满足的最终使用',
  'weighted: final use as it counts; final use: as money; value added: made; drawn from stock':
    'weighted：最终使用按权重计；final use：按金额计；value added：创造的增加值；drawn from stock：动用的库存',
  'Over the horizon; of value added the normal, of stock what there is':
    '整个计划期；增加值为正常值，库存为现有量',
  'What a unit of value added that is not made counts, beside a unit of final use; 0: nothing':
    '少创造一单位增加值与一单位最终使用相比的分量；0 为不计',
  'Over the horizon': '整个计划期',
  'Served by the best plan': '最优方案所满足',
  'Served when everybody gets the same share of normal': '人人得到正常量同一比例时所满足',
  'By planning': '统筹所挽回',
  'Of what is wanted': '占需求的比例',
  'Blockages: what binds, by what a little more of it would bring':
    '堵点：起约束作用者，按稍许放宽所带来的收益排列',
  '1 brings most': '1 为收益最大',
  'capacity of a maker, or link between a maker and who buys':
    'capacity：生产者的产能；link：生产者与买方之间的联系',
  'Whose capacity, or from whom to whom': '谁的产能，或从谁到谁',
  'Shadow price: weighted final use for one unit more': '影子价格：每增加一单位所得的加权最终使用',
  'Of its normal amount': '占正常量的比例',
  'What 1 % of its normal amount more would bring over the horizon':
    '整个计划期内增加正常量的 1 % 所带来的收益',
  'Id of the maker': '生产者编号',
  "Of a link: id of the buyer, or code of the region's market": '联系的买方编号，或地区市场的代码',
  'Who makes less or more, largest change first': '谁的产出增减，变动最大者在前',
  Maker: '生产者',
  'Output over the horizon on normal days': '正常情况下整个计划期的产出',
  'Of normal, by the plan': '方案中占正常的比例',
  'Of normal, by proportional rationing': '按比例配给时占正常的比例',
  'Of normal: the capacity that is left, spare counted': '剩余产能（含备用）占正常的比例',
  'What holds it: its dearest input, or its own capacity': '受何限制：最贵的投入品或自身产能',
  'Of its product: weighted final use for one unit more at hand':
    '其产品的影子价格：手头每多一单位所得的加权最终使用',
  'Who sends more or less to whom, largest change first': '谁向谁的供货增减，变动最大者在前',
  'Maker, or the market of a region': '生产者，或某地区的市场',
  'Over the horizon on normal days': '正常情况下整个计划期',
  'Over the horizon, by the plan': '方案中整个计划期',
  'Plan less normal': '方案减正常',
  'Of its limit: weighted final use for one unit more let through':
    '其上限的影子价格：每多放行一单位所得的加权最终使用',
  'What cannot be served even by the best plan, and why': '最优方案也满足不了的部分及原因',
  'Name of the product final use goes without': '最终使用所缺产品的名称',
  "Of final use; with its region, if not the maker's":
    '最终使用的类别；其地区与生产者不同时一并注明',
  'Of what is wanted, served by the plan': '方案所满足占需求的比例',
  'Of what is wanted, served by proportional rationing': '按比例配给所满足占需求的比例',
  'Of what is wanted, could be served if it alone counted': '若仅顾及该项，可满足占需求的比例',
  'Back along the highest prices to what binds': '沿最高价格追溯到起约束作用之处',

  // stocks
  'Where should a budget of stock lie, so that the chain survives longest?':
    '一笔库存预算应放在哪里，全链才能维持最久？',
  'Any one of the makers behind a product may stop. A linear program finds where a budget of stock should lie so that final use of the product is served as long as possible, whichever it is; the other final use may have to wait. Its prices say what one more unit of money buys in days, and where: at all places that get some of the budget the same, elsewhere less. Only goods are kept in stock.':
    '某产品背后的任一生产者都可能停产。线性规划求出库存预算应放在哪里，使无论谁停产，该产品的最终使用都能满足得尽可能久；其他最终使用可以等待。其影子价格说明多一单位资金可换来几天、放在哪里：分到预算之处都相同，其他地方更少。只有货物可作库存。',
  'Final use of this product must be served; without it, all final use':
    '须满足该产品的最终使用；不填则为全部最终使用',
  'Of that, final use in this region alone; in a network, of makers there':
    '其中仅限该地区的最终使用；在网络中为该地区生产者的最终使用',
  "Money tied up in stock, in the chain's unit": '占用在库存上的资金，以本链单位计',
  'Prepare for the stop of this maker alone; without it, of any of those listed':
    '仅防备该生产者停产；不填则防备所列任一生产者',
  'Makers of whom any may stop: the largest of those behind the target':
    '可能停产的生产者数：取目标背后产出最大者',
  'Places listed': '列出的位置数',
  'Where the budget should lie, most money first, and the next best places':
    '预算应放在哪里（资金最多者在前），以及次优的位置',
  'Who holds the stock: a maker, or the market of a region': '由谁持有库存：生产者，或某地区的市场',
  Product: '产品',
  'its own product, or an input': 'its own product：自产成品；an input：投入品',
  'Of the budget': '占预算',
  'Of normal use (of an input) or output that this is': '相当于正常用量（投入品）或产出的天数',
  'In stock there already': '该处已有的库存',
  'Survived longer for one unit of money more there': '该处多一单位资金可多维持的天数',
  'How long the target is served when each stops': '各生产者停产时目标能满足多久',
  'Without the budget; empty: for ever': '没有这笔预算时；空：一直能维持',
  'With it; empty: for ever': '有这笔预算时；空：一直能维持',
  'yes: the budget is laid out for this stop too': 'yes：预算也为防备其停产而安排',
};

export const allocationNames: Record<string, string> = {
  survive: '可维持时间',
  allocate: '应急调配',
  stocks: '库存布局',
  recovery: '恢复时间',
  inventory: '投入品库存',
  finished: '成品库存',
  spare: '备用产能',
  growth: '联系可增比例',
  margin: '利润率',
  recovers: '恢复时间',
  survives: '可维持时间',
  verdict: '结论',
  lost_profit: '损失的利润',
  lost_share: '损失占比',
  short_of: '短缺',
  stock_at: '宜增库存者',
  stock_of: '库存产品',
  days_per_unit: '每日用量换得天数',
  assumed: '假定项目',
  known: '已知',
  default: '默认值',
  what: '项目',
  where: '位置',
  amount: '数量',
  horizon: '计划期',
  priority: '优先级',
  idle: '闲置分量',
  alone: '仅顾及该项',
  wanted: '需求',
  plan: '方案',
  proportional: '按比例配给',
  saved: '挽回',
  plan_share: '方案占比',
  proportional_share: '按比例配给占比',
  kind: '类别',
  price: '影子价格',
  left: '剩余',
  gain: '收益',
  to: '买方',
  normal: '正常',
  possible: '可能',
  change: '变动',
  category: '类别',
  missing: '缺口',
  reason: '原因',
  target: '目标产品',
  budget: '预算',
  stops: '停产者数',
  who: '持有者',
  as: '形式',
  money: '资金',
  held: '已有',
  before: '之前',
  after: '之后',
  binding: '起约束',
};

export const allocationChoices: Record<string, string> = {
  value_added: '增加值',
  final_use: '最终使用',
};

/** What tables hold in place of numbers. */
export const allocationValues: Record<string, string> = {
  'for ever': '一直能维持',
  'in time': '来得及',
  'too short': '太短',
  capacity: '产能',
  link: '联系',
  'its capacity': '自身产能',
  'other inputs': '其他投入品',
  weighted: '加权最终使用',
  'final use': '最终使用',
  'value added': '增加值',
  'drawn from stock': '动用库存',
  'its own product': '自产成品',
  'an input': '投入品',
};
