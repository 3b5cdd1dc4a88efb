/** Reports of `shock`, `allocate`, `survive`, `stocks`, `tiers`, `diligence` and `cbam` in Chinese. */
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Chain, Report } from '../src/interface';
import { Names } from '../src/language.svelte';
import { sentence } from '../src/words/zh/sentence';
import { check } from './sentence_check';
import { missing, program, serve, type Served } from './server';

if (missing) console.warn(`skipped: ${missing}`);

const items = (all: Record<string, string>) =>
  Object.entries(all).map(([name, name_zh]) => ({ name, name_zh }));
const few = new Names({
  regions: items({ China: '中国', Germany: '德国', Russia: '俄罗斯' }),
  products: items({
    Chip: '芯片',
    Car: '汽车',
    'Leather and footwear': '皮革和鞋类',
    'Agriculture, hunting, forestry and fishing': '农林牧渔业',
    'Renting of machinery; other business activities': '租赁；其他商务活动',
  }),
} as unknown as Chain);

test.each([
  [
    "Half of the chips are missing. From day 10: plants closed, port closed and 2 more. Output falls to 58.9 % of a normal day's on day 107 and stays above 95 % from 224 days after the shock began on. Over 365 days 50,717 million USD of value added is lost, 16.9 % of what they would give, 145 times what the makers that lost capacity lose themselves. Final use first goes short 15 days after the shock began; in all 16.9 % of what it wants is not served, most of all Car (17.2 % of it).",
    '情景“Half of the chips are missing”：自第 10 日起发生：plants closed, port closed，另有 2 项。第 107 日产出降至平日的 58.9 %，冲击开始 224 日后稳定在 95 % 以上。365 日内增加值损失 50,717 百万美元，占应有增加值的 16.9 %，为失去产能者自身损失的 145 倍。冲击开始 15 日后最终使用首次短缺；总计 16.9 % 的需求未得到满足，缺口最大的是汽车（占其需求的 17.2 %）。',
  ],
  [
    "More cars. From day 5: households buy. Output falls to 97.4 % of a normal day's on day 52. Over 60 days 288 million USD more value added is made. Final use gets all it wants.",
    '情景“More cars”：自第 5 日起发生：households buy。第 52 日产出降至平日的 97.4 %。60 日内增加值反增 288 百万美元。最终使用全部得到满足。',
  ],
  [
    'Nothing. The scenario has no event. Output never falls. Over 30 days no value added is lost. Final use gets all it wants.',
    '情景“Nothing”：没有任何事件。产出没有下降。30 日内增加值没有损失。最终使用全部得到满足。',
  ],
  [
    'Nothing. The scenario has no event. Output never falls. Over 30 days the moon rises. Final use gets all it wants.',
    'Nothing. The scenario has no event. Output never falls. Over 30 days the moon rises. Final use gets all it wants.',
  ],
  [
    'The first to run short is Renting of machinery; other business activities in China, of Agriculture, hunting, forestry and fishing, on day 17.',
    '最先缺料的是中国：租赁；其他商务活动：第 17 日缺少农林牧渔业。',
  ],
  [
    'Why Renting of machinery; other business activities in China loses: On day 10 Chip in Germany loses capacity (plants closed) (at worst 47.4 % of normal, day 10); Car in Germany runs short of Chip from day 17, 82.0 % of which comes from there; 40.0 % of the Car that Car in China buys is kept away or late (port closed); it runs short from day 20; Renting of machinery; other business activities in China has fewer orders from day 26, 100 % of its sales going there (households save) (at worst 59.6 % of normal, day 103).',
    '中国：租赁；其他商务活动受损的原因：第 10 日，德国：芯片失去产能（plants closed）（第 10 日最低，为平日的 47.4 %）；德国：汽车自第 17 日起缺少芯片，其中 82.0 % 来自前者；中国：汽车购入的汽车有 40.0 % 被切断或延误（port closed），自第 20 日起缺料；中国：租赁；其他商务活动自第 26 日起订单减少，其销售的 100 % 去往前者（households save）（第 103 日最低，为平日的 59.6 %）。',
  ],
  [
    'Output collapses: every event is over, and it is still below half of what capacity allows, and does not rise. That is the model with psi 0.9 (0.8 cures it) or gaps in stock ordered within 30 days (60 days cure it), not a forecast.',
    '产出崩溃：所有事件均已结束，产出仍不到产能所允许的一半，且不再回升。这是模型在下列设定下的表现，而非预测：psi 为 0.9（取 0.8 则不再如此），或库存缺口在 30 天内补订（取 60 天则不再如此）。',
  ],
  [
    'Stopped after 12 of 365 days: what follows is of those alone.',
    '推演 365 天，至 12 天时中止：以下仅就已推演的天数而言。',
  ],
  [
    'Over 42 days, the best plan serves all of final use, by weight; proportional rationing all of final use but 6958 million USD (0.087 %). Planning saves 6908 million USD.',
    '42 天内，按权重计，最优方案可满足全部最终使用；按比例配给下最终使用尚缺 6958 百万美元（0.087 %）。统筹挽回损失 6908 百万美元。',
  ],
  [
    'What blocks most is the link China: Leather and footwear to Leather and footwear in Russia: one unit more is worth 0.902 of final use by weight; 1 % of normal more would bring 10.07 million USD.',
    '最大的堵点是从中国：皮革和鞋类到俄罗斯：皮革和鞋类的联系：每多一单位，值加权最终使用 0.902；若比平日增加 1 %，可多满足 10.07 百万美元。',
  ],
  [
    'What cannot be served even so is first Car for China: Car: China: Car is short of Renting of machinery; other business activities; Germany: Chip can make no more.',
    '即便如此仍无法满足的首先是汽车（中国：汽车）：中国：汽车缺少租赁；其他商务活动；德国：芯片无法再增产。',
  ],
  [
    'What cannot be served even so is first Car for Russia: Car in Russia; no more can come from China: Car.',
    '即便如此仍无法满足的首先是汽车（俄罗斯）：俄罗斯：汽车；无法从中国：汽车运来更多。',
  ],
  [
    'What cannot be served even so is first Car for Russia: goods may not go there.',
    '即便如此仍无法满足的首先是汽车（俄罗斯）：货物不得运往该处。',
  ],
  [
    'If China: Car stops, for 3.0 days all final use can still be served; it takes 30 days to recover. At least 2900 million USD of profit is lost until then.',
    '若中国：汽车停产，全部最终使用还可维持 3.0 天，而恢复需 30 天；至其恢复为止至少损失利润 2900 百万美元。',
  ],
  [
    'If China: Car stops, all final use in Germany is served for ever with 1000 million USD of stock more; without it, for 0.0 days.',
    '若中国：汽车停产，增加 1000 百万美元库存后，德国的全部最终使用可一直满足；不增加则为 0.0 天。',
  ],
  [
    'Most of it, 88 %, should be Car at China: Car.',
    '其中最大的一份（88 %）应作为汽车库存放在中国：汽车。',
  ],
  [
    'Car buys from one maker, 11,805 million USD a year: most of it from China: Chip (100 %).',
    '汽车每年从 1 个生产者购入 11,805 百万美元，主要来自中国：芯片（100 %）。',
  ],
  [
    'Car sells 462,834 10,000 CNY a year, 44 % of it to 628 makers and 56 % to final use: most to Germany: final use (20 %) and China: Car (16 %).',
    '汽车每年售出 462,834 万元，其中 44 % 售予 628 个生产者，56 % 用于最终使用；主要去向为德国的最终使用（20 %）、中国：汽车（16 %）。',
  ],
  [
    '4 makers would each alone make China: Car impossible: Germany: Chip; China: Renting of machinery; other business activities; Russia: Chip and 1 more.',
    '失去以下 4 个生产者中的任何一个，中国：汽车即无法生产：德国：芯片；中国：租赁；其他商务活动；俄罗斯：芯片；另有 1 个。',
  ],
  [
    'China, Leather and footwear (sanctions): 1.1 % of the CO2 footprint of China: Car by way of 1 path of 0.01 % or more, the nearest at tier 2; 0.79 % by smaller paths, which are not named. The largest: China: Leather and footwear > China: Car.',
    '中国，皮革和鞋类（sanctions）：占中国：汽车的 CO2 足迹的 1.1 %，经由 1 条不低于 0.01 % 的路径，最近的在第 2 层；其中 0.79 % 经由更小的路径，未逐条列出。最大的路径：中国：皮革和鞋类 > 中国：汽车。',
  ],
  [
    "Ask whoever sells 'coke' (for crude steel) first: 29,724 EUR hang on that default value.",
    '应先问“coke”（用于“crude steel”）的出售者：该默认值所系金额为 29,724 欧元。',
  ],
])('%s', (english, chinese) =>
  expect(sentence(english, (name) => few.inChinese(name))).toBe(chinese),
);

describe.skipIf(missing !== undefined)('reports of the samples', () => {
  let served: Served;
  const names = new Map<string, Names>();
  const inChinese = (chain: string) => (name: string) => names.get(chain)!.inChinese(name);

  beforeAll(async () => {
    served = await serve();
    for (const chain of ['nev', 'world-2011'])
      names.set(chain, new Names(await served.json<Chain>(`/api/chains/${chain}`)));
  });
  afterAll(() => served?.stop());

  const flags = (...rows: string[]) =>
    encodeURIComponent(['region,product,enterprise,reason', ...rows, ''].join('\n'));
  const nothing = encodeURIComponent('title = "Nothing"\ndays = 20\n');
  const earthquake = encodeURIComponent(`title = "Earthquake in Japan"
days = 60
[[capacity]]
name = "earthquake"
region = "JPN"
capital_lost = 500000
start = 5
rebuild = { by = { c18 = 0.7, c13 = 0.3 }, days = 40 }
`);

  test.each([
    ['nev', 'shock?scenario=chip-shortage&days=60'],
    ['nev', 'shock?scenario=chip-shortage&days=40&draws=5&by=node'],
    ['world-2011', `shock?scenario=${nothing}`],
    ['world-2011', `shock?scenario=${earthquake}&preset=ario`],
    ['nev', 'allocate?scenario=chip-shortage&horizon=60'],
    ['world-2011', 'allocate?scenario=port-closure&horizon=20&inventory=10'],
    ['nev', 'survive?top=5'],
    ['nev', 'survive?product=cell_nmc&finished=10'],
    ['nev', 'survive?node=CHN.car&recovery=90'],
    ['world-2011', 'survive?node=TWN.c14&recovery=90'],
    ['nev', 'stocks?budget=1000&stops=3&target=car'],
    ['nev', 'stocks?budget=1000&stops=3&region=CHN'],
    ['world-2011', 'stocks?budget=1000&node=TWN.c14&target=c14&region=DEU'],
    ['nev', 'tiers?product=cell_nmc&region=CHN'],
    ['nev', 'tiers?product=cell_nmc&up=0&down=0&risk=off'],
    ['world-2011', 'tiers?node=DEU.c15&up=4'],
    ['world-2011', `diligence?product=DEU.c15&flag=${flags('RUS,,,sanctions', 'CHN,c2,,')}`],
    ['nev', `diligence?product=car&flag=${flags('COD,,,war', 'DEU,co_ore,,')}&threshold=0.5`],
    ['world-2011', `diligence?product=c15&flag=${flags('RUS,,,')}&stressor=CO2&threshold=0.001`],
  ])('%s %s', async (chain, question) => {
    check(await served.json<Report>(`/api/chains/${chain}/answers/${question}`), inChinese(chain));
  });

  test('a run of a shock', async () => {
    const run = await served.start('shock', { scenario: 'port-closure', days: '40' });
    await served.finished(run.id);
    check(await served.json<Report>(`/api/runs/${run.id}/report`), inChinese('world-2011'));
  });

  test.each<Record<string, string>>([{}, { year: '2034' }, { price: '120' }])(
    'border adjustment %o',
    async (more) => {
      const goods = execFileSync(program, ['cbam', '--template'], { encoding: 'utf8' });
      const run = await served.start('cbam', { goods, ...more });
      await served.finished(run.id);
      check(await served.json<Report>(`/api/runs/${run.id}/report`), inChinese('world-2011'));
    },
  );
});
