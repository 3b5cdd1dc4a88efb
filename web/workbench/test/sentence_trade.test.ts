/** `trade`, `position`, `structure`, `paths`, `change` and `upgrade` in Chinese: every sentence. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Chain, Report } from '../src/interface';
import { Names } from '../src/language.svelte';
import { sentence } from '../src/words/zh/sentence';
import { makeYears } from './made_years';
import { check } from './sentence_check';
import { missing, serve, type Served } from './server';

if (missing) console.warn(`skipped: ${missing}`);

const names = new Names({
  regions: [
    { name: 'China', name_zh: '中国' },
    { name: 'Germany', name_zh: '德国' },
    { name: 'Japan', name_zh: '日本' },
    { name: 'Rest of western Europe (EU-15)', name_zh: '西欧其他国家' },
  ],
  products: [
    { name: 'Construction', name_zh: '建筑业' },
    { name: 'Coke, refined petroleum and nuclear fuel', name_zh: '焦炭、精炼石油和核燃料' },
  ],
} as Chain);
const shown = (name: string) => names.inChinese(name);

test.each([
  [
    'Of every 100 USD of Construction that China exports to Germany, Japan, Rest of western Europe (EU-15) and 2 more, 77.1 are value added in China (2.0 of them come back home in the end), 22.0 were added elsewhere, and 1.0 are counted twice.',
    '中国对德国、日本、西欧其他国家及另 2 个伙伴的建筑业出口中，每 100 美元含国内增加值 77.1（其中 2.0 最终返回国内），国外增加值 22.0，重复计算 1.0。',
  ],
  [
    'Of every 100 Germany + Japan exports, 77.4 are value added in Germany + Japan, 21.8 were added elsewhere or counted twice there, and 0.8 come back in what it imports.',
    '德国 + 日本的出口中，每 100 单位含国内增加值 77.4，国外增加值（含国外的重复计算）21.8，随进口返回 0.8。',
  ],
  [
    'Of what others add to every 100 CNY, most comes from Rest of western Europe (EU-15) (2.4).',
    '每 100 元出口所含的国外增加值中，主要来自西欧其他国家（2.4）。',
  ],
  [
    '1 maker buys more than it makes (value added -12.5 million USD in all, the largest China: Construction): terms that rest on them may be below zero.',
    '1 个生产者的购买多于产出（增加值合计 -12.5 百万美元，最大的是中国的建筑业）：依赖它们的各项可能为负。',
  ],
  ['terms sum to gross exports, wwz', '各项之和等于总出口：WWZ（王直、魏尚进、祝坤福）'],
  [
    'Of the final use of China: Coke, refined petroleum and nuclear fuel, 1,234 10,000 CNY, value added arises in China 71 % and Japan 8.1 %. The curve smiles: both ends of the chain keep more of what they sell than its middle, which keeps least at U - D = -0.31.',
    '中国的焦炭、精炼石油和核燃料的最终使用为 1,234 万元，其增加值来自中国（71 %）、日本（8.1 %）。曲线呈微笑形：链的两端留下的增加值比例高于中段，最低处在 U - D = -0.31。',
  ],
  [
    'Construction, 1995 to 2011: upstreamness 2.84 to 2.80, downstreamness 2.96 to 2.97, position U / D 0.959 to 0.943, rank 5 to 5 from the start of chains. It was passed by Coke, refined petroleum and nuclear fuel and Construction.',
    '建筑业，1995—2011 年：上游度由 2.84 变为 2.80，下游度由 2.96 变为 2.97，位置 U / D 由 0.959 变为 0.943，自链的起点起的位次仍为第 5 位。被焦炭、精炼石油和核燃料；建筑业超过。',
  ],
  [
    'A push reaches China: Construction most strongly from nobody; it goes on from there most strongly to Japan: Construction (1.83 steps).',
    '传到中国的建筑业的冲击，最强的来源：无；由此传出的冲击，最强的去向：日本的建筑业（1.83 步）。',
  ],
  [
    'Without China, the chain would lose 32 % of its CO2: others lose 743,581 kt, 2.4 % of the whole. Its purchases alone hold up 29 %, its sales to makers 28 %.',
    '若没有中国，全链将损失 CO2 的 32 %：其他各方损失 743,581 千吨，占全链的 2.4 %。仅其购买即支撑 29 %，仅其对生产者的销售即支撑 28 %。',
  ],
  [
    'Final use in Germany causes in China 0.123 kt of CO2. 1 path of 13 % or more of it carry 13 %; the remainder, 87 %, is spread over paths that are smaller.',
    '德国的最终使用引起发生在中国的 CO2 0.123 千吨。不小于 13 % 的路径有 1 条，合计占 13 %；其余 87 % 分散在更小的路径上。',
  ],
  [
    'China: CO2 from 1,293 to 1,371 kt; final use +78, technology -30.9.',
    '中国：CO2 由 1,293 变为 1,371 千吨；最终使用 +78，技术 -30.9。',
  ],
  [
    'The largest changes arise in China +1,200, Rest of western Europe (EU-15) -1,300 (-12 %).',
    '变化最大的地区：中国 +1,200、西欧其他国家 -1,300（-12 %）。',
  ],
  [
    'Up: value added per worker: 0.12 million USD per worker to 0.14 million USD per worker, rank 12 to 8 of 21; position (supplies others rather than is supplied): -0.010 to 0.054, still rank 1 of 3.',
    '上升（向好）：人均增加值由 0.12 变为 0.14 百万美元/人，位次由第 12 位升至第 8 位（共 21 个）；位置（供给他人多于受人供给）由 -0.010 变为 0.054，位次仍为第 1 位（共 3 个）。',
  ],
  [
    'It passed Germany, Japan, Rest of western Europe (EU-15) and 4 more in its own value added in 100 of exports; Germany in value added per worker.',
    '每 100 出口中的自身增加值：超过了德国、日本、西欧其他国家及另 4 个；人均增加值：超过了德国。',
  ],
])('%s', (english, chinese) => expect(sentence(english, shown)).toBe(chinese));

describe.skipIf(missing !== undefined)('reports', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve();
    makeYears(served.folder);
  });
  afterAll(() => served?.stop());

  const methods = [
    'borin-mancini-source',
    'borin-mancini-sink',
    'wwz',
    'kww',
    'miroudot-ye',
    'oecd',
  ];

  test.each([
    'world-2011/answers/trade?',
    ...methods.map((method) => `world-2011/answers/trade?exporter=CHN&method=${method}`),
    'world-2011/answers/trade?exporter=CHN&partner=USA,JPN,KOR,DEU,FRA&sector=c15',
    'world-2011/answers/trade?exporter=DEU,FRA,ITA&sector=c15',
    'china-2020/answers/trade?',
    'nev/answers/trade?exporter=CHN',
    'world-2011/answers/position?',
    'world-2011/answers/position?region=CHN&product=c14&final=CHN.c14&node=CHN.c14',
    'china-2020/answers/position?node=CHN.20&final=20&inventories=keep',
    'nev/answers/position?',
    'made-1995/answers/position?later=made-2011&region=CHN&product=chips&final=chips',
    'made-1995/answers/position?later=made-2011&region=DEU&product=ore&node=DEU.ore',
    'world-2011/answers/structure?',
    'world-2011/answers/structure?region=CHN&product=c14&extraction=given&measure=CO2',
    'china-2020/answers/structure?measure=value_added',
    'nev/answers/structure?extraction=off',
    'world-2011/answers/paths?',
    'world-2011/answers/paths?to=DEU&stressor=CO2&threshold=1e-3',
    'world-2011/answers/paths?from=CHN&to=USA&top=20',
    'world-2011/answers/paths?from=c9&to=c14&threshold=0.9',
    'china-2020/answers/paths?to=CHN.27&stressor=CO2&top=1',
    'made-1995/answers/change?later=made-2011',
    ...['3', '5', '6'].map(
      (factors) =>
        `made-1995/answers/change?later=made-2011&method=all-orders&factors=${factors}&region=CHN&product=ore`,
    ),
    'made-1995/answers/change?later=made-2011&method=lmdi&users=category',
    'world-2011/answers/upgrade?region=CHN',
    'nev/answers/upgrade?region=CHN',
    'made-1995/answers/upgrade?later=made-2011&region=CHN',
    'made-1995/answers/upgrade?later=made-2011&region=DEU&sectors=chips',
    'made-2011/answers/upgrade?later=made-1995&region=USA&sectors=chips',
  ])('%s', async (question) => {
    const chain = await served.json<Chain>(`/api/chains/${question.split('/')[0]}`);
    const known = new Names(chain);
    const report = await served.json<Report>(`/api/chains/${question}`);
    check(report, (name) => known.inChinese(name));
  });
});
