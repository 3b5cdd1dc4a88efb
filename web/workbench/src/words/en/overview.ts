export const overview = {
  title: (region: string, chain: string) => `${region} in ${chain}`,
  asking: (region: string) => `Finding where ${region} is stuck`,
  report: 'Whole report',
  findings: 'In short',
  chokes: 'Choke points',
  chokesWhat:
    'Sources outside the region whose loss would cost it most. Dark bar: value added lost with others stepping in; light: up to this, looking through all tiers. Below it, who supplies the product now.',
  longStaves: 'Long staves',
  longStavesWhat: 'What others depend on this region for: value added all others lose without it.',
  singles: 'Single points of failure',
  singlesWhat: 'Makers whose loss alone stops main products; the bar is their part of the output.',
  noSingles: 'None: every essential input of the main products has another supplier.',
  systemic: 'Most systemic makers',
  systemicWhat:
    'Makers of the region whose stop would cost the whole chain most of its output, round after round.',
  main: 'Main products',
  mainWhat:
    'Their part of the output, and value added lost to the choke point that costs each most.',
  tiers: 'The chain around the most stuck product',
  openMap: 'Open in the chain map',
  more: {
    choke: '{use} of the use, {hidden} hidden beyond the first tier',
    next: 'next: {next}',
    noNext: 'no other region outside supplies it',
    days: 'stocks for {days} days',
    long: 'hits {hit} hardest: {hitRisk} of its value added',
    single: 'stops {products}',
    systemic: '{region} of the region’s own output; its own part {own}',
    ownPart: 'its own part of all output {own}',
    main: '{share} of the output; worst: {worst}',
  },
  oneRegion:
    'This chain has one region: nothing comes from outside it. Choke points and long staves need two regions or more.',
  askingSystemic: 'Closing every maker in turn',
  systemicAll:
    'Makers whose stop would cost the whole chain most of its output, round after round.',
  stressFirst: 'Let the first one fail',
  letFail: 'Let it fail',
  outside: 'outside',
  own: 'own',
  say: {
    choke:
      'Without {source}, {region} would lose {low} of its value added although others step in, and up to {high} looking through all tiers.',
    chokeOne: 'Without {source}, {region} would lose {low} of its value added.',
    hidden: '{hidden} of the reliance on it is hidden beyond the first tier.',
    next: 'The next sources ({next}) hold {share} of the use.',
    noNext: 'No other region outside supplies it.',
    stuck:
      'Most stuck main product: {product}, which would lose {risk} of its value added without {source}.',
    noSingle:
      'No single loss stops any of the {count} main products ({share} of the output): each essential input has another supplier.',
    single:
      '{count} single points of failure, {outside} of them outside the region. {source} alone stops {stops} of the main products, {share} of the output.',
    systemic:
      'Most systemic: if {maker} stopped, {loss} of all output would be lost, {own} of the region’s own.',
    systemicNext: 'Next: {second} ({secondLoss}), {third} ({thirdLoss}).',
    long: 'Long stave: without {product} from {region}, all others would lose {risk} of their value added, {hit} most ({hitRisk} of its own).',
    dependant:
      '{who} relies on {region} most: {through} of all that goes into its products, {face} at face value.',
    european:
      '{count} of {tested} products exceed all three European dependency thresholds: {products}.',
    noEuropean: 'None of {tested} products exceeds all three European dependency thresholds.',
    exporter:
      '{stressor}: {region} produces {production}, its final use causes {consumption}. It exports {net} more than it imports, embodied in trade.',
    importer:
      '{stressor}: {region} produces {production}, its final use causes {consumption}. It imports {net} more than it exports, embodied in trade.',
    sound: 'The chain is sound: none of {tests} tests fails.',
    unsound: '{failed} of {tests} tests of the chain fail.',
    balance: 'Output and the sum of sales agree to {miss}.',
    worstCase:
      '{count} of {all} main products would lose half or more to their worst choke point: their order says little. Read these losses as a worst case.',
    onlyOne:
      '{other} is the only region outside in this chain: when a source stops, nobody else outside can step in. Read values at risk as a worst case.',
  },
  list: ', ',
};
