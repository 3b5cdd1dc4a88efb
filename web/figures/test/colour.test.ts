import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('../src/colour.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = css.split("[data-theme='dark']");

function tokens(block: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name, value] of block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)) {
    if (!found.has(name!)) found.set(name!, value!);
  }
  return found;
}

type Rgb = [number, number, number];

/** Linear light, 0 to 1. */
function rgb(hex: string): Rgb {
  const part = (at: number) => {
    const s = parseInt(hex.slice(at, at + 2), 16) / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

/** WCAG 2: (L1 + 0.05) / (L2 + 0.05). */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [r, g, bl] = rgb(hex);
    return 0.2126 * r + 0.7152 * g + 0.0722 * bl;
  };
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

// Machado, Oliveira, Fernandes (2009), severity 1, on linear light.
const sights: Record<string, number[][]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** CIE L*a*b*, D65. */
function lab([r, g, b]: Rgb): Rgb {
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function seen(hex: string, sight: string): Rgb {
  const colour = rgb(hex);
  const rows = sights[sight]!.map((row) => row.reduce((sum, m, i) => sum + m * colour[i]!, 0));
  return lab(rows.map((v) => Math.min(1, Math.max(0, v))) as Rgb);
}

const distance = (a: Rgb, b: Rgb) => Math.hypot(...a.map((v, i) => v - b[i]!));

describe.each([
  ['light', tokens(light)],
  ['dark', tokens(dark)],
] as const)('%s colours', (_, map) => {
  const of = (name: string) => map.get(name)!;

  test('of text have a contrast of 4.5 or more', () => {
    for (const name of ['ink', 'ink-soft', 'link', 'good', 'warning', 'alarm']) {
      for (const ground of ['page', 'panel']) {
        expect(contrast(of(name), of(ground)), `${name} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
    for (let i = 0; i < 8; i += 1) {
      for (const ramp of ['seq', 'neg']) {
        const value = contrast(of(`seq-ink-${i}`), of(`${ramp}-${i}`));
        expect(value, `${ramp}-${i}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  test('of series carry their own text and stand off the page', () => {
    for (let i = 1; i <= 6; i += 1) {
      const name = `series-${i}`;
      expect(contrast(of(name), of('page')), name).toBeGreaterThanOrEqual(4.5);
      expect(contrast(of('on-series'), of(name)), name).toBeGreaterThanOrEqual(4.5);
    }
  });

  test.each(Object.keys(sights))('of series differ for %s sight', (sight) => {
    for (let i = 1; i <= 6; i += 1) {
      for (let k = i + 1; k <= 6; k += 1) {
        const gap = distance(seen(of(`series-${i}`), sight), seen(of(`series-${k}`), sight));
        expect(gap, `series ${i} and ${k}`).toBeGreaterThanOrEqual(10);
      }
    }
  });
});
