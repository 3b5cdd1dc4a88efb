/** A made-up answer, larger than any sample gives. */

type Reading<T> = Record<string, (row: T, i: number) => string | number>;

function table<T>(name: string, rows: T[], read: Reading<T>): unknown {
  const columns = Object.entries(read).map(([column, value]) => {
    const values = rows.map(value);
    const type = typeof values[0] === 'number' ? 'real' : 'text';
    return {
      name: column,
      type,
      unit: column === 'value' ? 'million USD' : '',
      meaning: '',
      values,
    };
  });
  return { name, title: name, columns };
}

/** An answer of `tiers` with five tiers of so many boxes each, three links a box. */
export function manyBoxes(each: number): unknown {
  const tiers = [-2, -1, 0, 1, 2];
  const boxes = tiers.flatMap((tier) =>
    Array.from({ length: each }, (_, i) => ({ tier, box: i + 1 })),
  );
  const links = tiers.slice(0, -1).flatMap((tier) =>
    Array.from({ length: 3 * each }, (_, i) => ({
      tier,
      from: (i % each) + 1,
      to: ((i * 7) % each) + 1,
    })),
  );
  const size = (i: number) => 1 + (i % 17);
  return {
    analysis: 'tiers',
    title: 'Many',
    question: '',
    verdict: true,
    findings: [],
    figures: [],
    provenance: { chain: 'x', residuals: [], notes: [], parameters: {}, version: '' },
    tables: [
      table('boxes', boxes, {
        tier: ({ tier }) => tier,
        box: ({ box }) => box,
        name: ({ tier, box }) => `Region ${box % 9}: Product ${tier}.${box}`,
        kind: () => 'maker',
        node: ({ tier, box }) => `n${tier}.${box}`,
        region: ({ box }) => `R${box % 9}`,
        region_name: ({ box }) => `Region ${box % 9}`,
        product: ({ tier }) => `p${tier}`,
        product_name: ({ tier, box }) => `Product ${tier}.${box}`,
        value: (_, i) => size(i),
        share: (_, i) => size(i) / each,
        makers: () => 1,
      }),
      table('links', links, {
        tier: ({ tier }) => tier,
        from: ({ from }) => from,
        to: ({ to }) => to,
        value: (_, i) => size(i) / 4,
        share: () => 0.1,
        mark: () => '',
      }),
    ],
  };
}
