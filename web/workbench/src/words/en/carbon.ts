/** Carbon: who produces, who causes, what is embodied in trade, what stands behind a sector. */
export const carbon = {
  title: (chain: string) => `Carbon: ${chain}`,
  heading: 'Who produces emissions, and whose use causes them?',
  asking: 'Computed',
  counted: 'Counted',
  together: (set: string) => `CO2-equivalent, ${set}`,
  region: 'Final use of',
  everyone: 'all regions',
  sector: 'Of the product',
  everything: 'everything',
  none: {
    heading: 'This chain holds no emissions',
    what: 'Footprints need what each maker gives off: a stressor such as CO2, with its unit, for every maker.',
    how: 'A csv with the columns stressor, region, product, value and unit is joined to the chain by',
    also: 'Without it, the page Product still reckons footprints from inventories of processes.',
    product: 'Product',
  },
  map: {
    heading: 'Consumption against production',
    way: 'Difference',
    ways: {
      total: 'in all',
      share: '% of production',
      head: 'per head',
      value_added: 'per value added',
    },
    importer: 'causes more',
    exporter: 'produces more',
    even: 'about even',
    unknown: 'not known',
    produced: 'Production account',
    caused: 'Consumption account',
    difference: 'Consumption less production',
    both: (produced: string, caused: string) => `produces ${produced}, causes ${caused}`,
    perHead: 'Per head is not known: the chain has no population of its regions.',
    arcs: (region: string) => `Arcs: what occurs elsewhere for the final use of ${region}.`,
    from: (region: string) => `From ${region}`,
    list: 'Net importers and exporters',
    terms: {
      production: {
        name: 'Production account',
        meaning: 'What is given off in a region, whoever uses the products.',
      },
      consumption: {
        name: 'Consumption account',
        meaning: 'What a region’s final use causes anywhere, through all suppliers.',
      },
    },
  },
  flows: {
    heading: 'Embodied in trade',
    figure: 'From where it occurs to whose final use causes it',
    of: (region: string) => `Into and out of ${region}`,
    caption:
      'Left: where it occurs; right: whose final use causes it. What stays at home is not trade.',
    look: 'Drawn as',
    looks: { sankey: 'flows', matrix: 'matrix' },
    others: (count: string) => `${count} other regions`,
    none: 'One region alone trades with nobody.',
    sum: (amount: string, share: string) =>
      `${amount} is embodied in this trade, ${share} of all that is produced.`,
  },
  sectors: {
    heading: (region: string) => `Sectors of ${region}`,
    figure: 'Own emissions and footprint',
    caption:
      'From what the sector gives off itself to what final use of its product causes anywhere. Sums: the accounts of the region.',
    place: 'Region',
    factors: 'Factors per unit of money',
    factorsHint:
      'Multiply what was spent on a sector by its total. Copy the rows shown as CSV, or take them all.',
    terms: {
      direct: { name: 'Direct', meaning: 'Given off in the sector itself, a unit of its output.' },
      upstream: { name: 'Upstream', meaning: 'At all its suppliers, through all tiers.' },
    },
  },
  behind: {
    heading: 'What stands behind',
    paths: 'By path',
    threshold: 'Paths of at least',
  },
  tables: 'In full',
};
