import { describe, expect, test } from 'vitest';
import { cellText, csv } from '../src/cell';
import { fileStem } from '../src/file';
import { matching, sorted } from '../src/table_view';
import { real, table, text } from './fixture';

const data = table(
  text('name', ['Japan', 'Taiwan', 'a "b", c']),
  real('value', '%', [2.5, null, 10]),
);

describe('a table', () => {
  test('sorts numbers as numbers, with empty cells last in either direction', () => {
    const value = data.columns[1]!;
    expect(sorted(value, [0, 1, 2], 'descending')).toEqual([2, 0, 1]);
    expect(sorted(value, [0, 1, 2], 'ascending')).toEqual([0, 2, 1]);
    expect(sorted(value, [2, 0, 1], 'none')).toEqual([0, 1, 2]);
  });

  test('finds rows by words in any order', () => {
    expect(matching(data, 'PAN ja')).toEqual([0]);
    expect(matching(data, '')).toEqual([0, 1, 2]);
  });

  test('is written as CSV with every digit and quoted where needed', () => {
    expect(csv(data)).toBe('name,value [%]\nJapan,2.5\nTaiwan,\n"a ""b"", c",10\n');
  });

  test('shows a year without separator', () => {
    expect(cellText({ ...real('year', '', [2011]), type: 'integer' })(2011)).toBe('2011');
    expect(cellText({ ...real('rounds', '', [2011]), type: 'integer' })(2011)).toBe('2,011');
  });

  test('makes file names of titles in any language', () => {
    expect(fileStem('Exposure of China, world-2011')).toBe('exposure-of-china-world-2011');
    expect(fileStem('../../etc/passwd')).toBe('etc-passwd');
    expect(fileStem('卡点: 电气机械')).toBe('卡点-电气机械');
    expect(fileStem('///')).toBe('stave');
  });
});
