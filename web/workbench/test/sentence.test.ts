/** Findings, titles and captions of real reports in Chinese: none is left out, no number is lost. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Chain, Report } from '../src/interface';
import { sentence } from '../src/words/zh/sentence';
import { check } from './sentence_check';
import { missing, serve, type Served } from './server';

if (missing) console.warn(`skipped: ${missing}`);

const names: Record<string, string> = {
  China: '中国',
  Korea: '韩国',
  Indonesia: '印度尼西亚',
  Coal: '煤炭',
};
const shown = (name: string) => names[name] ?? name;

test.each([
  [
    "Korea's Coal: 0.49 % of value added at risk with others stepping in, up to 1.5 % looking through all tiers; 97 % of the reliance on it is hidden beyond the first tier; the next sources (China, Indonesia) supply 10 % of the use.",
    '韩国的煤炭：在险增加值在他人补位时为 0.49 %，穿透各层最多 1.5 %；对其依赖有 97 % 隐藏在第一层之后；次要来源（中国；印度尼西亚）占用量的 10 %。',
  ],
  [
    "Korea's Coal: 0.1 % of value added at risk; no other region outside supplies it.",
    '韩国的煤炭：在险增加值为 0.1 %；境外没有其他地区供应。',
  ],
  [
    'Largest net importers of CO2: Korea (824,179 kt, 19.0 % of what it produces), Rest of Europe (EU-15) (4 kt, 3 % of what it produces).',
    'CO2最大净进口方：韩国（824,179 千吨，占其生产侧 19.0 %）、Rest of Europe (EU-15)（4 千吨，占其生产侧 3 %）。',
  ],
  [
    'The final use of China causes 7,658,339 kt of CO2: 92 % at home, 8.2 % abroad.',
    '中国的最终使用引起 CO2 7,658,339 千吨：本地 92 %，外地 8.2 %。',
  ],
  [
    'China produces 9,297,218 kt, imports 630,237 kt embodied in trade and exports 2,269,116 kt: a net exporter of 1,638,879 kt.',
    '中国生产侧 9,297,218 千吨，贸易隐含进口 630,237 千吨，出口 2,269,116 千吨：净出口 1,638,879 千吨。',
  ],
  [
    "By itself 'hydrogen steel for sheet' saves most, 1641 kg CO2e or 11.2 % of the footprint.",
    '单独看，“hydrogen steel for sheet”减排最多：1641 kg CO2e，占足迹的 11.2 %。',
  ],
  [
    "'LFP in place of NMC': greener, and a worse choke point. When China: Coal stops, China loses 3.7 % of its output; when Korea stops, 70.9 %. From China comes 81.2 % of all behind its product, from Korea 1.2 %.",
    '“LFP in place of NMC”：更低碳，更易成为卡点。China: Coal停产时，中国损失产出的 3.7 %；韩国停产时为 70.9 %。其产品背后的投入有 81.2 % 来自中国，1.2 % 来自韩国。',
  ],
  ['Who depends on China', '谁依赖中国'],
  ['China among its peers', '中国与其他地区相比'],
  [
    'China moved up on 2 of 4 measures from 1995 to 2011, and gained rank on none.',
    '1995—2011 年，中国在 4 项指标中有 2 项上升，位次均未提高。',
  ],
  ['Something nobody has told before.', 'Something nobody has told before.'],
])('%s', (english, chinese) => expect(sentence(english, shown)).toBe(chinese));

describe.skipIf(missing !== undefined)('reports of the world sample', () => {
  let served: Served;
  let inChinese: (name: string) => string;
  beforeAll(async () => {
    served = await serve();
    const chain = await served.json<Chain>('/api/chains/world-2011');
    const items = [...chain.regions, ...chain.products];
    const known = new Map(items.map((item) => [item.name, item.name_zh]));
    inChinese = (name) => known.get(name) ?? name;
  });
  afterAll(() => served?.stop());

  /** Paths of a loss, told step by step, stay in English. */
  const explanation = / loses [\d.]+ %: /;

  test.each([
    'exposure?region=CHN',
    'diagnose?region=DEU',
    'accounts?region=CHN',
    'footprint?region=CHN',
    'footprint?region=DEU&sector=c15',
    'product?project=electric-car&draws=100',
    'switch?project=electric-car&budget=100',
    'check?',
    'systemic?region=KOR&top=3',
    'breakpoints?target=c14&region=DEU&size=2',
    'breakpoints?target=c14&region=DEU&size=2&threshold=0.3',
    `cascade?shock=${encodeURIComponent('node,share\nTWN.c14,1\n')}`,
  ])('%s', async (question) => {
    const report = await served.json<Report>(`/api/chains/world-2011/answers/${question}`);
    check(report, inChinese, explanation);
  });
});
