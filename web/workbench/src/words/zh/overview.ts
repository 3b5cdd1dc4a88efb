import type { Words } from '../en';

export const overview: Words['overview'] = {
  title: (region, chain) => `${region} · ${chain}`,
  asking: (region) => `正在诊断${region}的卡点`,
  report: '完整报告',
  findings: '要点',
  chokes: '卡点',
  chokesWhat:
    '本地区之外、一旦断供损失最大的来源。深色条：他人补位后的增加值损失；浅色条：穿透各层后的上限。其下：该产品目前的供应来源。',
  longStaves: '长板',
  longStavesWhat: '他人依赖本地区的产品：一旦停供，其他所有地区损失的增加值。',
  singles: '断点（单点失效）',
  singlesWhat: '单独缺失即令主要产品停产的生产者；条形为受影响产品占产出的比重。',
  noSingles: '没有：主要产品的每种关键投入都另有供应者。',
  systemic: '系统性最强的生产者',
  systemicWhat: '本地区内一旦停产、经层层传导使全链产出损失最大的生产者。',
  main: '主要产品',
  mainWhat: '占产出的比重，以及对各自最大卡点的增加值损失。',
  tiers: '最受卡产品的上下游',
  openMap: '在链图中打开',
  more: {
    choke: '占用量 {use}，其中 {hidden} 隐藏在第一层之后',
    next: '次要来源：{next}',
    noNext: '境外没有其他来源',
    days: '库存可用 {days} 天',
    long: '受冲击最大：{hit}，损失其增加值的 {hitRisk}',
    single: '令 {products} 停产',
    systemic: '占本地区产出的 {region}；自身占全链 {own}',
    ownPart: '自身占全链产出 {own}',
    main: '占产出 {share}；最大卡点：{worst}',
  },
  oneRegion: '本链只有一个地区，没有境外来源。卡点和长板需要两个以上地区。',
  askingSystemic: '正在逐一模拟停产',
  systemicAll: '一旦停产、经层层传导使全链产出损失最大的生产者。',
  stressFirst: '让排名第一者停产',
  letFail: '让它停产',
  outside: '境外',
  own: '自有',
  say: {
    choke:
      '若{source}断供，即使他人补位，{region}仍将损失增加值的 {low}；穿透各层，最多达 {high}。',
    chokeOne: '若{source}断供，{region}将损失增加值的 {low}。',
    hidden: '对它的依赖有 {hidden} 隐藏在第一层之后。',
    next: '次要来源（{next}）合计占用量的 {share}。',
    noNext: '境外没有其他来源。',
    stuck: '最受卡的主要产品：{product}，若没有{source}，将损失其增加值的 {risk}。',
    noSingle:
      '{count} 种主要产品（占产出 {share}）中，没有任何一种会因单一来源中断而停产：每种关键投入都另有供应者。',
    single:
      '存在 {count} 个单点断点，其中 {outside} 个在境外。仅{source}一处中断就会令 {stops} 种主要产品停产，占产出的 {share}。',
    systemic: '系统性最强：若{maker}停产，全链将损失产出的 {loss}，本地区损失 {own}。',
    systemicNext: '其次：{second}（{secondLoss}）、{third}（{thirdLoss}）。',
    long: '长板：若{region}停供{product}，其他所有地区将损失增加值的 {risk}，其中{hit}受损最重（损失其自身的 {hitRisk}）。',
    dependant:
      '{who}对{region}依赖最深：其产品全部投入的 {through} 来自这里，直接可见的仅 {face}。',
    european: '{tested} 种产品中有 {count} 种同时超过欧盟三项依赖度阈值：{products}。',
    noEuropean: '{tested} 种产品中没有一种同时超过欧盟三项依赖度阈值。',
    exporter:
      '{stressor}：{region}生产侧 {production}，最终使用引致 {consumption}；贸易隐含净出口 {net}。',
    importer:
      '{stressor}：{region}生产侧 {production}，最终使用引致 {consumption}；贸易隐含净进口 {net}。',
    sound: '数据可靠：{tests} 项检验全部通过。',
    unsound: '{tests} 项检验中有 {failed} 项未通过。',
    balance: '产出与销售合计相差 {miss}。',
    worstCase:
      '{all} 种主要产品中有 {count} 种对其最大卡点的损失达一半以上：排序意义不大，应视为最坏情形。',
    onlyOne: '本链中{other}是境外唯一地区：来源中断后，境外无人可以补位。风险数值应视为最坏情形。',
  },
  list: '、',
};
