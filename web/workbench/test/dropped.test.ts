import { expect, test } from 'vitest';
import { isChainName, nameFor } from '../src/part/dropped';

const named = (...names: string[]) => names.map((name) => ({ name }));

test.each([
  ['world-2011', true],
  ['中国 2020 (final)', true],
  ['', false],
  ['.hidden', false],
  ['a/b', false],
  ['..', false],
  ['a ', false],
  ['名'.repeat(34), false], // 102 bytes
])('"%s" as a name: %s', (name, fits) => expect(isChainName(name)).toBe(fits));

test('a chain is named after its file, or the folder of its files', () => {
  expect(nameFor(named('wiot2011.csv.xz'), '', [])).toBe('wiot2011');
  expect(nameFor(named('nodes.csv', 'links.csv'), 'battery', [])).toBe('battery');
  expect(nameFor(named('投入产出表.xlsx'), '', [])).toBe('投入产出表');
  expect(nameFor(named('../../x;y.csv'), '', [])).toBe('x-y');
  expect(nameFor(named('---.csv'), '', [])).toBe('chain');
});

test('a name that is taken gets a number', () => {
  expect(nameFor(named('a.csv'), '', ['a', 'a-2'])).toBe('a-3');
});
