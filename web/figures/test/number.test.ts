import { describe, expect, test } from 'vitest';
import { columnFormat, fixed, scaleUnit, scientific } from '../src/number';

describe('numbers for the eye', () => {
  test('have thousands separators and a true minus', () => {
    expect(fixed(1234567.891, 1)).toBe('1,234,567.9');
    expect(fixed(-1234, 0)).toBe('−1,234');
    expect(fixed(123, 0)).toBe('123');
  });

  test('do not show a minus before a zero', () => {
    expect(fixed(-0.001, 1)).toBe('0.0');
  });

  test('share their decimals within a column', () => {
    const format = columnFormat([0.4908, 0.0487, 0.0627]);
    expect([0.4908, 0.0487, 0.0627].map(format)).toEqual(['0.491', '0.049', '0.063']);
    expect(columnFormat([12345.6, 3])(12345.6)).toBe('12,346');
  });

  test('write out what would round to zero', () => {
    expect(columnFormat([50.5, 0.00002])(0.00002)).toBe('2.0 × 10⁻⁵');
    expect(columnFormat([50.5])(0)).toBe('0.0');
    expect(scientific(-4.2e-13)).toBe('−4.2 × 10⁻¹³');
  });

  test('leave an empty cell empty', () => {
    expect(columnFormat([1.5])(NaN)).toBe('');
  });
});

describe('units of a chart', () => {
  test('grow with the values', () => {
    expect(scaleUnit('million USD', 71234)).toEqual({ factor: 1 / 1000, unit: 'billion USD' });
    expect(scaleUnit('million USD', 9999)).toEqual({ factor: 1, unit: 'million USD' });
    expect(scaleUnit('kt', 3e6).unit).toBe('Mt');
  });

  test('read a multiple that is no word by one', () => {
    // 1,534,042,715 x 10,000 CNY = 15.34 trillion CNY
    const scaled = scaleUnit('10,000 CNY', 1534042715);
    expect(scaled.unit).toBe('trillion CNY');
    expect(1534042715 * scaled.factor).toBeCloseTo(15.34, 2);
    expect(scaleUnit('10,000 CNY', 500)).toEqual({ factor: 1, unit: '10,000 CNY' });
    expect(scaleUnit('1000 persons', 5e6)).toEqual({ factor: 1 / 1000, unit: 'million persons' });
  });

  test('read a share as percent and leave other units alone', () => {
    expect(scaleUnit('share', 0.4)).toEqual({ factor: 100, unit: '%' });
    expect(scaleUnit('days', 1e6)).toEqual({ factor: 1, unit: 'days' });
  });
});
