/** The words of `stave switch` in Chinese, by their English. */

export const abatementTexts: Record<string, string> = {
  'What changes when a supplier, a material, a route or the energy of a product changes?':
    '一件产品换供应商、换材料、换运输方式或换能源，会有什么变化？',
  'From an inventory with switches (another supplier, another material, another route, another mix of electricity, or less of an input): the footprint before and after, by tier and component, each switch alone and all together; what it costs where prices are known; the marginal abatement curve, cheapest ton first, each step with those before it in place, and what a budget buys. With a chain: what the old maker and the new one mean for the buyer, side by side, for a greener supplier can be a worse choke point.':
    '从带有替换方案的清单（换供应商、换材料、换运输方式、换电力结构或少用某项投入）：替换前后的碳足迹，按层级和部件列示，每项单独与全部一起；价格已知时的成本；边际减排曲线，先取每吨最便宜者，每一步都计入之前各步；以及给定预算能换来什么。给出产业链时：原生产者与新生产者对买方的意义并列比较，因为更绿的供应商可能是更严重的卡点。',
  'The inventory with its switches (TOML), or the name of one that comes with Stave':
    '带替换方案的清单（TOML），或随 Stave 附带的清单名称',
  "NAME=SHARE, comma separated, in place of the project's: how much of its input each switch moves, 0 to 1":
    '名称=份额，以逗号分隔，取代项目所定：每项替换移动其投入的多少，0 到 1',
  'Money there is for what the switches cost: which of them save most':
    '可用于替换的资金：哪些替换减得最多',
  'Who buys in the chain given as --chain: what old and new makers mean for it':
    '在 --chain 给出的产业链中谁是买方：原、新生产者对它意味着什么',

  'All switches at their shares, together': '全部替换按各自份额同时实施',
  'footprint or cost': 'footprint：碳足迹；cost：成本',
  'Without the switches': '替换之前',
  'With all of them': '全部替换之后',
  'After less before': '之后减之前',
  'Change by before': '变化占之前的比例',
  'Of the numbers': '数值的单位',
  'Of what the cost is: the product asked for, or the inputs moved':
    '成本所指：所问的产品，或被移动的投入',
  'Each switch by itself': '每项替换单独实施',
  'Its name': '名称',
  'supplier, material, route, energy or less':
    'supplier：供应商；material：材料；route：运输方式；energy：能源；less：少用',
  'Of its input that is moved, 0 to 1': '其投入被移动的份额，0 到 1',
  'Below 0: more is given off': '低于 0：排放更多',
  'Money more; empty where it is not known': '多花的钱；未知时为空',
  'Of that money': '货币',
  'Empty where not known, or nothing saved': '未知或没有减排时为空',
  'Who supplies it now': '现在由谁供应',
  'Who supplies it then': '之后由谁供应',
  'Where its figures come from': '数据来源',
  'Of these figures': '数据的质量',
  'What is missing for its cost': '计算成本所缺的数据',
  'By tier, before and after': '按层级，替换前后',
  'By component, before and after': '按部件，替换前后',
  'Marginal abatement curve, each step with those before it in place':
    '边际减排曲线，每一步都计入之前各步',
  'In this order': '次序',
  'Put in place by it': '这一步实施的替换',
  'By this step': '由这一步',
  'With those before': '连同之前各步',
  'Money more by this step; empty where not known': '这一步多花的钱；未知时为空',
  'With those before; empty once one is not known': '连同之前各步；有一项未知后为空',
  'Of this step': '这一步的',
  'yes or no': 'yes：是；no：否',
  'What a budget buys': '预算能换来什么',
  'Money there is': '可用资金',
  'Money spent': '花费',
  'For it': '由此',
  Chosen: '选中的替换',
  'exact: every combination tried; or cheapest ton first':
    'exact：试遍所有组合；或 cheapest ton first：先取每吨最便宜者',
  Combinations: '组合数',
  'Not among them: nobody knows what they cost': '未参与选择：成本未知',
  'Old and new makers in the chain, side by side': '产业链中的原、新生产者并列比较',
  'from: the old maker; to: the new one': 'from：原生产者；to：新生产者',
  'Who it is in the chain': '在产业链中的节点',
  'Its name there': '其名称',
  'Where it is': '所在地区',
  "Of the buyer's output lost when that maker stops": '该生产者停产时买方损失的产出比例',
  "Of the chain's output lost when it stops (ESRI)": '它停产时全链损失的产出比例（ESRI）',
  "Of all behind the buyer's product, from that region": '买方产品背后的一切来自该地区的比例',
  'Of the new maker, against the old': '新生产者相对原生产者',
  'In the chain as it is, or with the purchases moved': '按产业链现状，或在采购移动之后',
};

export const abatementNames: Record<string, string> = {
  switch: '替换',
  shares: '份额',
  buyer: '买方',
  together: '合计',
  change_share: '变化比例',
  basis: '所指',
  switches: '替换',
  saved_share: '减排比例',
  extra_cost: '增加成本',
  cost_per_tonne: '每吨成本',
  not_known: '未知项',
  curve: '减排曲线',
  saved_so_far: '累计减排',
  cost_so_far: '累计成本',
  within_budget: '在预算内',
  tried: '试过的组合',
  measured: '计算依据',
};

export const abatementValues: Record<string, string> = {
  supplier: '供应商',
  material: '材料',
  route: '运输方式',
  energy: '能源',
  less: '少用',
  exact: '精确',
  'cheapest ton first': '先取每吨最便宜者',
  'worse choke point': '更严重的卡点',
  'lesser choke point': '较轻的卡点',
  'no different': '没有差别',
  'not compared': '未比较',
  'as it is': '按现状',
  'with the purchases moved': '采购移动之后',
  'the inputs that are moved': '被移动的投入',
};
