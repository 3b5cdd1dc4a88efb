/** Value chain: where a region stands, what its exports are made of, whether it moves up. */
export const value = {
  title: (chain: string) => `Value chain: ${chain}`,
  heading: 'Where do we stand on the value chain, and are we moving up?',
  region: 'Region',
  years: 'Years',
  yearsHint: 'Chains of the same classification in other years',
  year: (year: string) => `Year ${year}`,
  nextYear: 'Next year',
  ofYears: (year: string, from: string, to: string) => `${year}, of ${from} to ${to}`,
  equation: 'Equation',
  symbols: 'Symbols',
  asking: 'Computed',
  upgrade: {
    heading: 'Moving to the middle and high end?',
    moved: (region: string, up: string, known: string, from: string, to: string) =>
      `${region} moved up on ${up} of ${known} measures from ${from} to ${to}`,
    gained: (count: string) => ` and gained rank on ${count}.`,
    gainedNone: ' and gained rank on none.',
    stands: (region: string, year: string) => `Where ${region} stands in ${year}.`,
    oneYear:
      'One year says where it stands, not where it moves: import the same table of other years.',
    measure: 'Measure',
    change: 'Value',
    rank: 'Rank',
    of: (rank: string, all: string) => `${rank} of ${all}`,
    arrow: (from: string, to: string) => `${from} → ${to}`,
    up: 'up',
    down: 'down',
    same: 'unchanged',
    unknown: 'not known',
    noWorkers:
      'This chain has no count of workers: add a stressor “employment” (stave import CHAIN --stressors FILE.csv).',
    noClasses:
      'The research intensity of these products is not known: name high-technology ones by asking `upgrade` with --sectors.',
    passed: 'passed',
    passedBy: 'was passed by',
    nobody: 'Nobody was passed, and nobody passed.',
    between: ', ',
    who: 'Who passed whom',
    more: (count: string) => `and ${count} more`,
    ask: 'Other sectors or peers',
    measures: {
      domestic_value_added: {
        name: 'Own value added in 100 of exports',
        meaning: 'What the region adds itself; the rest was added elsewhere.',
      },
      high_technology: {
        name: 'High-technology share of it',
        meaning:
          'Of what the region adds to its exports, the part that sectors of high and medium-high research intensity add (OECD).',
      },
      position: {
        name: 'Supplies rather than is supplied',
        meaning:
          'Above 0, others export more of its value added than it exports of theirs. Sellers of raw materials stand high too.',
      },
      value_added_per_worker: {
        name: 'Value added per worker',
        meaning: 'At the prices of each year.',
      },
      foreign_reliance: {
        name: 'Foreign reliance of its strong sectors',
        meaning:
          'Of 100 exported by the sectors it has an advantage in, what others added. Less is better.',
      },
    },
  },
  smile: {
    heading: 'Smile curve',
    product: 'Final product',
    everywhere: 'of all its makers',
    meaning:
      'Who adds the value of a final product: across, how far from final use a maker stands (right: upstream); up, what it keeps of what it sells; size, its part of the product’s value.',
    caption: 'Distance from the middle of the chain, U − D, against value added in output, %.',
    figure: (product: string) => `Smile curve of ${product}`,
    shapes: {
      smiles: (turn: string) =>
        `The curve smiles: both ends keep more of what they sell than the middle (least at ${turn}).`,
      frowns: (turn: string) =>
        `The curve frowns: the middle keeps more of what it sells than both ends (most at ${turn}).`,
      rises: () => 'The curve does not turn: upstream makers keep more of what they sell.',
      falls: () => 'The curve does not turn: downstream makers keep more of what they sell.',
      unknown: () => 'Too few makers have a part for a curve.',
    },
    adders: 'Who adds the value',
    ofIt: (share: string) => `${share} of it`,
  },
  map: {
    heading: 'Position',
    figure: 'Regions on the value chain',
    caption: 'Stages to final use against stages from value added; sizes are output.',
    terms: {
      upstreamness: {
        name: 'Upstreamness',
        meaning: 'Stages a unit of output passes until final use, on average, itself counted.',
      },
      downstreamness: {
        name: 'Downstreamness',
        meaning: 'Stages its value has passed, on average, from where it was added.',
      },
    },
  },
  exports: {
    heading: 'What its exports are made of',
    method: 'Method',
    exporter: 'Exporter',
    partner: 'To',
    anywhere: 'all partners',
    methods: {
      'borin-mancini-source': 'Borin and Mancini, where it first leaves',
      'borin-mancini-sink': 'Borin and Mancini, where it last leaves',
      wwz: 'Wang, Wei and Zhu, 16 terms',
      kww: 'Koopman, Wang and Wei, 9 terms',
      'miroudot-ye': 'Miroudot and Ye',
      oecd: 'OECD indicators',
    },
    total: (amount: string) => `Gross exports of ${amount}. The terms sum to them exactly.`,
    open: 'Open a part to see its terms.',
    contents: {
      domestic: 'Own value added, used abroad',
      returned: 'Own value added that comes back',
      'domestic twice': 'Own, counted twice',
      foreign: 'Added by others',
      'foreign twice': 'Added by others, counted twice',
    },
    meanings: {
      domestic: 'Value the region adds itself and others use in the end.',
      returned: 'Value the region adds itself that comes back in what it imports.',
      'domestic twice': 'Value it added that trade statistics count again, as it left before.',
      foreign: 'Value others added to what the region exports.',
      'foreign twice': 'Value others added that crosses borders more than once.',
    },
    byPartner: 'By partner',
    ofPart: (part: string) => `By partner: ${part}`,
    all: 'All parts',
    failed: 'Exports cannot be taken apart here',
  },
  tables: 'In full',
};
