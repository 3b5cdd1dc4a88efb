/** Measuring, wrapping and shortening of labels, so that none is cut or runs into another. */

export const fontFamily =
  "Inter, 'Source Sans 3', 'Segoe UI', -apple-system, BlinkMacSystemFont, Roboto, 'Helvetica Neue', " +
  "'Noto Sans', 'Liberation Sans', Arial, 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', " +
  "'Noto Sans CJK SC', 'Source Han Sans SC', sans-serif";

export interface Font {
  size: number;
  weight?: number;
}

/** Width of a text in pixels. */
export type Measure = (text: string, font: Font) => number;

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/;

/** Without a browser: an average width a character, on the wide side. */
export const estimate: Measure = (text, font) => {
  let ems = 0;
  for (const c of text) ems += wide.test(c) ? 1 : /[iljtf.,:;' |]/.test(c) ? 0.32 : 0.6;
  return ems * font.size * ((font.weight ?? 400) >= 600 ? 1.06 : 1);
};

/** With the browser's own fonts. */
export function canvasMeasure(): Measure {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return estimate;
  const known = new Map<string, number>();
  return (text, font) => {
    const face = `${font.weight ?? 400} ${font.size}px ${fontFamily}`;
    const key = face + '\n' + text;
    let width = known.get(key);
    if (width === undefined) {
      if (known.size > 20000) known.clear();
      context.font = face;
      width = context.measureText(text).width;
      known.set(key, width);
    }
    return width;
  };
}

const ellipsis = '…';

/** The text, or as much of its start as fits with an ellipsis. */
export function shorten(text: string, width: number, font: Font, measure: Measure): string {
  if (measure(text, font) <= width) return text;
  const characters = Array.from(text);
  let low = 0;
  let high = characters.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const piece = characters.slice(0, middle).join('').trimEnd() + ellipsis;
    if (measure(piece, font) <= width) low = middle;
    else high = middle - 1;
  }
  return characters.slice(0, low).join('').trimEnd() + ellipsis;
}

/** Pieces a line may break between: words with the space after them, single Chinese characters. */
function pieces(text: string): string[] {
  const result: string[] = [];
  let word = '';
  for (const c of text.replace(/\s+/g, ' ').trim()) {
    if (wide.test(c)) {
      if (word !== '') result.push(word);
      result.push(c);
      word = '';
    } else {
      word += c;
      if (c === ' ' || c === '-' || c === '/') {
        result.push(word);
        word = '';
      }
    }
  }
  if (word !== '') result.push(word);
  return result;
}

/** At most `most` lines no wider than `width`; the last ends in an ellipsis where text is left. */
export function wrap(
  text: string,
  width: number,
  font: Font,
  measure: Measure,
  most = 2,
): string[] {
  const rest = pieces(text);
  const lines: string[] = [];
  while (rest.length > 0 && lines.length < most) {
    if (lines.length === most - 1) {
      lines.push(shorten(rest.join('').trim(), width, font, measure));
      break;
    }
    let line = rest.shift()!;
    while (rest.length > 0 && measure((line + rest[0]).trimEnd(), font) <= width) {
      line += rest.shift()!;
    }
    lines.push(shorten(line.trim(), width, font, measure));
  }
  return lines.length > 0 ? lines : [''];
}

export function widest(texts: Iterable<string>, font: Font, measure: Measure): number {
  let most = 0;
  for (const text of texts) most = Math.max(most, measure(text, font));
  return most;
}
