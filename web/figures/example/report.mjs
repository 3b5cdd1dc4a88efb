/** An example report with made-up numbers: every kind of figure, long and Chinese names, gaps. */

/** The same draws every time (mulberry32). */
let state = 20110;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

const regions = [
  'Australia',
  'Brazil',
  'Canada',
  'China',
  'Germany',
  'Spain',
  'France',
  'United Kingdom',
]
  .concat(['Indonesia', 'India', 'Italy', 'Japan', 'Korea', 'Mexico', 'Netherlands', 'Poland'])
  .concat(['Russia', 'Taiwan', 'United States', 'Rest of the world']);
const products = [
  'Mining and quarrying',
  'Electrical and optical equipment',
  'Agriculture, hunting, forestry and fishing',
]
  .concat([
    'Basic metals and fabricated metal',
    'Chemicals and chemical products',
    'Machinery, not elsewhere classified',
  ])
  .concat([
    'Coke, refined petroleum and nuclear fuel',
    'Transport equipment',
    'Rubber and plastics',
    '电气机械和器材',
  ]);

const text = (name, values, meaning = '') => ({ name, type: 'text', unit: '', meaning, values });
const real = (name, unit, values, meaning = '') => ({ name, type: 'real', unit, meaning, values });
const integer = (name, unit, values, meaning = '') => ({
  name,
  type: 'integer',
  unit,
  meaning,
  values,
});

function chokePoints() {
  const rows = [];
  for (const product of products)
    for (const region of regions) if (region !== 'China') rows.push([product, region]);
  const risk = rows.map(() => 0.0005 + 0.5 * random() ** 14);
  const order = rows
    .map((_, i) => i)
    .sort((a, b) => risk[b] - risk[a])
    .slice(0, 40);
  const at = (f) => order.map(f);
  const hidden = rows.map(() => 10 + 70 * random());
  const high = rows.map((_, i) => (i === order[5] ? null : risk[i] * (1.2 + 2.2 * random())));
  return {
    name: 'choke_points',
    title: 'Choke points, largest value added at risk first',
    columns: [
      text(
        'product',
        at((i) => rows[i][0]),
        'what is supplied',
      ),
      text(
        'region',
        at((i) => rows[i][1]),
        'who supplies it',
      ),
      real(
        'value_added_at_risk',
        '% of value added',
        at((i) => risk[i]),
        'lost when the source stops supplying us, cascade with market substitution',
      ),
      real(
        'upper_end',
        '% of value added',
        at((i) => high[i]),
        'look-through share of the source in what we use',
      ),
      real(
        'value_added',
        'million USD',
        at((i) => risk[i] * 71234.5),
        'the same in money',
      ),
      real(
        'foreign_share',
        '%',
        at(() => 3 + 60 * random()),
        'of our use of the product that comes from abroad',
      ),
      real(
        'herfindahl',
        '',
        at(() => 0.1 + 0.6 * random()),
        'concentration of supplying regions, 0 to 1',
      ),
      real(
        'hidden_exposure',
        '%',
        at((i) => hidden[i]),
        'part of the look-through reliance beyond the first tier',
      ),
      text(
        'next_best',
        at(() =>
          regions
            .filter(() => random() < 0.12)
            .slice(0, 3)
            .join(', '),
        ),
        'other sources, largest first',
      ),
      integer(
        'rounds',
        '',
        at(() => 6 + Math.floor(30 * random())),
        'until the cascade stood still',
      ),
    ],
  };
}

function suppliers() {
  const panel = [],
    label = [],
    share = [];
  for (const product of products.slice(0, 7)) {
    const list = regions.filter((r) => r !== 'China').map((region) => [region, random() ** 5]);
    const total = list.reduce((sum, [, v]) => sum + v, 0);
    for (const [region, v] of list.sort((a, b) => b[1] - a[1]).slice(0, 8)) {
      (panel.push(product), label.push(region), share.push((100 * v) / total));
    }
  }
  return {
    name: 'suppliers',
    title: 'Who supplies China, by product',
    columns: [
      text('product', panel),
      text('supplier', label),
      real('share_of_imports', '%', share, 'of what we import of the product'),
    ],
  };
}

function reliance() {
  const row = [],
    column = [],
    value = [];
  for (const user of regions)
    for (const source of regions) {
      (row.push(user), column.push(source));
      value.push(
        user === 'Poland' && source === 'Taiwan'
          ? null
          : user === source
            ? 70 + 25 * random()
            : 14 * random() ** 4,
      );
    }
  return {
    name: 'reliance',
    title: 'Look-through reliance of manufacturing, region by region',
    columns: [
      text('user', row),
      text('source', column),
      real('reliance', '% of input', value, 'share of the source in all inputs, through all tiers'),
    ],
  };
}

function reaches() {
  const direct = products.map(() => 1 + 12 * random());
  return {
    name: 'reaches',
    title: 'Direct and look-through foreign reliance by product',
    columns: [
      text('product', products),
      real('direct', '% of inputs', direct, 'from abroad, first tier'),
      real(
        'look_through',
        '% of inputs',
        direct.map((v, i) => (i === 7 ? v : v * (1.2 + 1.6 * random()))),
        'from abroad, through all tiers',
      ),
    ],
  };
}

function dependants() {
  const list = regions
    .filter((r) => r !== 'China')
    .map((region) => [region, 3 * random() ** 3 - 0.1]);
  list.sort((a, b) => b[1] - a[1]);
  return {
    name: 'dependants',
    title: 'Who depends on China',
    columns: [
      text(
        'region',
        list.map((r) => r[0]),
      ),
      real(
        'change',
        '% of value added',
        list.map((r) => r[1]),
        'of the region, if we stopped supplying it',
      ),
    ],
  };
}

function accounts() {
  const region = [],
    origin = [],
    value = [];
  for (const r of ['China', 'United States', 'Japan', 'Germany', 'India', 'Rest of the world'])
    for (const o of [
      'Coal',
      'Oil',
      'Natural gas',
      'Cement',
      'Other processes',
      'Waste',
      'Land use',
      'Households',
    ]) {
      (region.push(r), origin.push(o));
      value.push((r === 'China' ? 3 : 1) * 900000 * random() ** 2);
    }
  return {
    name: 'emissions',
    title: 'Emissions by origin',
    columns: [
      text('region', region),
      text('origin', origin),
      real('co2', 'kt', value, 'production account'),
    ],
  };
}

function trend() {
  const year = [],
    series = [],
    value = [];
  for (const [name, start, growth] of [
    ['China', 4, 1.13],
    ['Germany', 9, 1.02],
    ['Japan', 11, 0.98],
    ['United States', 10.5, 1.0],
    ['Korea', 3, 1.05],
    ['Rest of the world', 9.4, 1.01],
  ]) {
    let v = start;
    for (let y = 1995; y <= 2011; y += 1) {
      (year.push(y), series.push(name), value.push(v));
      v *= growth * (0.95 + 0.1 * random());
    }
  }
  return {
    name: 'trend',
    title: 'Share of world supply of machinery',
    columns: [
      integer('year', '', year),
      text('region', series),
      real('share_of_supply', '%', value, 'of world output sold abroad'),
    ],
  };
}

function spread() {
  const labels = products.flatMap((p) => ['Japan', 'Germany', 'Taiwan'].map((r) => `${p}, ${r}`));
  return {
    name: 'spread',
    title: 'Concentration against reliance',
    columns: [
      text('source', labels),
      real(
        'herfindahl',
        '',
        labels.map(() => 0.1 + 0.8 * random()),
        'concentration of supply',
      ),
      real(
        'foreign_share',
        '%',
        labels.map(() => 2 + 55 * random() ** 2),
        'of use',
      ),
      real(
        'trade',
        'million USD',
        labels.map(() => 200 + 90000 * random() ** 4),
        'imports',
      ),
    ],
  };
}

function tests() {
  return {
    name: 'tests',
    title: 'The three European tests',
    columns: [
      text('product', products),
      real(
        'cdi1',
        '',
        products.map(() => 0.1 + 0.7 * random()),
        'Herfindahl index of outside imports, above 0.4 is dependent',
      ),
      real(
        'cdi2',
        '',
        products.map(() => random()),
        'outside imports over all imports, above 0.5 is dependent',
      ),
      real(
        'cdi3',
        '',
        products.map((_, i) => (i === 3 ? null : 2 * random())),
        'outside imports over own exports, above 1 is dependent',
      ),
      text(
        'verdict',
        products.map((_, i) => (i % 4 === 0 ? 'dependent' : 'not dependent')),
      ),
    ],
  };
}

/** What flows into a made-up product, with a loop: power needs coal, and coal power. */
function embodied() {
  const rows = [
    ['vehicle', '', 1000, 'end'],
    ['body in white', 'vehicle', 420, ''],
    ['battery pack, 电池包', 'vehicle', 380, ''],
    ['steel sheet, rolled and galvanised', 'body in white', 300, ''],
    ['power', 'body in white', 60, ''],
    ['power', 'battery pack, 电池包', 240, ''],
    ['power', 'steel sheet, rolled and galvanised', 50, ''],
    ['coal', 'power', 70, ''],
    ['power', 'coal', 20, ''],
    ['', 'vehicle', 90, 'own'],
    ['', 'body in white', 45, 'own'],
    ['', 'battery pack, 电池包', 80, 'own'],
    ['', 'steel sheet, rolled and galvanised', 210, 'own'],
    ['', 'power', 300, 'own'],
    ['', 'coal', 50, 'own'],
  ];
  const column = (at) => rows.map((row) => row[at]);
  return {
    name: 'embodied',
    title: 'Embodied flows',
    columns: [
      text('from', column(0)),
      text('to', column(1)),
      real('footprint', 'kg CO2e', column(2)),
      text('what', column(3)),
    ],
  };
}

/** Made-up ways to give off less, cheapest ton first. */
function abatement() {
  return {
    name: 'abatement',
    title: 'Abatement, cheapest ton first',
    columns: [
      text('switch', ['lighter body', 'power from wind', 'low-carbon steel', '回收铝']),
      real('saved', 'kg CO2e', [40, 260, 190, 70]),
      real('cost_per_tonne', 'EUR / t CO2e', [-35, 12, 60, 140]),
      text('within_budget', ['yes', 'yes', 'yes', 'no']),
    ],
  };
}

/** A chain in tiers: links between made-up makers, every tier with what is left of it. */
function tierLinks() {
  const focus = ['China: Motor vehicles, trailers and semi-trailers', 'China'];
  const rest = ['all others', ''];
  const at = (region, product) => [`${region}: ${product}`, region];
  const tiers = [
    [
      at('China', 'Basic metals'),
      at('Australia', 'Mining and quarrying'),
      at('Japan', '化学工业'),
      rest,
    ],
    [
      at('China', '电气机械和器材'),
      at('China', 'Basic metals and fabricated metal'),
      at('Germany', 'Machinery, not elsewhere classified'),
      at('Taiwan', 'Electrical and optical equipment'),
      rest,
    ],
    [focus],
    [
      at('China', 'final use'),
      at('China', 'Sale and repair of motor vehicles'),
      at('Germany', 'Transport equipment'),
      at('United States', 'final use'),
      rest,
    ],
    [at('China', 'final use'), at('Germany', 'final use'), rest],
  ];
  const sizes = [0.5, 0.9, 1, 0.25];
  const rows = [];
  for (let t = 0; t < 4; t += 1)
    for (const [i, from] of tiers[t].entries())
      for (const [j, to] of tiers[t + 1].entries()) {
        if (from[0].endsWith('final use')) continue;
        const large = (1 / (1 + i)) * (1 / (1 + j)) * (from === rest ? 2 : 1);
        const mark = from[1] === 'Taiwan' ? 'both' : from[1] === 'Australia' ? 'stuck' : '';
        const broken = from[1] === 'Germany' && t === 1 ? 'broken' : mark;
        rows.push([t - 2, from, to, 90000 * sizes[t] * large * (0.4 + random()), broken]);
      }
  return {
    name: 'tier_links',
    title: 'The links of the chain in tiers',
    columns: [
      integer(
        'tier',
        '',
        rows.map((r) => r[0]),
        'of the supplier',
      ),
      text(
        'supplier',
        rows.map((r) => r[1][0]),
      ),
      text(
        'customer',
        rows.map((r) => r[2][0]),
      ),
      real(
        'value',
        'million USD',
        rows.map((r) => r[3]),
        'a year',
      ),
      text(
        'link',
        rows.map((r) => r[4]),
        'stuck, broken or both',
      ),
      text(
        'supplier_region',
        rows.map((r) => r[1][1]),
      ),
      text(
        'customer_region',
        rows.map((r) => r[2][1]),
      ),
    ],
  };
}

const figure = (kind, table, title, columns, caption = '', most = 0) => ({
  kind,
  table,
  title,
  caption,
  columns,
  most,
});

const choke = chokePoints();
const first = (name) => choke.columns.find((c) => c.name === name).values[0];
const percent = (v) => (Math.round(v * 100) / 100).toString();

export const example = {
  analysis: 'diagnose',
  title: 'Example: where China is stuck',
  question:
    'Which sources outside China would cost it most if they were cut, who could step in, and who depends on China? Every number on this page is made up.',
  verdict: true,
  findings: [
    {
      tone: 'alarm',
      text: `${first('product')} from ${first('region')}: ${percent(first('value_added_at_risk'))} % of China's value added is at risk, and no other source could cover half of it.`,
    },
    {
      tone: 'warning',
      text: '38 % of the reliance on electrical and optical equipment from Taiwan is hidden beyond the first tier; the next two sources could cover 40 %.',
    },
    { tone: 'plain', text: 'Three of ten products fail all three European tests.' },
    { tone: 'good', text: 'The table is sound: rows and columns balance to 2 parts in a billion.' },
  ],
  tables: [
    choke,
    suppliers(),
    reliance(),
    reaches(),
    dependants(),
    accounts(),
    trend(),
    spread(),
    tests(),
    tierLinks(),
    embodied(),
    abatement(),
  ],
  figures: [
    figure(
      'bars',
      'choke_points',
      'A few sources could stop a measurable part of the economy',
      { label: 'product', part: 'region', value: 'value_added_at_risk', value_high: 'upper_end' },
      'The bar is what is lost when other sources step in by their market share; the bracket ends at the look-through share of the source in what China uses.',
      20,
    ),
    figure(
      'tiers',
      'tier_links',
      'The chain around motor vehicles',
      {
        tier: 'tier',
        supplier: 'supplier',
        customer: 'customer',
        value: 'value',
        supplier_region: 'supplier_region',
        customer_region: 'customer_region',
        mark: 'link',
      },
      'Suppliers left, customers right; heights are values, and each tier adds up to 100 %.',
    ),
    figure(
      'sankey',
      'embodied',
      'What is behind a vehicle',
      { from: 'from', to: 'to', value: 'footprint', mark: 'what' },
      'What comes in, with what arises there, is what goes out.',
    ),
    figure(
      'steps',
      'abatement',
      'Abatement, cheapest ton first',
      { label: 'switch', width: 'saved', value: 'cost_per_tonne', color: 'within_budget' },
      'As wide as it saves, as high as a ton costs.',
    ),
    figure(
      'multiples',
      'suppliers',
      'Who supplies what China imports',
      { panel: 'product', label: 'supplier', value: 'share_of_imports' },
      'The six largest suppliers of each product.',
      6,
    ),
    figure(
      'dumbbell',
      'reaches',
      'Reliance grows once it is counted through all tiers',
      { label: 'product', from: 'direct', to: 'look_through' },
      'The distance between the two points is hidden exposure.',
    ),
    figure(
      'heatmap',
      'reliance',
      'Everyone relies on themselves first, and on a few others',
      { row: 'user', column: 'source', value: 'reliance' },
      'Each row adds to the inputs of one region.',
    ),
    figure(
      'bars',
      'dependants',
      'Who would lose if China stopped supplying',
      { label: 'region', value: 'change' },
      'A negative value is a gain.',
    ),
    figure('stacked', 'emissions', 'Coal is most of it', {
      label: 'region',
      part: 'origin',
      value: 'co2',
    }),
    figure('lines', 'trend', 'Supply has moved', {
      x: 'year',
      y: 'share_of_supply',
      series: 'region',
    }),
    figure('scatter', 'spread', 'Concentrated and foreign is where trouble starts', {
      label: 'source',
      x: 'herfindahl',
      y: 'foreign_share',
      size: 'trade',
    }),
    figure(
      'bars',
      'choke_points',
      'The same in money',
      { label: 'product', part: 'region', value: 'value_added', color: 'region' },
      '',
      8,
    ),
  ],
  provenance: {
    chain: 'example-2011',
    title: 'Example: made-up world table',
    year: 2011,
    unit: 'million USD',
    source: 'Made up by web/figures/example/make.mjs; no figure on this page is real.',
    licence: 'Apache-2.0',
    version: '0.1.0',
    parameters: { region: 'CHN', eps: '1e-6', market: 'true', top: '20' },
    residuals: [
      { balance: 'outputs: Z 1 + Y 1 = x', relative: 2.1e-9, tolerance: 1e-6 },
      { balance: 'solve: (I - A) x = y', relative: 3.4e-13, tolerance: 1e-10 },
      { balance: 'value added: x - 1 Z = V', relative: 4.2e-4, tolerance: 1e-6 },
      { balance: 'share of clipped cells', relative: 1.7e-5, tolerance: 0 },
    ],
    notes: [
      '12 negative cells of final use (changes in inventories) were kept.',
      'Two sources did not reach the last digit in 100 rounds; their change in the last round was below 1e-7.',
    ],
  },
};
