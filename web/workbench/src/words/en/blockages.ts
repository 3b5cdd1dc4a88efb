/** Blockages: who gets what is left, and how long we last. */
export const blockages = {
  title: (chain: string) => `Blockages: ${chain}`,
  heading: 'Where is it blocked, and how long do we last?',
  question: 'What is asked',
  plan: 'Who gets what is left',
  last: 'How long we last',
  planIntro:
    'After a shock there is not enough of everything. The best plan is sought: who makes how much, who gets it, and what is served of final use. What holds it back most is the blockage.',
  lastIntro:
    'Each maker is stopped in turn, completely. From stocks, and from what others can make, final use is served for some time: is that as long as the maker takes to come back?',
  terms: {
    price: {
      name: 'Shadow price',
      meaning:
        'What one more unit of a capacity, or of what a link can carry, is worth to the whole chain: more of the weighted final use served. 0 where there is enough.',
    },
    blockage: {
      name: 'Blockage',
      meaning:
        'A capacity or a link that is used in full and has a shadow price. Ranked by what it is worth in money to have it back.',
    },
    proportional: {
      name: 'Proportional rationing',
      meaning:
        'Everybody gets the same share of what they normally get from each supplier, without anybody deciding. What the plan serves beyond that is what coordination saves.',
    },
    survive: {
      name: 'Time to survive',
      meaning:
        'Days for which all final use can still be served after the maker stopped; “for ever” where others and other ways make up for it.',
    },
    recover: {
      name: 'Time to recover',
      meaning: 'Days until the maker is back, as the chain says or as assumed above.',
    },
    profit: {
      name: 'Lost profit',
      meaning:
        'The least that has to be lost until the maker is back, if everybody acts for the chain.',
    },
    stock: {
      name: 'Where more stock helps',
      meaning:
        'The stock of which a day’s normal use more would lengthen the time to survive most.',
    },
  },
  run: 'Find the plan',
  runLast: 'Stop them in turn',
  planning: 'The best plan is sought',
  stopping: 'Makers are stopped in turn',
  horizon: 'Days planned for',
  weights: 'What counts',
  which: 'Makers stopped',
  largest: (n: string) => `the ${n} largest`,
  all: 'all of them',
  recovery: 'Time to recover, days, where not known',
  inventory: 'Stock of inputs, days, where not known',
  finished: 'Finished goods in stock, days',
  spare: 'Spare capacity, %',
  survived: 'How long each stop is survived',
  survivedBar: 'The bar: days survived; lighter, up to the days it takes to recover.',
  tooShort: 'too short',
  forEver: 'for ever',
  ofDays: (survives: string, recovers: string) => `${survives} days, ${recovers} to recover`,
  lostUntil: (lost: string, share: string) =>
    `${lost} of profit lost until it is back, ${share} of all`,
  helps: (where: string, what: string, days: string) =>
    `a day’s use more of ${what} at ${where}: ${days} days longer`,
  figures: 'In pictures',
  tables: 'In full',
  saves: 'What coordination saves',
  blockages: 'Blockages, by what they are worth',
  noBlockage: 'Nothing holds the plan back: all final use is served.',
  before: 'Before',
  after: 'Planned',
  served: 'What is served',
  less: 'Who gets less',
  more: 'Who makes or gets more',
  counts: {
    value_added: 'the value added behind final use',
    final_use: 'every unit of final use the same',
  },
  growth: 'What a link can carry beside its normal flow, %',
  wanted: 'Wanted',
  byPlan: 'Served by the plan',
  byProportion: 'Served by proportional rationing',
  weighted: 'As the plan counts',
  money: 'As money',
  saved: (amount: string) => `Planning saves ${amount}.`,
  allAnyway: 'Nothing is missing: everybody gets all they want, planned or not.',
  nothingSaved: 'Planning saves nothing here: as much is missing however it is shared.',
  overDays: (days: string) => `over ${days} days`,
  capacity: 'capacity',
  link: 'link',
  gain: 'The bar: what 1 % of its normal amount more would bring, over the days planned for.',
  priced: (price: string, left: string) =>
    `one unit more is worth ${price} of weighted final use; ${left} of its normal amount is left`,
  flows: 'Deliveries, before and as planned',
  fromTo: (before: string, after: string) => `${before} → ${after}`,
  noChange: 'Nobody.',
  unserved: 'What even the best plan cannot serve, and why',
  allServed: 'Everything that is wanted is served.',
  forUse: (product: string, where: string) => `${product}: ${where}`,
  servedShares: (plan: string, proportional: string) =>
    `${plan} of what is wanted is served, ${proportional} by proportional rationing`,
  aloneShare: (share: string) => `${share} if it alone counted`,
  reasons: {
    shortOf: (who: string, what: string) => `${who} is short of ${what}`,
    noMore: (who: string) => `${who} can make no more`,
    noWay: (who: string) => `no more can come from ${who}`,
    ring: (who: string) => `${who} again: they wait for each other`,
    banned: 'goods may not go there',
    nothing: 'it counts nothing',
    then: '; ',
  },
  summary: (all: string, short: string, ever: string) =>
    `Of ${all} makers stopped in turn, ${short} take longer to recover than final use can be served; ${ever} can be done without for ever.`,
  drawn: {
    plan: 'Output: by proportional rationing, and by the plan',
    planWhat:
      'Per cent of normal. Where the second point is further right, planning lets them make more.',
    survived: 'Survived, and needed to recover',
    survivedWhat:
      'Days. Where the second point is further right, the chain runs out before the maker is back.',
    lost: 'Profit lost until they are back',
  },
  stock: 'Drawn from stock',
  inStock: 'In stock',
  drawnByPlan: 'Drawn by the plan',
  drawnByProportion: 'Drawn by proportional rationing',
};
