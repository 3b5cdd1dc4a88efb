/** Who fails and how much, as the address says it and as the analysis `cascade` reads it. */

export interface Failure {
  /** A maker; empty where product and region say who. */
  node: string;
  region: string;
  product: string;
  /** Per cent of capacity lost, 1 to 100. */
  share: number;
}

export const sameWho = (a: Failure, b: Failure): boolean =>
  a.node === b.node && a.region === b.region && a.product === b.product;

export const keyOf = (one: Failure): string =>
  one.node !== '' ? one.node : `@${one.region}/${one.product}`;

export const asShare = (value: number): number =>
  Number.isFinite(value) ? Math.min(100, Math.max(1, Math.round(value))) : 100;

const plain = encodeURIComponent;

/** "TWN.c14:100,@KOR/c14:50" */
export function written(list: readonly Failure[]): string {
  return list
    .map(({ node, region, product, share }) =>
      node !== '' ? `${plain(node)}:${share}` : `@${plain(region)}/${plain(product)}:${share}`,
    )
    .join(',');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function read(text: string): Failure[] {
  const found: Failure[] = [];
  for (const piece of text.split(',')) {
    const match = /^(@?)(.+?)(?::([\d.]+))?$/.exec(piece.trim());
    if (!match) continue;
    const share = asShare(match[3] === undefined ? 100 : Number(match[3]));
    const [region = '', product = ''] = match[1] === '@' ? match[2]!.split('/').map(decoded) : [];
    const node = match[1] === '@' ? '' : decoded(match[2]!);
    const one = { node, region, product, share };
    if (node === '' && region === '' && product === '') continue;
    if (!found.some((other) => sameWho(other, one))) found.push(one);
  }
  return found;
}

const cell = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

export function shockCsv(list: readonly Failure[]): string {
  const rows = list.map(({ node, region, product, share }) =>
    [node, region, product, String(share / 100)].map(cell).join(','),
  );
  return ['node,region,product,share', ...rows].join('\n') + '\n';
}

/** Added, or with another share where it is there already. */
export function withFailure(list: readonly Failure[], one: Failure): Failure[] {
  const at = list.findIndex((other) => sameWho(other, one));
  return at < 0 ? [...list, one] : list.map((other, i) => (i === at ? one : other));
}

export const without = (list: readonly Failure[], one: Failure): Failure[] =>
  list.filter((other) => !sameWho(other, one));

/** What stands in the middle of the tiers: the first who fails, or the largest maker. */
export function focusOf(
  first: Failure | undefined,
  largest: string,
  productIn: (region: string) => string | undefined,
): Record<string, string> {
  if (!first) return largest === '' ? {} : { node: largest };
  if (first.node !== '') return { node: first.node };
  const product = first.product || productIn(first.region);
  if (!product) return {};
  return first.region === '' ? { product } : { product, region: first.region };
}
