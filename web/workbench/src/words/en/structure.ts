/** Structure: what holds the chain together, and by which paths it works. */
export const structure = {
  title: (chain: string) => `Structure: ${chain}`,
  heading: 'What holds the chain together?',
  region: 'Region',
  all: 'All regions',
  asking: 'Computed',
  tables: 'In full',
  linkages: {
    heading: 'Who pulls, who carries',
    figure: 'Linkages',
    caption:
      'Right: buys more in the chain than the average maker; up: sells more to makers. Sizes are output; the largest makers are drawn.',
    quadrants: {
      key: 'pull and carry',
      backward: 'pull',
      forward: 'carry',
      weak: 'neither',
    },
    counted: (count: string, what: string) => `${count} ${what}`,
    terms: {
      backward: {
        name: 'Backward linkage',
        meaning:
          'What all makers produce for a unit of its final use; as an index, against the average maker.',
      },
      forward: {
        name: 'Forward linkage',
        meaning:
          'What all makers sell for a unit of its primary inputs; as an index, against the average maker.',
      },
    },
  },
  extraction: {
    heading: 'What is lost without it',
    what: 'Thought away',
    parts: {
      extraction: 'makers',
      extraction_regions: 'regions',
      extraction_products: 'products',
    },
    kind: 'How',
    kinds: {
      lost: {
        name: 'entirely',
        meaning: 'It neither makes, buys nor is used; its own output counts.',
      },
      others: {
        name: 'entirely, others’ loss',
        meaning: 'The same, without what it makes itself.',
      },
      backward: {
        name: 'its purchases',
        meaning: 'It buys nothing in the chain: its suppliers lose.',
      },
      forward: {
        name: 'its sales, not needed',
        meaning: 'It sells to no maker, and they need none of it.',
      },
      supply: {
        name: 'its sales, missing',
        meaning: 'It sells to no maker, and they go short (Ghosh).',
      },
      isolated: { name: 'its trade', meaning: 'It trades with itself and final use alone.' },
    },
    bar: 'The bar: output lost in the whole chain. Nobody steps in: what hangs on it, not a forecast.',
    ofAll: (share: string) => `${share} of all output`,
    term: {
      name: 'Hypothetical extraction',
      meaning: 'The table is solved again without a part of it; the difference hangs on that part.',
    },
  },
  paths: {
    heading: 'By which paths',
    intro: 'Behind a final use stand chains of makers. Open a maker to see who stands behind it.',
    to: 'Final use of',
    from: 'What occurs in',
    anywhere: 'everywhere',
    everyone: 'everyone',
    stressor: 'Followed',
    valueAdded: 'value added',
    threshold: 'Paths of at least',
    listed: (paths: string, share: string) => `${paths} paths listed carry ${share}`,
    remainder: 'All smaller paths together',
    own: (amount: string) => `${amount} in itself`,
    behind: (count: string) => `${count} behind it`,
    total: (amount: string) => `The footprint: ${amount}.`,
    terms: {
      path: {
        name: 'Structural path',
        meaning:
          'From where something occurs through makers to a final product, with what it carries.',
      },
      remainder: {
        name: 'Remainder',
        meaning:
          'Everything on smaller paths. Paths listed and remainder sum to the footprint exactly.',
      },
    },
  },
};
