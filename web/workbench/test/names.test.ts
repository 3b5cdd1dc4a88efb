/** Names of a chain in Chinese. */
import { expect, test } from 'vitest';
import type { Chain } from '../src/interface';
import { Names } from '../src/language.svelte';

const item = (name: string, name_zh: string) => ({ code: name, name, name_zh });
const names = new Names({
  regions: [item('China', '中国'), item('Rest of Europe (EU-15)', '欧洲其他')],
  products: [item('Battery module', '电池模组'), item('Chip (5 nm class)', '芯片（5纳米级）')],
} as unknown as Chain);

test.each([
  ['China: Battery module', '中国：电池模组'],
  ['Battery module in China', '中国：电池模组'],
  ['Battery module (Chip (5 nm class))', '电池模组（芯片（5纳米级））'],
  ['China: Battery module (Chip (5 nm class))', '中国：电池模组（芯片（5纳米级））'],
  ['Rest of Europe (EU-15)', '欧洲其他'],
  ['Battery module (spare)', 'Battery module (spare)'],
  ['Nobody', 'Nobody'],
])('%s', (english, chinese) => expect(names.inChinese(english)).toBe(chinese));
