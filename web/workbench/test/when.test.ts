import { expect, test } from 'vitest';
import { moment, size, span } from '../src/when';

test.each([
  [0.0004, '1 ms'],
  [0.085, '85 ms'],
  [4.24, '4.2 s'],
  [59.7, '1 min'],
  [200, '3 min 20 s'],
  [7500, '2 h 5 min'],
])('%d seconds are %s', (seconds, text) => expect(span(seconds, 'en')).toBe(text));

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1200, '1.2 kB'],
  [9_960_000, '10 MB'],
  [999_600, '1.0 MB'],
  [2_147_483_648, '2.1 GB'],
])('%d bytes are %s', (bytes, text) => expect(size(bytes)).toBe(text));

test('today needs no date, this year no year', () => {
  const now = new Date(2026, 10, 22, 18, 0);
  const at = (...parts: [number, number, number, number, number]) =>
    new Date(...parts).toISOString();
  expect(moment(at(2026, 10, 22, 9, 5), 'en', now)).toBe('09:05');
  expect(moment(at(2026, 10, 3, 9, 5), 'en', now)).toMatch(/3 Nov.*09:05/);
  expect(moment(at(2025, 10, 3, 9, 5), 'en', now)).toContain('2025');
  expect(moment(at(2026, 10, 3, 9, 5), 'zh', now)).toContain('11月3日');
  expect(moment('', 'en', now)).toBe('');
});
