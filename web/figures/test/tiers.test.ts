import { describe, expect, test } from 'vitest';
import { draw, frame } from '../src/draw';
import { markup } from '../src/node';
import { sharesOf100 } from '../src/number';
import { FigureError } from '../src/report';
import { readTiers } from '../src/tier_model';
import { figure, space } from './fixture';
import { chain, tiersFigure } from './tier_sample';

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
const svgAt = (width: number) => markup(frame(draw(tiersFigure, chain, space(width)), 'T', 'D'));

describe('shares of 100', () => {
  test('add up as printed where plain rounding does not', () => {
    // Plain rounding: 3 x 33.3 = 99.9; sevenths: 7 x 14.3 = 100.1.
    expect(sharesOf100([1, 1, 1])).toEqual([33.4, 33.3, 33.3]);
    for (const n of [3, 6, 7, 11, 13]) {
      const printed = sharesOf100(Array.from({ length: n }, () => 1)).map((v) => v.toFixed(1));
      expect(Math.round(10 * sum(printed.map(Number)))).toBe(1000);
    }
  });

  test('stay within one unit of the truth, and take nothing below zero', () => {
    const values = [0.04, 12.34, 55.55, -3, 7];
    const total = sum(values.filter((v) => v > 0));
    sharesOf100(values).forEach((share, i) => {
      expect(Math.abs(share - (100 * Math.max(0, values[i]!)) / total)).toBeLessThan(0.1);
    });
    expect(sharesOf100([0, 0])).toEqual([0, 0]);
  });
});

describe('a picture of tiers', () => {
  const tiers = readTiers(tiersFigure, chain, space(760));

  test('has shares that add up to 100 in every tier, and among the links of every tier', () => {
    expect(tiers.tiers.map(({ tier }) => tier)).toEqual([-2, -1, 0, 1, 2]);
    for (const { boxes } of tiers.tiers) {
      expect(Math.round(10 * sum(boxes.map((box) => box.share)))).toBe(1000);
    }
    for (const tier of [-2, -1, 0, 1]) {
      const links = tiers.links.filter((link) => link.from.tier === tier);
      expect(Math.round(10 * sum(links.map((link) => link.share)))).toBe(1000);
    }
  });

  test('shows what is left of a tier as a box of its own, last and dashed', () => {
    for (const { tier, boxes } of tiers.tiers) {
      if (tier === 0) continue;
      expect(boxes.filter((box) => box.region === '')).toHaveLength(1);
      expect(boxes[boxes.length - 1]!.name).toBe('all others');
    }
    expect(tiers.tiers[1]!.boxes.map((box) => box.share)).toEqual([60, 11, 29]);
    const dashed = svgAt(760).match(/<rect[^>]*stroke-dasharray="3 2"/g) ?? [];
    expect(dashed).toHaveLength(4 + 1); // four tiers and the key
  });

  test('draws heights in proportion to values, in every tier on one scale', () => {
    const drawing = draw(tiersFigure, chain, space(900));
    const bars = drawing.body.filter(
      (node) => node.tag === 'rect' && node.attributes['width'] === 14,
    );
    const heights = bars.map((bar) => Number(bar.attributes['height']));
    // The product sells 150, the most of any tier: 240 px.
    expect(Math.max(...heights)).toBeCloseTo(240, 1);
    expect(heights.some((height) => Math.abs(height - (90 / 150) * 240) < 0.02)).toBe(true);
  });

  test('marks stuck and broken links by line, and says so in the key', () => {
    const svg = svgAt(760);
    const drawn = (mark: string) => svg.match(new RegExp(`data-mark="${mark}"`, 'g'))?.length ?? 0;
    expect([drawn('stuck'), drawn('broken'), drawn('both')]).toEqual([1 + 1, 1 + 1, 1]);
    expect(svg.match(/data-link="/g)).toHaveLength(12);
    const style = (mark: string) =>
      /stroke-dasharray="([^"]+)"/.exec(
        new RegExp(`<path[^>]*data-mark="${mark}"`).exec(svg)![0],
      )![1];
    expect(style('stuck')).not.toBe(style('broken'));
    expect(svg).toContain('Stuck link: from a choke point');
    expect(svg).toContain('Broken link: losing this supplier alone stops');
  });

  test('tells a link to the reader: its ends, share, value and mark', () => {
    const { marks } = draw(tiersFigure, chain, space(760));
    const link = marks.find(({ title }) => title.includes('→ 中国'))!;
    expect(link.title).toBe('Rest of the world: Mining and quarrying → 中国：电气机械和器材制造业');
    expect(link.lines.map(([, value]) => value.replace(/\s/g, ' '))).toEqual([
      '38.9 %',
      '21 million USD',
      'stuck link: from a choke point',
    ]);
  });

  test('becomes one picture a pair of tiers where the page is narrow', () => {
    const count = (svg: string) => svg.match(/>Suppliers</g)?.length ?? 0;
    expect(count(svgAt(760))).toBe(1);
    expect(count(svgAt(388))).toBe(2);
    expect(draw(tiersFigure, chain, space(388)).height).toBeGreaterThan(
      draw(tiersFigure, chain, space(760)).height,
    );
  });

  test('names the role it lacks', () => {
    const { mark: _, value: __, ...rest } = tiersFigure.columns;
    expect(() => draw(figure('tiers', rest), chain, space(600))).toThrow(FigureError);
    const unmarked = { ...rest, value: 'value' };
    expect(markup(frame(draw(figure('tiers', unmarked), chain, space(600)), 'T', 'D'))).not.toMatch(
      /data-mark="both"/,
    );
  });
});
