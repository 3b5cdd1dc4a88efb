import { describe, expect, test } from 'vitest';
import { estimate, shorten, wrap } from '../src/text';
import { english, humanName } from '../src/words';

const font = { size: 10 };

describe('labels', () => {
  test('break between words and end in an ellipsis only when text is left', () => {
    const lines = wrap('Coke, refined petroleum and nuclear fuel', 120, font, estimate, 2);
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(estimate(line, font)).toBeLessThanOrEqual(120);
    expect(wrap('Mining', 120, font, estimate, 2)).toEqual(['Mining']);
  });

  test('break Chinese between characters', () => {
    const lines = wrap('通信设备计算机和其他电子设备', 70, font, estimate, 3);
    expect(lines).toEqual(['通信设备计算机', '和其他电子设备']);
  });

  test('never exceed the width, whatever the text', () => {
    for (const text of ['x'.repeat(500), '字'.repeat(200), '', ' ', '👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬👩‍🔬']) {
      expect(estimate(shorten(text, 80, font, estimate), font)).toBeLessThanOrEqual(80);
    }
  });

  test('turn the names of columns into words', () => {
    expect(humanName('value_added_at_risk', english)).toBe('Value added at risk');
    expect(humanName('co2_per_head', english)).toBe('CO₂ per head');
    expect(humanName('look_through', english)).toBe('Look-through');
  });
});
