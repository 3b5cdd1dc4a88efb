import { describe, expect, test } from 'vitest';
import { real, table, text } from '../../figures/test/fixture';
import { found, numberTest, ordered, separated, shared, windowOf } from '../src/part/table_rows';

const same = (word: string) => word;
const zh: Record<string, string> = { Japan: '日本', China: '中国', Germany: '德国' };
const chinese = (word: string) => zh[word] ?? word;
const data = table(
  text('region', ['Japan', 'China', 'Germany', 'China']),
  real('value', '%', [2.5, null, 10, -1]),
);
const [region, value] = data.columns as [(typeof data.columns)[0], (typeof data.columns)[0]];
const all = [0, 1, 2, 3];

describe('the order of rows', () => {
  test('numbers as numbers, empty cells last either way', () => {
    expect(ordered(value, all, true, same)).toEqual([2, 0, 3, 1]);
    expect(ordered(value, all, false, same)).toEqual([3, 0, 2, 1]);
  });

  test('equal ones stay as they were, in either direction', () => {
    expect(ordered(region, all, false, same)).toEqual([1, 3, 2, 0]);
    expect(ordered(region, all, true, same)).toEqual([0, 2, 1, 3]);
  });

  test('names as the reader sees them: Chinese by pinyin', () => {
    // de guo, ri ben, zhong guo
    expect(ordered(region, all, false, chinese, 'zh-CN')).toEqual([2, 0, 1, 3]);
  });

  test('a number inside a name counts as a number', () => {
    const firms = text('firm', ['Firm 10', 'Firm 9', '']);
    expect(ordered(firms, [0, 1, 2], false, same)).toEqual([1, 0, 2]);
  });
});

describe('finding rows', () => {
  test('by words in any order, in either language', () => {
    expect(found(data, 'CHI', {}, chinese)).toEqual([1, 3]);
    expect(found(data, '中国', {}, chinese)).toEqual([1, 3]);
    expect(found(data, '中国', {}, same)).toEqual([]);
    expect(found(data, '', {}, same)).toEqual(all);
  });

  test('by column: bounds, ranges, texts', () => {
    expect(found(data, '', { value: '>2' }, same)).toEqual([0, 2]);
    expect(found(data, '', { value: '-1..2.5' }, same)).toEqual([0, 3]);
    expect(found(data, '', { region: 'ger' }, same)).toEqual([2]);
    expect(found(data, 'china', { value: '<0' }, same)).toEqual([3]);
  });

  test.each([
    ['5', 5, true],
    ['5', 4.9, false],
    ['>= 1,000', 1000, true],
    ['≤3', 3.1, false],
    ['= 2', 2, true],
    ['1e-3..1', 0.01, true],
    ['−2..−1', -1.5, true],
  ])('%s of %d', (wish, given, holds) => expect(numberTest(wish)!(given)).toBe(holds));

  test('what is no bound is looked for as text', () => {
    expect(numberTest('about 5')).toBeUndefined();
    expect(found(data, '', { value: '2.5 ' }, same)).toEqual([0, 2]);
    expect(found(data, '', { value: 'x' }, same)).toEqual([]);
  });
});

test('the clipboard gets every digit, with the unit in the heading', () => {
  expect(separated(data.columns, [2, 1], 'tsv')).toBe('region\tvalue [%]\nGermany\t10\nChina\t\n');
  const odd = text('name', ['a "b", c\td']);
  expect(separated([odd], [0], 'csv')).toBe('name\n"a ""b"", c\td"\n');
  expect(separated([odd], [0], 'tsv')).toBe('name\na "b", c d\n');
});

describe('the rows that are drawn', () => {
  test('those in sight and some around them', () => {
    expect(windowOf(0, 600, 30, 100_000, 10)).toEqual({ first: 0, end: 30 });
    expect(windowOf(30_000, 600, 30, 100_000, 10)).toEqual({ first: 990, end: 1030 });
    expect(windowOf(2_999_400, 600, 30, 100_000, 10)).toEqual({ first: 99_970, end: 100_000 });
  });

  test('none beyond the end after a filter left fewer', () => {
    expect(windowOf(30_000, 600, 30, 5)).toEqual({ first: 5, end: 5 });
  });
});

test('room left over goes to texts, within reason', () => {
  expect(shared([100, 50], [true, false], 100)).toEqual([100, 50]);
  expect(shared([100, 50], [true, false], 200)).toEqual([150, 50]);
  expect(shared([100, 50], [true, false], 2000)).toEqual([180, 50]);
});
