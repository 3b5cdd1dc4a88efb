import { abatementTexts } from './declaration_abatement';
import { allocationTexts } from './declaration_allocation';
import { cbamTexts } from './declaration_cbam';
import { changeTexts } from './declaration_change';
import { footprintTexts } from './declaration_footprint';
import { positionTexts } from './declaration_position';
import { productTexts } from './declaration_product';
import { shockTexts } from './declaration_shock';
import { tradeTexts } from './declaration_trade';
import { upgradeTexts } from './declaration_upgrade';

/** Questions, help, titles and meanings of the analyses' declarations in Chinese, by their English. */
export const texts: Record<string, string> = {
  ...abatementTexts,
  ...cbamTexts,
  ...productTexts,
  ...allocationTexts,
  ...changeTexts,
  ...footprintTexts,
  // check
  'Is this chain sound: does it balance, and can it work at all?':
    '这条产业链的数据可靠吗：是否平衡，能否运转？',
  'Compares reported output with sales and value added with output less purchases, looks for cells that are not numbers or below zero, nodes that buy without making, names that are missing and stressors where nothing is made, and computes the spectral radius of the input coefficients, which must be below 1. Exit status 1 when a test fails.':
    '将申报产出与销售合计相比较，将增加值与产出减去中间购买相比较；查找非数字或负值的单元、只购买不生产的节点、缺失的名称以及没有产出却有负荷之处；并计算投入系数矩阵的谱半径（必须小于 1）。有检验不通过时，退出状态为 1。',
  'All misses together, as a share of all output': '全部误差合计占总产出的比例',
  "One node's miss, as a share of its output": '单个节点的误差占其产出的比例',
  "One node's miss is let be below this share of all output":
    '单个节点的误差低于总产出的这一比例时不予追究',
  'Nodes and cells listed at most': '最多列出的节点和单元数',
  Tests: '检验',
  'What was tested': '检验的内容',
  'pass, note, warning, fail or skipped': '通过、提示、警告、不通过或跳过',
  'What was found, in the unit beside it': '实际结果，单位见旁列',
  'Unit of value and tolerance': '数值和允许误差的单位',
  'What is allowed; empty where nothing fails': '允许的范围；不作判定时为空',
  'The worst or first place': '最严重或最先出现之处',
  'The result in words': '用文字表述的结果',
  'Nodes that balance least, most money first': '最不平衡的节点（按金额由大到小）',
  'Id of the node': '节点编号',
  'Region and product': '地区和产品',
  'Z 1 + Y 1': 'Z 1 + Y 1（中间销售与最终销售合计）',
  'As the source states it': '以原始资料所载为准',
  'Reported output less output': '申报产出减去计算产出',
  'Sum of primary inputs': '初始投入合计',
  'Value added less (output less purchases)': '增加值减去（产出减中间购买）',
  "The larger miss, of the node's output": '两项误差中较大者占节点产出的比例',
  'Unusual cells': '异常单元',
  'Part of the chain': '所在部分',
  'Row label': '行名称',
  'Column label': '列名称',
  'The value as it stands': '原值',
  'What is unusual': '异常之处',

  // accounts
  'How much of each stressor does a region produce, and how much does its use cause?':
    '各地区生产产生多少负荷，其最终使用又引致多少负荷？',
  'Production, consumption, import and export accounts of every stressor by region: what is produced there, what its final use causes anywhere (through all tiers, L = (I - A)^-1), and how much of either crosses a border. Direct stressors of final use (F_Y) stand in production and in consumption. Worldwide both sum to the same total.':
    '按地区编制每项负荷的生产侧、消费侧、进口和出口账户：当地生产产生多少，其最终使用在各地引致多少（穿透各层，L = (I - A)^-1），以及其中有多少跨越边界。最终使用的直接负荷（F_Y）同时计入生产侧和消费侧。全球范围内两侧合计相等。',
  'Only this one; without it all': '只计算这一项；不填则全部计算',
  'Speak of this one first; the tables hold all': '结论以该地区为先；表中包括全部地区',
  'Detail: accounts by region, or also by product': '详细程度：只按地区，或同时按产品',
  'Also the multipliers M of every node': '同时给出每个节点的乘数 M',
  'Accounts by region, largest consumer first': '各地区账户（按消费侧由大到小）',
  'Code of the region': '地区代码',
  'Name of the region': '地区名称',
  'D_pba: what is produced in the region, F + F_Y': 'D_pba：本地区生产产生，F + F_Y',
  'D_cba: what its final use causes anywhere, + F_Y': 'D_cba：其最终使用在各地引致，另加 F_Y',
  'D_imp: of its consumption, what occurs elsewhere': 'D_imp：消费侧中发生在其他地区的部分',
  'D_exp: of its production, what serves others': 'D_exp：生产侧中服务于其他地区的部分',
  'Imports less exports': '进口减出口',
  'Consumption by population': '消费侧除以人口',
  'Accounts by stressor and region': '按负荷和地区的账户',
  'Name of the stressor': '负荷名称',
  'Unit of the accounts': '账户单位',
  'Unit of per_head': '人均值的单位',
  'Accounts by stressor, region and product (--by sector)':
    '按负荷、地区和产品的账户（划分方式选“部门”时）',
  'What the region makes (production, exports) or uses (consumption, imports)':
    '该地区生产的（生产侧、出口）或使用的（消费侧、进口）产品',
  'Multipliers of final use (--multipliers)': '最终使用乘数（选择“乘数”时）',
  "S: stressor a unit of the node's own output": 'S：节点自身单位产出的负荷',
  'M = S L: stressor everywhere a unit of final use': 'M = S L：单位最终使用在各地引致的负荷',
  'Unit of direct and total': '直接和完全系数的单位',

  // systemic
  'Whose stop would cost the whole chain most?': '谁停产给全链造成的损失最大？',
  "Every maker is closed in turn, for good and completely, and what that drags down is followed: customers that miss an essential input, suppliers that lose orders, round after round. ESRI is the share of all output (or of another weight) then lost, the maker's own included. The ranking depends on when a cascade counts as at rest, on the cushion of final use and on what counts as essential, so it is made again under other rules, and what changes is said.":
    '逐一令每个生产者永久、完全停产，并逐轮追踪其连带影响：客户缺少关键投入，供应商失去订单。ESRI 是由此损失的产出（或其他权重）占全链的比例，包括该生产者自身。位次取决于何时认定传导静止、最终使用的缓冲以及哪些投入算关键投入，因此还在其他规则下重新排序，并说明有何变化。',
  'Close only makers of this region; losses are counted everywhere':
    '只令该地区的生产者停产；损失按全链计算',
  'What losses are weighed by, with commas: output, value_added, or a stressor of the chain such as employment; the first one ranks':
    '衡量损失的权重，用逗号分隔：output（产出）、value_added（增加值），或链中的某项负荷，如就业；按第一项排序',
  'Others step in by market share; off: nobody does': '其他生产者按市场份额补位；关：无人补位',
  'The cascade rests when no output falls by more in a round':
    '某一轮中没有任何产出的跌幅超过此值时，传导视为静止',
  'Makers listed': '列出的生产者数',
  'List every maker': '列出每一个生产者',
  'Also the ranking under other rules; off saves most of the time, and makers that bounds prove too small for the list are left out':
    '同时给出其他规则下的排序；关闭可节省大部分时间，且经上界证明不会入列的生产者不再计算',
  "glcascade: as the authors' program, a market with nothing left counts as one unit of money; answers then depend on that unit":
    'glcascade：与论文作者的程序一致，已无供给的市场按一个货币单位计；结果因此取决于该单位',
  'Whose stop would cost most: ESRI, the share of the first weight lost':
    '谁停产损失最大：ESRI，即第一项权重的损失比例',
  '1 costs most': '1 为损失最大',
  'Who stops': '停产者',
  "Share of the whole chain's weight that is lost, itself included":
    '损失占全链权重的比例，含其自身',
  'The same when only missing supplies are followed': '仅考虑断供时的同一指标',
  'The same when only lost orders are followed': '仅考虑失单时的同一指标',
  'Its own part of the weight, lost whoever follows': '其自身所占权重，无论是否连带都会损失',
  'Rounds until the cascade rested': '传导静止前的轮数',
  'Whom the ten worst stops hit hardest': '影响最大的十个停产者使谁受损最重',
  'Who loses; itself left out': '受损者；不含停产者自身',
  'Of its own normal output': '占其自身正常产出',
  "Of the whole chain's weight": '占全链权重',
  'With missing supplies alone': '仅因断供',
  'With lost orders alone': '仅因失单',
  'The products the ten worst stops hit hardest': '影响最大的十个停产者使哪些产品受损最重',
  'Name of the product': '产品名称',
  "Of all makers' weight, less its own part": '占全部生产者权重，扣除其自身部分',
  'The same stops by each weight': '同样的停产按各项权重衡量',
  'What the loss is weighed by': '衡量损失的权重',
  'By this weight, of all that were closed': '按该权重在全部停产者中的位次',
  'Does the ranking hold when the rules change?': '规则改变后排序是否仍成立？',
  'What is different from the ranking above': '与上述排序的规则差别',
  'Largest fall in a round that counts as rest': '视为静止的单轮最大跌幅',
  'ESRI, mean of all that were closed': '全部停产者 ESRI 的均值',
  "Spearman's rank correlation with the ranking above": '与上述排序的斯皮尔曼秩相关系数',
  'Names that enter the list (as many leave it)': '进入名单的个数（退出的个数相同）',
  'Who enters the list': '进入名单者',
  'Who leaves it': '退出名单者',
  'Most rounds a cascade took': '传导所用的最多轮数',
  'The same loss by the side it comes from': '同一损失按来源方向分解',
  'missing supplies only, lost orders only, or either alone': '仅断供、仅失单，或任一单独即可造成',
  'The three add up to ESRI': '三项合计等于 ESRI',

  // cascade
  'What would this shock cost, whom would it hit, and by what path?':
    '这一冲击造成多大损失，谁会受损，经由什么路径？',
  'A csv file says who loses which share of capacity: columns node, or region, product or both; share (0.25 or 25%); optionally scenario, and share_up where orders fall by another share. Each scenario is followed until no output falls by more than eps in a round. For the worst hit makers the path is traced back to the shock: the input that binds, or the orders lost, and through whom.':
    '用 csv 文件说明谁损失多大比例的产能：列为 node，或 region、product 之一或两者；share（0.25 或 25%）；可另加 scenario（情景），以及订单下降比例不同时的 share_up。每个情景逐轮传导，直到某一轮中没有任何产出的跌幅超过静止阈值。对受损最重的生产者，回溯其通往冲击的路径：哪种投入成为约束，或失去哪些订单，经由何者。',
  'csv file of who loses how much': '说明谁损失多少的 csv 文件',
  'Missing supplies, lost orders, or both': '断供、失单，或两者',
  'Worst hit makers explained, a scenario': '每个情景中予以解释的受损最重生产者数',
  'Also explain the loss of this node': '另行解释该节点的损失',
  'Makers listed, a scenario; all are computed': '每个情景列出的生产者数；全部均会计算',
  'Also the losses of the makers listed and of the whole chain in every round, up to round 1000, and in the last':
    '同时给出所列生产者和全链在每一轮（至第 1000 轮）及最后一轮的损失',
  'What each scenario costs': '各情景的损失',
  'Name in the shock file': '冲击文件中的名称',
  'Of that, what the shock itself takes': '其中冲击本身造成的部分',
  'Makers the shock names': '冲击所指的生产者数',
  'Other makers that lose more than eps': '损失超过静止阈值的其他生产者数',
  'no: the rounds allowed were not enough': '“no”表示在允许的轮数内未达到静止',
  'Who loses, worst first': '谁受损（由重到轻）',
  'Who loses': '受损者',
  'What the shock itself takes': '冲击本身造成的部分',
  'What is lost, in the unit of the first weight, a year': '年损失量，单位同第一项权重',
  'Code of its region': '所在地区代码',
  'Code of its product': '产品代码',
  'Losses by product, worst first': '按产品的损失（由重到轻）',
  'Of its own weight, the shock included': '占其自身权重，含冲击本身',
  'The rest: what the shock drags down': '其余：冲击连带的损失',
  'Losses by region, worst first': '按地区的损失（由重到轻）',
  'Why the worst hit lose what they lose': '受损最重者为何受损',
  'The path back to the shock': '回溯至冲击的路径',
  'The paths from the worst hit back to the shock': '受损最重者回溯至冲击的各条路径',
  'Whose loss is explained': '被解释损失的生产者',
  '1 is that maker itself': '1 为该生产者自身',
  'Where the path is': '路径所到之处',
  'Of its normal output, on the side followed': '占其正常产出，按所追踪的方向',
  'essential input, other inputs, lost demand, or the shock':
    '关键投入、其他投入、失去需求，或冲击本身',
  'The product that is short, where one alone binds': '短缺的产品（仅一种成为约束时）',
  'The supplier, or customer, the path follows': '路径所经的供应商或客户',
  'Of that input (purchases, sales) from (to) it': '该投入（购买、销售）中来自（售予）它的比例',
  'What that one lost, the round before': '对方上一轮的损失',
  'Of that, what other makers make up for': '其中由其他生产者弥补的部分',
  "Of this step's loss, what comes through it": '这一步的损失中经由它而来的部分',
  'How losses spread, round by round (--rounds on)': '损失如何逐轮扩散（“轮数”设为“开”时）',
  '0 is the shock itself': '0 为冲击本身',
  'Who loses: one of those listed whose loss changed then': '受损者：所列节点中该轮损失有变化者',
  'Of its normal output, with missing supplies alone': '占其正常产出，仅因断供',
  'The same with lost orders alone': '同上，仅因失单',
  'Of its normal output, the larger of the next two': '占其正常产出，取后两列中较大者',
  'The whole chain, round by round (--rounds on)': '全链逐轮情况（“轮数”设为“开”时）',
  "Share of the whole chain's weight lost by then": '至该轮累计损失占全链权重的比例',
  'Makers not shocked that lose more than eps by then':
    '至该轮损失超过静止阈值、但未直接受冲击的生产者数',
  'Of normal output, the largest fall of one maker in this round, on either side':
    '该轮中单个生产者的最大跌幅，占其正常产出（取两方向之一）',

  // exposure
  'What would stop a region if a source outside its control were cut?':
    '若本地区无法掌控的来源中断，什么会使其停摆？',
  "Every source (supplying region and product) is cut from the region in turn. The value added that the region then loses, with others stepping in by market share, is the lower end; the source's look-through share in all that goes into the region's products is the upper end. Concentration, foreign share, hidden exposure, the next best sources and days of stock explain it. The mirror question gives the long staves: what others would miss most.":
    '逐一切断对该地区的每个来源（供应地区与产品）。在其他生产者按市场份额补位的情况下，该地区由此损失的增加值为下限；该来源在本地区产品全部投入中的穿透占比为上限。集中度、境外占比、隐藏依赖、次优来源和库存天数用以说明原因。反过来提问即得长板：他人最离不开什么。',
  'The region that is asked about': '所考察的地区',
  'Choke points listed': '列出的卡点数',
  'Sources cut, the largest by what they sell to the region; 0: all':
    '切断的来源数，按对该地区的销售额由大到小；0：全部',
  'Others step in by market share; off overstates: whole tables stop':
    '其他生产者按市场份额补位；关闭会高估：整张表都会停摆',
  'Also the loss with demand effects, for the choke points listed':
    '对所列卡点，同时给出含需求效应的损失',
  'How a cut divides a source; added counts its later losses twice':
    '切断时如何拆分来源；“相加”会重复计算其后续损失',
  'Regions or groups that count as inside in the European tests, with commas':
    '在欧盟检验中视为内部的地区或地区组，用逗号分隔',
  'European test 1: Herfindahl index of outside imports above':
    '欧盟检验一：外部进口的赫芬达尔指数高于此值',
  'European test 2: outside imports / all imports above': '欧盟检验二：外部进口/全部进口高于此值',
  'European test 3: outside imports / own exports above': '欧盟检验三：外部进口/自身出口高于此值',
  'Choke points, largest value added at risk first': '卡点（按在险增加值由大到小）',
  'Supplying region and product': '供应地区与产品',
  'Code of the supplying region': '供应地区代码',
  'Code of the product': '产品代码',
  'Value added lost when it stops supplying; cascade, lower end':
    '其断供时损失的增加值；按传导计算，为下限',
  'Upper end: look-through share, or the loss where larger': '穿透占比，若损失更大则取损失',
  'The lower end in money, a year': '下限折合金额，每年',
  'The upper end in money, a year': '上限折合金额，每年',
  'Value added lost when lost demand is followed too': '同时追踪需求损失时损失的增加值',
  "Its share in the region's use of the product": '其在本地区该产品用量中的份额',
  "Its share in all that goes into the region's products": '其在本地区产品全部投入中的份额',
  'Of that, what is not seen in the first tier (share of total)':
    '其中第一层看不到的部分（占全部投入）',
  'Concentration over supplying regions, own too; 0 to 1': '按供应地区（含本地区）的集中度，0 至 1',
  "Of the region's use of the product": '占本地区该产品用量',
  'The two next sources, with their share in the use': '其后两个来源及其占用量的份额',
  'Their share together': '两者合计份额',
  'Of what is lost, what their spare capacity could make': '损失中其闲置产能可以弥补的部分',
  'Until the shelf is empty': '距库存耗尽的天数',
  'Who supplies the products of the choke points': '卡点产品由谁供应',
  'Supplying region; the region itself and all others named so':
    '供应地区；本地区自身及其余地区单独标明',
  "Of the region's use of the product; adds up to 100": '占本地区该产品用量；合计为 100',
  'Use, a year': '年用量',
  'Long staves: own products whose loss would cost others most':
    '长板：一旦停供令他人损失最大的自有产品',
  'Value added that all others lose when the region stops': '本地区停供时其他所有地区损失的增加值',
  'The same in money, a year': '折合金额，每年',
  "The region's share in the others' use of the product": '本地区在他人该产品用量中的份额',
  'The region that loses most of its own value added': '按自身增加值计损失最重的地区',
  "Of that region's value added": '占该地区增加值',
  'Who depends on the region, most first': '谁依赖本地区（由重到轻）',
  'Region that depends': '依赖方地区',
  'FPEMfv: what the first tier shows': 'FPEMfv：第一层可见的依赖',
  'FPEM: through all tiers': 'FPEM：穿透各层的依赖',
  'The difference': '两者之差',
  'The product it would miss most': '其最缺不得的产品',
  'Of its value added, lost when that one stops': '该产品停供时损失占其增加值的比例',
  'Direct and look-through reliance by supplying region': '按供应地区的直接依赖与穿透依赖',
  'Supplying region': '供应地区',
  'Reliance of every region on every other, through all tiers': '各地区之间的相互依赖（穿透各层）',
  'Code of the region whose products use it': '使用方地区代码',
  'The three European tests by product, largest outside imports first':
    '按产品的三项欧盟检验（按外部进口由大到小）',
  'Imports from outside the region and its partners, a year': '来自本地区及伙伴以外的年进口额',
  'Herfindahl index of those imports over regions': '上述进口按地区的赫芬达尔指数',
  'Their share in all imports': '占全部进口的份额',
  'Their ratio to own exports; empty without own exports': '与自身出口之比；无自身出口时为空',
  'Largest outside source': '最大外部来源',
  'Thresholds exceeded, of three': '三项中超过阈值的项数',
  'dependent (all three exceeded), watch (two), or none':
    'dependent：依赖（三项均超过）；watch：关注（两项）；none：无',

  // breakpoints
  'Which single loss, or which two or three together, would make a product impossible?':
    '失去哪一个来源，或同时失去哪两三个，会使某产品无法生产？',
  'Reads the chain as an AND-OR system: a maker works while every essential input still has a\nsupplier (or, with a threshold, enough of them). Lists every inclusion-minimal set of sources\nwhose loss stops the target, smallest first; nothing is sampled. The recipe says what is\nessential; by default goods are essential to goods.':
    '将产业链视为“与或”系统：只要每种关键投入仍有供应者（设有阈值时，供应量足够），生产者即可运转。列出失去后会使目标停产的全部极小来源集合，由小到大；不作抽样。何为关键投入由投入配方决定；默认货物对货物为关键投入。',
  'the product that must go on': '必须维持生产的产品',
  'its makers there; without it, its makers anywhere, all of which must stop':
    '该地区的生产者；不填则为各地的生产者，须全部停产才算',
  'what is lost at once': '一次失去的单位',
  'largest set looked for': '查找的最大集合',
  'a maker stops when less than this share of an essential input is left; 0: when nothing is':
    '关键投入所余低于此比例时生产者停产；0：完全断供时',
  'only sources this region does not control': '只考虑该地区无法掌控的来源',
  'also the fewest sources to back up (second source, stock, substitute) so that no break set is left':
    '同时给出最少需要补强哪些来源（第二来源、库存、替代品），使断点集不复存在',
  'a size with more sets than this is counted as too many and not listed':
    '某一大小的集合超过此数时视为过多，不予列出',
  'Break points: sets of sources whose loss stops the target, smallest first':
    '断点：失去后会使目标停产的来源集合（由小到大）',
  'sources in the set; 1 is a single point of failure': '集合中的来源数；1 为单点断点',
  'what is lost, all at once': '同时失去的来源',
  'the shortest way from a lost source to a maker of the target, step by step':
    '从失去的来源到目标生产者的最短路径，逐步列出',
  'Sources by the number of break sets they are part of': '各来源所属的断点集数',
  'maker of a product in a region, enterprise or region': '某地区某产品的生产者、企业或地区',
  'break sets it is part of': '其所属的断点集数',
  'of all break sets found': '占全部断点集',
  'size of the smallest of them': '其中最小集合的大小',
  'Break sets by size': '按大小统计的断点集',
  'sources in a set': '集合中的来源数',
  'inclusion-minimal sets of that size': '该大小的极小集合数',
  'The fewest sources to back up so that none of these break sets is left':
    '消除上述断点集所需补强的最少来源',
  'to get a second source, a stock or a substitute': '需要第二来源、库存或替代品者',
  'break sets it is the first in this list to mend': '由表中该来源率先消除的断点集数',

  // tiers
  'Who supplies this product, and who uses it, tier by tier?': '这一产品逐层由谁供应，又由谁使用？',
  'In the middle are all makers of a product in a region, all its makers everywhere when no region is given, or one node. Left of it are the tiers of suppliers: what it buys, what of that its suppliers bought before, and so on; right of it the tiers of customers and of final use: who buys from it, and what they pass on in proportion to what they sell. Of each tier the largest are boxes of their own and the rest is one box; every tier adds up. With risk on each maker that has a box is stopped alone: what that costs the middle through missing supplies, when others step in by market share, and whether it makes the middle impossible. Chains of more than 20000 makers, or 20000000 links between them, leave risk out.':
    '居中的是某地区某产品的全部生产者（不指定地区时为各地全部生产者），或单个节点。左侧为各层供应商：其购入什么，供应商为此又购入什么，依此类推；右侧为各层客户及最终使用：谁向其购买，又按销售比例传递给谁。每层中最大的各占一个方框，其余合为一框；每层合计完整。开启风险时，令每个有方框的生产者单独停产：在他人按市场份额补位的情况下，断供使中心损失多少，以及是否使中心无法生产。超过 20000 个生产者或 20000000 条联系的链不计算风险。',
  'The product in the middle; without a region, all its makers everywhere':
    '居中的产品；不指定地区时为各地全部生产者',
  'Only its makers in this region': '只取其在该地区的生产者',
  'One maker in the middle instead': '改为以单个生产者居中',
  'Tiers of suppliers': '供应商层数',
  'Tiers of customers': '客户层数',
  'Boxes of a tier, the largest; all others are one more': '每层最大的方框数；其余另合为一框',
  'What the loss of each box alone costs the middle; off by itself in chains of more than 20000 makers':
    '每个方框单独停产使中心损失多少；超过 20000 个生产者的链自动关闭',
  'The chain in tiers; each tier adds up to 100 %': '分层的产业链；每层合计 100 %',
  '0: the middle; -1, -2: its suppliers, theirs; 1, 2: customers':
    '0：中心；-1、-2：供应商、供应商的供应商；1、2：客户',
  'Place in its tier, 1 is the first': '在本层中的位置，1 为首位',
  'Maker, final use of a region, or all others': '生产者、某地区的最终使用，或其余合计',
  'Of its tier': '占本层',
  "Of the middle's output, lost when this maker stops; empty unless the box is one maker and risk is on":
    '该生产者停产时中心损失的产出比例；仅当方框为单个生产者且开启风险时有值',
  'yes: its loss alone makes the middle impossible; no; empty as loss':
    'yes：仅失去它即令中心无法生产；no：不会；为空的情形同“损失”',
  'Of what reaches the middle, or of what it sells; a year': '到达中心或由中心售出的年价值量',
  'maker, final use, or rest: all others of the tier':
    'maker：生产者；final use：最终使用；rest：本层其余合计',
  'Id of the node; empty unless the box is one maker': '节点编号；仅当方框为单个生产者时有值',
  'Code of its region; empty for all others': '所在地区代码；其余合计为空',
  'Name of its region; empty for all others': '所在地区名称；其余合计为空',
  'Code of what it makes; empty unless a maker': '所生产产品的代码；非生产者为空',
  'Name of what it makes': '所生产产品的名称',
  'Makers in the box': '方框中的生产者数',
  'The links between boxes; those of a tier add up to 100 %': '方框之间的联系；每层合计 100 %',
  'Of the supplier; the customer is one further': '供应者所在层；客户在下一层',
  'Maker, or all others of the tier': '生产者，或本层其余合计',
  'Of the links of its tier': '占本层联系',
  'broken: losing the supplier alone stops the customer; empty where risk is off':
    'broken：仅失去该供应者即令客户停产；未开启风险时为空',
  'Box of the supplier, in its tier': '供应者在其层中的方框',
  'Box of the customer, in the next tier': '客户在下一层中的方框',
  "Name of the supplier's region; empty for all others": '供应者所在地区名称；其余合计为空',
  "Name of the customer's region; empty for all others": '客户所在地区名称；其余合计为空',
  'Where each tier is, all of it and not only the boxes': '各层的地区分布（全部，不限于方框）',
  'As in the boxes': '含义同方框表',
  'Of makers there, and of final use there; a year': '当地生产者与当地最终使用合计，每年',
  'Of the value, what final use buys': '其中由最终使用购买的部分',

  // diagnose
  'Where is the region stuck, what would break it, and who causes what?':
    '本地区卡在哪里，什么会使其断裂，各自造成什么？',
  "Opens with the region's choke points, the single points of failure of its 10 largest products, its most systemic makers, and the chain drawn in tiers around the product that is most stuck. Then exposure, accounts and check: who depends on the region, which stressors its use causes elsewhere, and whether the chain balances. In chains of more than 20000 makers the parts that follow every maker in turn keep to the largest, and the notes say so.":
    '首先给出本地区的卡点、10 种最大产品的单点断点、系统性最强的生产者，以及围绕最受卡产品的分层链图；其次是卡点与依赖、负荷账户和数据检验：谁依赖本地区，其使用在他处引致哪些负荷，数据是否平衡。超过 20000 个生产者的链，逐一计算的部分只取最大者，并在说明中注明。',
  'Choke points and systemic makers listed': '列出的卡点和系统性生产者数',
  'Sources cut, the largest by what they sell; 0: all. Not given: all up to 20000 makers in the chain, then 200':
    '切断的来源数，按销售额由大到小；0：全部。不填：链中生产者不超过 20000 个时为全部，否则为 200',
  'Single points of failure: a maker stops when less than this share of an essential input is left; 0: when nothing is':
    '单点断点：关键投入所余低于此比例时生产者停产；0：完全断供时',
  "The region's main products, largest output first": '本地区主要产品（按产出由大到小）',
  "Of the region's output": '占本地区产出',
  'Of its value added, lost to the choke point that costs most':
    '损失最大的卡点使其损失的增加值比例',
  'Sources whose loss alone stops it': '单独失去即令其停产的来源数',
  'Of these, outside the region': '其中在本地区之外',
  'At risk in money, a year': '在险金额，每年',
  'The choke point that costs it most': '使其损失最大的卡点',
  'Single points of failure: what alone stops main products of the region':
    '单点断点：单独失去即令本地区主要产品停产',
  'What is lost': '失去的来源',
  'own: in the region; outside': 'own：在本地区内；outside：在本地区外',
  'Main products it stops': '因此停产的主要产品数',
  "Their part of the region's output": '其占本地区产出的比例',
  'Which they are, largest first': '具体产品（由大到小）',
  "The region's most systemic makers: whose stop would cost most":
    '本地区系统性最强的生产者：谁停产损失最大',
  "Share of the whole chain's output then lost, its own included":
    '由此损失占全链产出的比例，含其自身',
  "Share of the region's output then lost": '由此损失占本地区产出的比例',
  "Its own part of the whole chain's output": '其自身占全链产出的比例',
  'The chain in tiers around the most stuck product; each tier adds up to 100 %':
    '围绕最受卡产品的分层链图；每层合计 100 %',
  '0: the product; -1, -2: its suppliers, theirs; 1, 2: customers':
    '0：该产品；-1、-2：供应商、供应商的供应商；1、2：客户',
  'Maker, final use of a region, or all others of the tier':
    '生产者、某地区的最终使用，或本层其余合计',
  'Of what reaches the product, or of what it sells; a year': '到达该产品或由其售出的年价值量',
  'stuck, broken or both: the worst of its links':
    'stuck：卡点；broken：断点；both：两者；取其最严重的环节',
  'Name of the region; empty for all others': '地区名称；其余合计为空',
  'The links of that chain; those of a tier add up to 100 %': '该链的各环节；每层合计 100 %',
  'stuck: from a choke point; broken: it alone stops the customer':
    'stuck：来自卡点；broken：仅此一家即令客户停产',

  // formats of imports
  'a chain file, or a folder that `stave export` wrote':
    '产业链文件，或 `stave export` 导出的文件夹',
  'any labelled matrix, by a TOML description (--description)':
    '任何带行列名称的矩阵，另附 TOML 描述文件',
  'Eora26 in basic prices, folder or zip': 'Eora26（基本价格），文件夹或 zip',
  'EXIOBASE 3 as text files, folder or zip': 'EXIOBASE 3 文本文件，文件夹或 zip',
  'GLORIA in basic prices with its ReadMe workbook': 'GLORIA（基本价格），附 ReadMe 工作簿',
  'a firm network or product chain: nodes.csv, links.csv': '企业网络或产品链：nodes.csv、links.csv',
  'OECD inter-country tables, csv or zip': '经合组织国家间投入产出表，csv 或 zip',
  'a system saved by pymrio as text files': 'pymrio 保存的文本文件',
  'bilateral trade by product, columns t, i, j, k, v, q': '按产品的双边贸易，列为 t、i、j、k、v、q',
  'world table of the WIOD 2013 release': 'WIOD 2013 版世界投入产出表',
  ...positionTexts,
  ...tradeTexts,
  ...upgradeTexts,
  ...shockTexts,
};
