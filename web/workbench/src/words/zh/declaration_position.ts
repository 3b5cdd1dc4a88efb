/** Position, structure and paths: their declarations' words in Chinese, by their English. */

export const positionTexts: Record<string, string> = {
  // position
  'Where on the value chain does a region, a product or a maker stand?':
    '某个地区、产品或生产者处于价值链的什么位置？',
  'Upstreamness counts the stages between a maker and final use, downstreamness those between value added and the maker; both are at least 1, and weighted by output they have the same mean in the whole chain. Sales to inventories are no use of anyone: they are spread over the other users unless told to keep them. On demand, how many steps a push takes between one maker and all others, and the smile curve of a final product: who adds its value, and where they stand. With chains of other years: who moved from the first to the last, and who passed whom.':
    '上游度是生产者到最终使用之间的阶段数，下游度是增加值到生产者之间的阶段数；两者至少为 1，按产出加权后在全链的均值相等。库存变动不是任何人的使用：除非选择保留，否则按比例摊到其他使用者。还可给出冲击在某一生产者与其他所有生产者之间传播的步数，以及某一最终产品的微笑曲线：其价值由谁创造，各处于什么位置。给出其他年份的产业链时，还可看出首年到末年谁在移动、谁超过了谁。',
  'Speak of this region first, and list its makers only': '结论以该地区为先，并只列出其生产者',
  'Speak of this product first, and list its makers only': '结论以该产品为先，并只列出其生产者',
  'Net changes of inventories: spread over the other users (Antras and Chor), or kept as a final use':
    '库存净变动：按比例摊到其他使用者（Antras 和 Chor），或作为最终使用保留',
  'Also how many steps a push takes to and from this maker':
    '同时给出冲击传到该生产者、从该生产者传出的步数',
  'Also the smile curve of this final product: REGION.PRODUCT, or a product of all its makers':
    '同时给出这一最终产品的微笑曲线：“地区.产品”，或某产品的全部生产者',
  'Regions, weighted by output, most upstream first': '地区（按产出加权，由上游到下游）',
  'Products, weighted by output, most upstream first': '产品（按产出加权，由上游到下游）',
  'Makers, most upstream first': '生产者（由上游到下游）',
  'Name of the product': '产品名称',
  'Code of the product': '产品代码',
  'U: mean stages to final use, plus 1': 'U：到最终使用的平均阶段数加 1',
  'D: mean stages from value added, plus 1': 'D：从增加值起的平均阶段数加 1',
  'U / D: above 1 nearer to the start of chains': 'U / D：大于 1 表示更靠近链的起点',
  'U - D, the axis of the smile curve': 'U - D，微笑曲线的横轴',
  'Final use of output': '最终使用占产出',
  'Value added of output': '增加值占产出',
  Output: '产出',
  Name: '名称',
  'Average propagation lengths to and from one maker (--node), strongest link first':
    '某一生产者的平均传播长度（选择“节点”时，按联系由强到弱）',
  'Mean steps of a push from here to the maker': '冲击由此传到该生产者的平均步数',
  "Made here for a unit of the maker's final use": '该生产者单位最终使用所需的本节点产出',
  'Mean steps of a push from the maker to here': '冲击由该生产者传到此处的平均步数',
  'Made by the maker for a unit of final use of this': '本节点单位最终使用所需的该生产者产出',
  'Who adds the value of the final product (--final), largest part first':
    '最终产品的价值由谁创造（选择“最终产品”时，由大到小）',
  'v / x (L y): value added in the final product': 'v / x (L y)：最终产品中的增加值',
  "Of the product's final use": '占该产品最终使用',
  "Value added of the maker's output, v / x": '增加值占该生产者产出，v / x',
  'U - D': 'U - D',
  U: 'U（上游度）',
  D: 'D（下游度）',
  'The parabola through the smile curve, weighted by value added':
    '微笑曲线的拟合抛物线（按增加值加权）',
  'Fitted value added of output': '拟合的增加值占产出',
  'Makers whose value added lies below zero, lowest first': '增加值为负的生产者（由低到高）',
  'Below zero: it buys for more than it makes': '为负：购买多于产出',

  // structure
  'What holds this chain together: who pulls, who carries, and what is lost without them?':
    '这条链靠什么维系：谁拉动，谁支撑，缺了它们会损失什么？',
  'Backward linkages say how much a maker pulls from all others, forward linkages how much it carries to them; key makers are above the average in both. Multipliers count what a unit of final use takes everywhere, in output, value added and every stressor. Hypothetical extraction thinks a maker, a region or a product away, or only its purchases or its sales, and counts what the chain loses: a measure of weight, not a forecast, for nobody steps in. The field of influence says which coefficients the whole hangs on.':
    '后向关联表示生产者拉动其他各方的程度，前向关联表示其支撑其他各方的程度；两者都高于平均的是关键生产者。乘数计算单位最终使用在各处引致的产出、增加值和各项负荷。假设抽取法设想去掉某个生产者、地区或产品，或只去掉其购买或销售，计算全链的损失：这是对分量的度量，不是预测，因为无人补位。影响域指出整体系于哪些系数。',
  'Speak of this region first': '结论以该地区为先',
  'Speak of this product first': '结论以该产品为先',
  'What extraction counts: output, value_added, or a stressor of the chain':
    '抽取法衡量什么：output（产出）、value_added（增加值）或链中的某项负荷',
  'Think away every maker, region and product; or only the region and the product given; or nothing. All needs the whole inverse of L, and goes back to those given beyond 12,000 makers':
    '逐一抽取每个生产者、地区和产品；或只抽取给定的地区和产品；或不抽取。全部抽取需要求整个逆矩阵，超过 12,000 个生产者时只抽取给定者',
  'Multipliers of this stressor only; without it of all': '只给出这项负荷的乘数；不填则全部给出',
  'Links listed by influence': '按影响列出的环节数',
  'Linkages of every maker, largest output first': '每个生产者的关联（按产出由大到小）',
  'Purchases in the chain a unit of output': '单位产出在链内的购买',
  'Sales to makers a unit of output': '单位产出中售予生产者的部分',
  'Column sum of L: output everywhere a unit of final use':
    'L 的列和：单位最终使用在各处引致的产出',
  'Row sum of G (Ghosh)': 'G 的行和（Ghosh）',
  "Row sum of L (Rasmussen's forward linkage)": 'L 的行和（Rasmussen 前向关联）',
  'Backward by its mean: above 1 pulls more than the average':
    '后向关联除以均值：大于 1 表示拉动高于平均',
  'Forward by its mean: above 1 carries more than the average':
    '前向关联除以均值：大于 1 表示支撑高于平均',
  "Rasmussen's by its mean": 'Rasmussen 前向关联除以均值',
  'key: both indices above 1; backward; forward; weak':
    'key：两项指数均大于 1（关键）；backward：仅后向；forward：仅前向；weak：均不大于 1',
  'Type I multipliers of every maker': '每个生产者的 I 型乘数',
  'output, value added, or a stressor': '产出、增加值或某项负荷',
  'In the maker itself, a unit of its output': '生产者自身，单位产出',
  'Everywhere, a unit of its final use: m = s L': '各处合计，单位最终使用：m = s L',
  'Total by direct: the type I ratio; empty where direct is 0':
    '完全除以直接：I 型比率；直接为 0 时为空',
  'Links whose coefficients matter most, first order': '系数最重要的环节（一阶）',
  'Id of the supplier': '供应者编号',
  Supplier: '供应者',
  'Id of the user': '使用者编号',
  User: '使用者',
  'a_ij: input a unit of output': 'a_ij：单位产出的投入',
  'Growth of all elements of L together, a unit of a_ij':
    'a_ij 增加一个单位时 L 全部元素之和的增长',
  'a_ij x influence, of the sum of L: what the link holds up':
    'a_ij × 影响，占 L 之和：该环节所支撑的部分',
  'What is lost without a maker, largest loss first': '缺少某一生产者的损失（由大到小）',
  'What is lost without a region, largest loss first': '缺少某一地区的损失（由大到小）',
  'What is lost without a product, largest loss first': '缺少某一产品的损失（由大到小）',
  'Lost when it neither makes, buys nor is used; its own included':
    '其既不生产、不购买也不被使用时的损失，含其自身',
  'Of the whole chain': '占全链',
  'Of what is lost, what all others lose': '损失中由其他各方承受的部分',
  'Lost when it buys nothing in the chain: its suppliers':
    '其在链内什么也不买时的损失（供应者一侧）',
  'Lost when it sells to no maker, and they need none of it':
    '其不售予任何生产者、而对方不再需要时的损失',
  'Lost when it sells to no maker, and they go short (Ghosh)':
    '其不售予任何生产者、而对方因此短缺时的损失（Ghosh）',
  'Lost when it trades with itself and final use alone': '其只与自身和最终使用交易时的损失',

  // paths
  'By which chains of makers does a final use cause its footprint?':
    '最终使用的足迹经由哪些生产者链条产生？',
  'The footprint of a final use is the sum over all chains of makers, of any length, of what the first of them emits (or adds in value) for what the last sells to final use. Every chain above the threshold is listed, none is missed: what lies upstream of a partial chain is known before it is followed, and where that is below the threshold nothing upstream can exceed it. All the rest is one remainder, and the two sum to the footprint.':
    '最终使用的足迹，是所有长短不一的生产者链条之和：链条末端售予最终使用的产品，使起点产生多少排放（或增加值）。凡超过阈值的链条全部列出，无一遗漏：一段链条的上游合计在追踪之前即已知道，低于阈值时其上游不可能再有超过者。其余合为一个余项，两者之和等于足迹。',
  'Whose footprint: the final use of a region; the final use of a product everywhere, of one maker (REGION.PRODUCT) or of all its makers. Without it all final use':
    '谁的足迹：某地区的最终使用；或某产品在各处的最终使用（一个生产者写作“地区.产品”，或全部生产者）。不填则为全部最终使用',
  'Only what occurs there: a region, a product or a maker (REGION.PRODUCT)':
    '只计发生在那里的部分：某地区、某产品或某生产者（“地区.产品”）',
  'What is followed; without it value added': '追踪的对象；不填则为增加值',
  'List every path of at least this share of the footprint; 0.0001 where neither it nor --top is given':
    '列出占足迹不低于此比例的每条路径；与“列出数量”均不填时为 0.0001',
  'List this many paths, the largest; with --threshold no smaller ones':
    '列出这么多条最大的路径；同时给出阈值时不列更小者',
  'Links of a path at most; what lies beyond is counted and said':
    '一条路径最多的环节数；超出部分另行计算并说明',
  'Paths, largest first': '路径（由大到小）',
  '1 is the largest': '1 为最大',
  'From where it occurs to the maker of the final product': '从发生处到最终产品的生产者',
  's_i a_ij a_jk ... y_k': 's_i a_ij a_jk … y_k',
  'Of the footprint': '占足迹',
  'Of the footprint, this path and all larger ones': '占足迹，本路径与所有更大路径合计',
  '0: in the maker of the final product itself': '0：就在最终产品的生产者处',
  'Id of the node where it occurs': '发生处的节点编号',
  'Id of the node that makes the final product': '最终产品生产者的节点编号',
  'Ids of all nodes of the path': '路径上全部节点的编号',
  'Where the paths listed begin, largest first': '所列路径的起点（由大到小）',
  'Sum of the paths listed': '所列路径之和',
  'Paths listed': '所列路径数',
  'Paths listed by the number of their links': '所列路径按环节数',
  'Their sum': '其合计',
  'The footprint: paths listed and one remainder': '足迹：所列路径与一个余项',
  'paths listed, remainder, footprint': '所列路径、余项、足迹',
  'Paths listed and remainder sum to the footprint': '所列路径与余项之和等于足迹',
};

export const positionNames: Record<string, string> = {
  position: '链上位置',
  structure: '结构分析',
  paths: '路径',
  inventories: '库存变动',
  final: '最终产品',
  upstreamness: '上游度',
  downstreamness: '下游度',
  distance: '上下游距离',
  final_use_share: '最终使用占比',
  value_added_share: '增加值占比',
  length_to: '传入步数',
  strength_to: '传入强度',
  length_from: '传出步数',
  strength_from: '传出强度',
  measure: '衡量指标',
  extraction: '抽取范围',
  direct_backward: '直接后向',
  direct_forward: '直接前向',
  backward: '后向',
  forward: '前向',
  forward_leontief: '前向（Leontief）',
  backward_index: '后向指数',
  forward_index: '前向指数',
  forward_leontief_index: '前向指数（Leontief）',
  key: '关键性',
  ratio: 'I 型比率',
  coefficient: '系数',
  influence: '影响',
  effect: '支撑作用',
  lost_share: '损失占比',
  others: '他方损失',
  supply: '供给侧',
  isolated: '孤立',
  depth: '最大环节数',
  cumulative: '累计',
  nodes: '节点',
};

export const positionChoices: Record<string, string> = {
  keep: '保留',
  remove: '剔除',
  given: '仅给定者',
  all: '全部',
};
