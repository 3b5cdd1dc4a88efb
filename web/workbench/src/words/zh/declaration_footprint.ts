/** Footprint and due diligence: their declarations' words in Chinese, by their English. */

export const footprintTexts: Record<string, string> = {
  // footprint
  'What footprint has a region, a sector or its final use, and where does it occur?':
    '一个地区、一个部门或其最终使用的足迹有多大，发生在哪里？',
  'Production and consumption accounts, what is embodied in trade from region to region, and factors per unit of money for every sector. Then the footprint asked for (all final use, that of a region, or what a sector sells to final use) by final product, by where it occurs, by tier and by path: each adds up to the footprint, with what is not listed as one remainder.':
    '生产侧与消费侧账户、地区之间贸易隐含的负荷，以及每个部门单位货币的系数。然后给出所问的足迹（全部最终使用、某地区的最终使用，或某部门售予最终使用的产品），按最终产品、发生地、层和路径划分：各项合计均等于足迹，未列出者合为一个余项。',
  "What is counted; without it CO2, or the chain's first stressor":
    '计算哪项负荷；不填则为 CO2，或本链的第一项负荷',
  "Count the chain's greenhouse gases together as CO2-equivalent, by the IPCC's factors for 100 years of this report":
    '按 IPCC 该次评估报告的 100 年系数，将链中的温室气体合计为二氧化碳当量',
  "The footprint of this region's final use; with --sector, of its sector":
    '该地区最终使用的足迹；同时给出部门时，为该地区该部门的足迹',
  'The footprint of what this sector sells to final use': '该部门售予最终使用的产品的足迹',
  'The last tier listed; all behind it is one remainder': '列出的最后一层；其后各层合为一个余项',
  'List every path of at least this share of the footprint': '列出占足迹不低于此比例的每条路径',
  'Production by population': '生产侧除以人口',
  "Production by the region's value added": '生产侧除以该地区增加值',
  "Consumption by the region's value added": '消费侧除以该地区增加值',
  'Embodied in trade: where it occurs and for whose final use, largest first':
    '贸易隐含负荷：发生在哪里，为谁的最终使用（由大到小）',
  'Code of the region where it occurs': '发生地的地区代码',
  'Code of the region whose final use causes it': '引致它的最终使用所在地区代码',
  'Name of the region where it occurs': '发生地的地区名称',
  'Name of the region whose final use causes it': '引致它的最终使用所在地区名称',
  'E_qr, through all tiers': 'E_qr，穿透各层',
  'Of the consumption account of the region whose use causes it': '占引致地区消费侧账户',
  'Intensity factors of every sector, per unit of money': '每个部门单位货币的强度系数',
  'S: in the sector itself, a unit of its output': 'S：部门自身单位产出',
  'M - S: at its suppliers, through all tiers': 'M - S：其各层供应者',
  'M = S L: multiply what was spent by this': 'M = S L：用支出金额乘以此数',
  'The sector asked for, its makers': '所问部门的生产者',
  'F: what occurs in the sector itself': 'F：发生在该部门自身',
  'M y: behind its sales to final use; adds up over sectors':
    'M y：其售予最终使用的产品背后的负荷；各部门可相加',
  "M x: behind all it makes; sectors count each other's":
    'M x：其全部产出背后的负荷；部门之间互相重复计算',
  'Value added of the sector': '该部门的增加值',
  'Sales to final use': '售予最终使用的金额',
  "Direct by the sector's value added": '直接负荷除以该部门增加值',
  "Footprint by the sector's value added": '足迹除以该部门增加值',
  'Footprint by the population of its region': '足迹除以其所在地区人口',
  'The footprint by final product, largest first': '按最终产品划分的足迹（由大到小）',
  'M y of its makers': '其生产者的 M y',
  'The footprint by the region where it occurs, largest first': '按发生地划分的足迹（由大到小）',
  's_i (L y)_i of its makers': '其生产者的 s_i (L y)_i',
  'The footprint by the sector where it occurs, largest first': '按发生部门划分的足迹（由大到小）',
  's_i (L y)_i': 's_i (L y)_i',
  'The footprint by tier, and what lies beyond': '按层划分的足迹，以及更远的部分',
  '0: in the maker of the final product itself; last: the remainder':
    '0：就在最终产品的生产者处；末行：余项',
  's A^k y; the remainder M A^(T + 1) y': 's A^k y；余项为 M A^(T + 1) y',
  'Of the footprint, up to this tier': '占足迹，到此层为止合计',
  'What adds up to the footprint': '足迹的构成',
  'Paths listed, remainder, footprint; final use itself':
    '所列路径、余项、足迹；以及最终使用自身的负荷',
  'What is counted (--gwp)': '计入的气体（选择“温室气体系数”时）',
  'Unit of the stressor': '负荷的单位',
  'Global warming potential, 100 years': '100 年全球增温潜势',
  'Of the result, a unit of the stressor': '单位负荷折合的结果',
  'Where the factor comes from': '系数的出处',

  // diligence
  'By which paths does a product lead back to flagged regions, firms or minerals?':
    '一个产品经由哪些路径追溯到被标记的地区、企业或矿产？',
  'For every row of a list of flags, the share of what is spent on the product that goes to or through the makers it means, over all tiers, and every path that carries at least the threshold. A path ends at the first maker that is flagged. What smaller paths carry is one remainder: known to lead there, not known by which way.':
    '对标记清单的每一行，给出花在该产品上的金额中，穿透各层流向或流经所指生产者的比例，以及不低于阈值的每条路径。路径止于遇到的第一个被标记生产者。更小路径合为一个余项：知道通向那里，但不知道经由哪条路。',
  'What is looked into: a product of all its makers, or one maker (REGION.PRODUCT, or the id of a firm)':
    '调查对象：某产品的全部生产者，或一个生产者（“地区.产品”，或企业编号）',
  'Csv file with the columns region, product, enterprise, reason; a row means the makers that all its filled cells hold for':
    'csv 文件，列为 region（地区）、product（产品）、enterprise（企业）、reason（理由）；一行指所填各项都符合的生产者',
  'Shares of this footprint of the product; without it of its value':
    '按该产品这项足迹的比例计算；不填则按其价值',
  'List every path of at least this share of the whole': '列出占整体不低于此比例的每条路径',
  'Flags of the list, largest share first': '清单中的标记（按比例由大到小）',
  'Region, product and enterprise that are flagged': '被标记的地区、产品和企业',
  'As the list says': '清单所写',
  'Of the whole, over all paths': '占整体，所有路径合计',
  'Paths listed: those at or above the threshold': '所列路径数：不低于阈值者',
  'Links of the shortest path listed': '所列最短路径的环节数',
  'Of the whole, in the paths listed': '占整体，所列路径合计',
  'Known to lead there, not known by which path': '知道通向那里，但不知道经由哪条路径',
  'Flagged makers in this chain': '本链中被标记的生产者数',
  'Row of the list': '清单的行号',
  'Paths to flagged makers, largest first': '通向被标记生产者的路径（由大到小）',
  'Of the whole': '占整体',
  'Links from the flagged maker to the product; 0: it makes it':
    '从被标记生产者到该产品的环节数；0：由其自己生产',
  'From the flagged maker to the product': '从被标记生产者到该产品',
  'What goes along the path': '沿该路径的数额',
  'Id of the flagged maker': '被标记生产者的编号',
  'Enterprise of the flagged maker, in networks': '被标记生产者的企业（仅网络）',
  'What is known of the whole, and what is not': '整体中已知与未知的部分',
  'Any flag and no flag sum to 100 %; makers without purchases: who stands behind them is not known':
    '“任一标记”与“无标记”合计 100%；“无购买记录的生产者”：其背后是谁不得而知',
  'Of the whole; of the value for makers without purchases':
    '占整体；无购买记录的生产者为占价值的比例',
};

export const footprintNames: Record<string, string> = {
  footprint: '足迹',
  diligence: '尽职调查',
  gwp: '温室气体系数',
  production_per_head: '生产侧人均',
  consumption_per_head: '消费侧人均',
  production_per_value_added: '生产侧/增加值',
  consumption_per_value_added: '消费侧/增加值',
  upstream: '上游',
  of_output: '全部产出背后',
  final_sales: '最终销售',
  direct_per_value_added: '直接/增加值',
  footprint_per_value_added: '足迹/增加值',
  footprint_per_head: '人均足迹',
  potential: '增温潜势',
  flag: '标记',
  nearest_tier: '最近层',
  listed: '已列出',
  remainder: '余项',
};

export const footprintChoices: Record<string, string> = {
  AR6: 'AR6',
  AR5: 'AR5',
};

export const footprintValues: Record<string, string> = {
  'paths listed': '所列路径',
  remainder: '余项',
  footprint: '足迹',
  'final use itself': '最终使用自身',
  'any flag': '任一标记',
  'no flag': '无标记',
  'makers without purchases': '无购买记录的生产者',
};
