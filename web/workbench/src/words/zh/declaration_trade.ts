/** The words of `stave trade` in Chinese, by their English. */

export const tradeTexts: Record<string, string> = {
  "Whose value added is in a region's exports, where does it end, and what is counted twice?":
    '一个地区的出口中含有谁的增加值，最终流向何处，哪些被重复计算？',
  "Takes gross exports apart, by exporter, partner and sector: domestic value added used abroad, domestic value added that comes back, foreign value added, and what trade statistics count twice because it crosses borders more than once. The terms of every method sum to gross exports. Beside them, whatever the method: value added by origin and destination, participation in value chains, position, and revealed comparative advantage in gross exports and in value added. A split country (MX1, MX2; CN1, CN2) counts as one exporter; so does a group, whose members' trade among themselves is no export.":
    '按出口方、伙伴和部门分解总出口：被国外使用的国内增加值、返回国内的国内增加值、国外增加值，以及因多次跨越边界而被贸易统计重复计算的部分。每种方法的各项之和都等于总出口。此外，无论采用何种方法，均给出：按来源地和最终使用地划分的增加值、价值链参与度、位置，以及按总出口和按增加值计算的显性比较优势。拆分的国家（MX1、MX2；CN1、CN2）视为一个出口方；地区组也是如此，组内成员之间的贸易不算出口。',
  'A region, a group of regions, or several with commas taken as one exporter; without it all':
    '一个地区、一个地区组，或用逗号分隔的多个地区合为一个出口方；不填则全部',
  'Only exports to this region, group, or several with commas':
    '只看对该地区、地区组或用逗号分隔的多个地区的出口',
  'Only exports of this sector': '只看该部门的出口',
  'How exports are decomposed': '出口的分解方法',
  'All terms by sector for every exporter, not only for the one asked for':
    '给出所有出口方分部门的各项，而不仅是所问的出口方',
  'Exporters, largest first': '出口方（由大到小）',
  'Code of the exporter': '出口方代码',
  'Name of the exporter': '出口方名称',
  'Gross exports to the partners and of the sector asked for': '对所问伙伴、所问部门的总出口',
  'Of them, value added of the exporter, counted once': '其中出口方的增加值，只计一次',
  'Domestic value added in gross exports': '国内增加值占总出口的比例',
  'Of domestic value added, what comes back home in the end; empty where the method does not tell':
    '国内增加值中最终返回国内的部分；方法未区分时为空',
  'Domestic value added that exports count a second time': '出口中再次计算的国内增加值',
  'Value added of others; by method oecd with what is counted twice':
    '其他地区的增加值；oecd 方法包括重复计算的部分',
  'Value added of others that exports count a second time; empty by method oecd':
    '出口中再次计算的其他地区增加值；oecd 方法为空',
  'Exports that cross more than one border (GVC-related trade); by Borin and Mancini only':
    '跨越一道以上边界的出口（全球价值链相关贸易）；仅 Borin 和 Mancini 方法',
  'Of them, what holds value added from abroad': '其中含有来自国外增加值的部分',
  'Of them, domestic value added that partners send on': '其中由伙伴继续出口的国内增加值',
  'Value added of others in all its exports (backward)': '其全部出口中其他地区的增加值（后向）',
  'Its value added in the exports of others (forward)': '其他地区出口中该地区的增加值（前向）',
  'Foreign content and indirect value added, of all exports':
    '国外含量与间接增加值占全部出口的比例',
  'ln(1 + forward) - ln(1 + backward), as shares of exports: above 0 upstream, below 0 downstream':
    'ln(1 + 前向) - ln(1 + 后向)，均为占出口的比例：大于 0 偏上游，小于 0 偏下游',
  'Its value added in the final use of others (VAX)': '其他地区最终使用中该地区的增加值（VAX）',
  'Value added exported, of all gross exports': '增加值出口占全部总出口的比例',
  'Exports by partner, largest first': '按伙伴的出口（由大到小）',
  'Code of who buys': '购买方代码',
  'Name of who buys': '购买方名称',
  'Exports by exporting sector, largest first': '按出口部门的出口（由大到小）',
  'Code of the exporting sector': '出口部门代码',
  'Name of the sector': '部门名称',
  'Revealed comparative advantage in gross exports to all: above 1, more than the world':
    '按对各方总出口计算的显性比较优势：大于 1 表示高于世界平均',
  'The same in domestic value added in exports, by the sector it comes from':
    '按出口中国内增加值（按其来源部门）计算的显性比较优势',
  'What exports are made of, term by term': '出口的构成（逐项）',
  'Name of the exporter; of the partner where one exporter is asked for':
    '出口方名称；指定一个出口方时为伙伴名称',
  'Name of the term': '项的名称',
  'What the term holds': '该项的含义',
  'What it counts as: domestic, returned, domestic twice, foreign, foreign twice':
    '归入：国内、返回、国内重复、国外、国外重复',
  'Of the exports': '出口中的金额',
  "Of the label's exports": '占该名称所指出口的比例',
  'All terms by exporter, partner and sector, by Borin and Mancini, source-based':
    '按出口方、伙伴和部门的各项：Borin 和 Mancini，源头法',
  'All terms by exporter, partner and sector, by Borin and Mancini, sink-based':
    '按出口方、伙伴和部门的各项：Borin 和 Mancini，终点法',
  'All terms by exporter, partner and sector, by Wang, Wei and Zhu':
    '按出口方、伙伴和部门的各项：王直、魏尚进和祝坤福',
  'All terms by exporter, partner and sector, by Koopman, Wang and Wei':
    '按出口方、伙伴和部门的各项：Koopman、王直和魏尚进',
  'All terms by exporter, partner and sector, by Miroudot and Ye':
    '按出口方、伙伴和部门的各项：Miroudot 和 Ye',
  'All terms by exporter, partner and sector, as the OECD publishes them':
    '按出口方、伙伴和部门的各项：经合组织发布口径',
  'Code of the exporting sector; empty: all together': '出口部门代码；空白表示全部合计',
  'Gross exports: the sum of all terms': '总出口：各项之和',
  'Domestic value added in final goods, used by the partner': '伙伴使用的最终产品中的国内增加值',
  'Domestic value added in inputs that the partner turns into what it uses itself':
    '伙伴加工后自用的中间品中的国内增加值',
  'Domestic value added in inputs that the partner turns into final goods for others':
    '伙伴加工成最终产品供他方使用的中间品中的国内增加值',
  'Domestic value added in inputs that the partner passes on as inputs, used abroad in the end':
    '伙伴继续作为中间品出口、最终在国外使用的国内增加值',
  "Domestic value added in inputs that come back home in the partner's final goods":
    '随伙伴的最终产品返回国内的国内增加值',
  'Domestic value added in inputs that the partner passes on as inputs, used at home in the end':
    '伙伴继续作为中间品出口、最终在国内使用的国内增加值',
  'Domestic value added that left in other exports too: counted twice':
    '也随其他出口离境的国内增加值：重复计算',
  'Foreign value added in final goods, used by the partner': '伙伴使用的最终产品中的国外增加值',
  'Foreign value added in inputs that the partner turns into what it uses itself':
    '伙伴加工后自用的中间品中的国外增加值',
  'Foreign value added in inputs that the partner turns into final goods for others':
    '伙伴加工成最终产品供他方使用的中间品中的国外增加值',
  'Foreign value added in inputs that the partner passes on as inputs':
    '伙伴继续作为中间品出口的国外增加值',
  "Foreign value added that this exporter's other exports hold too: counted twice":
    '该出口方其他出口中也含有的国外增加值：重复计算',
  'Domestic value added in inputs that the partner uses for itself':
    '伙伴自用的中间品中的国内增加值',
  'Domestic value added in inputs passed on as inputs, used where third regions make it':
    '继续作为中间品出口、由第三地区加工并自用的国内增加值',
  'Domestic value added in inputs passed on as inputs that third regions export as final goods':
    '继续作为中间品出口、由第三地区加工成最终产品出口的国内增加值',
  "Domestic value added that comes back in the partner's final goods":
    '随伙伴的最终产品返回的国内增加值',
  "Domestic value added that comes back in third regions' final goods":
    '随第三地区的最终产品返回的国内增加值',
  'Domestic value added that comes back in inputs and is used at home':
    '随中间品返回并在国内使用的国内增加值',
  'Domestic value added that comes back for exports of final goods: counted twice':
    '返回后用于最终产品出口的国内增加值：重复计算',
  'Domestic value added that comes back for exports of inputs: counted twice':
    '返回后用于中间品出口的国内增加值：重复计算',
  "The partner's value added in final goods": '最终产品中伙伴的增加值',
  "Third regions' value added in final goods": '最终产品中第三地区的增加值',
  "The partner's value added in inputs that it uses for itself": '伙伴自用的中间品中伙伴的增加值',
  "Third regions' value added in inputs that the partner uses for itself":
    '伙伴自用的中间品中第三地区的增加值',
  "The partner's value added in inputs it exports again: counted twice":
    '伙伴再出口的中间品中伙伴的增加值：重复计算',
  "Third regions' value added in inputs the partner exports again: counted twice":
    '伙伴再出口的中间品中第三地区的增加值：重复计算',
  'Domestic value added in final goods, used abroad': '国外使用的最终产品中的国内增加值',
  'Domestic value added in inputs, used where the last product is made':
    '在最终产品生产地使用的中间品中的国内增加值',
  'Domestic value added in inputs that others turn into exports to others':
    '由他方加工后再向他方出口的中间品中的国内增加值',
  'Domestic value added that comes back in final goods': '随最终产品返回的国内增加值',
  'Domestic value added that comes back for exports: counted twice':
    '返回后用于出口的国内增加值：重复计算',
  'Foreign value added in final goods': '最终产品中的国外增加值',
  'Foreign value added in inputs that the partner uses for itself':
    '伙伴自用的中间品中的国外增加值',
  'Foreign value added in inputs that the partner exports again: counted twice':
    '伙伴再出口的中间品中的国外增加值：重复计算',
  'Domestic value added, used anywhere': '在任何地方使用的国内增加值',
  'Foreign value added': '国外增加值',
  'Domestic value added of the exporting sector itself': '出口部门自身的国内增加值',
  "Domestic value added of the exporting sector's domestic suppliers":
    '出口部门的国内供应者的国内增加值',
  'Domestic value added in imports: it left before and came back':
    '进口中的国内增加值：先离境后返回',
  'Foreign content, with what is counted twice': '国外含量，包括重复计算的部分',
  'Trade in value added: who adds it, who uses it': '增加值贸易：谁增加，谁使用',
  'Code of who adds the value': '增加值来源方代码',
  'Code of who uses it in the end': '最终使用方代码',
  'Gross exports of the origin to the destination': '来源方对使用方的总出口',
  "Value added of the origin in the destination's final use": '使用方最终使用中来源方的增加值',
  'Value added used less gross exports': '所使用的增加值减去总出口',
  "Value added of the origin in the destination's exports": '使用方出口中来源方的增加值',
  'Makers with negative value added': '增加值为负的生产者',
  'Output less purchases': '产出减去购买',
};

export const tradeNames: Record<string, string> = {
  trade: '增加值贸易',
  exporter: '出口方',
  partner: '伙伴',
  sector: '部门',
  method: '方法',
  domestic_value_added: '国内增加值',
  domestic_share: '国内增加值率',
  returned: '返回国内',
  domestic_twice: '国内重复计算',
  foreign_value_added: '国外增加值',
  foreign_twice: '国外重复计算',
  gvc: '价值链贸易',
  gvc_backward: '后向价值链贸易',
  gvc_forward: '前向价值链贸易',
  foreign_content: '国外含量',
  indirect_value_added: '间接增加值',
  participation: '价值链参与度',
  value_added_exported: '增加值出口',
  value_added_ratio: '增加值出口比',
  rca_gross: '显性比较优势（总值）',
  rca_value_added: '显性比较优势（增加值）',
  term: '项',
  origin: '来源方',
  destination: '使用方',
  gross_exports: '总出口',
  value_added_used: '所使用的增加值',
  value_added_in_exports: '出口中的增加值',
  vax1: 'VAX1',
  vax2: 'VAX2',
  vax3: 'VAX3',
  vax4: 'VAX4',
  ref1: 'REF1',
  ref2: 'REF2',
  ddc: 'DDC',
  fva: 'FVA',
  fva1: 'FVA1',
  fva2: 'FVA2',
  fva3: 'FVA3',
  fva4: 'FVA4',
  fdc: 'FDC',
  dva: 'DVA',
  dva_fin: 'DVA_FIN',
  dva_int: 'DVA_INT',
  dva_intrex: 'DVA_INTrex',
  dva_intrex1: 'DVA_INTrex1',
  dva_intrex2: 'DVA_INTrex2',
  dva_intrex3: 'DVA_INTrex3',
  rdv_fin: 'RDV_FIN',
  rdv_fin1: 'RDV_FIN1',
  rdv_fin2: 'RDV_FIN2',
  rdv_int: 'RDV_INT',
  ddc_fin: 'DDC_FIN',
  ddc_int: 'DDC_INT',
  mva_fin: 'MVA_FIN',
  ova_fin: 'OVA_FIN',
  mva_int: 'MVA_INT',
  ova_int: 'OVA_INT',
  mdc: 'MDC',
  odc: 'ODC',
  fva_fin: 'FVA_FIN',
  fva_int: 'FVA_INT',
  exgr_ddc: 'EXGR_DDC',
  exgr_idc: 'EXGR_IDC',
  exgr_rim: 'EXGR_RIM',
  exgr_fva: 'EXGR_FVA',
};

export const tradeChoices: Record<string, string> = {
  'borin-mancini-source': 'Borin-Mancini 源头法',
  'borin-mancini-sink': 'Borin-Mancini 终点法',
  wwz: 'WWZ（王直、魏尚进、祝坤福）',
  kww: 'KWW（Koopman、王直、魏尚进）',
  'miroudot-ye': 'Miroudot-Ye',
  oecd: '经合组织',
};
