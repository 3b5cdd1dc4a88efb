/**
 * Every word of the page and its charts, in one place. A second language is a second object of
 * this type; numbers, dates and names from the data do not pass through here.
 */

import { scaleUnit } from './number';

/** A name in the middle of a sentence: "Direct" -> "direct", but "FPEM" stays. */
function inSentence(name: string): string {
  return /^.[A-Z]/.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1);
}

export const english = {
  language: 'en',
  brand: 'Stave',
  findings: 'Findings',
  contents: 'Contents',
  tables: 'Tables',
  provenance: 'Where this comes from',
  balances: 'Balances',
  notes: 'Notes',
  tones: { plain: '', good: 'Good', warning: 'Warning', alarm: 'Alarm' },
  verdictNo: 'Verdict: no. The analysis itself says that something is not in order.',
  noScript: 'The charts of this page are drawn by a script inside it. Please allow scripts.',
  unreadable: 'The report inside this page cannot be read.',
  skip: 'Skip to the findings',

  theme: 'Colours',
  themes: { auto: 'as the system', light: 'light', dark: 'dark' },
  print: 'Print',

  chart: 'Chart',
  chartHelp: 'Use the arrow keys to read the values one by one.',
  cannotDraw: (why: string) => `This chart cannot be drawn: ${why}.`,
  nothingToDraw: 'There is nothing to draw: the table is empty.',
  saveSvg: 'Save as SVG',
  savePng: 'Save as PNG',
  shown: (shown: string, all: string) => `${shown} of ${all} shown.`,
  left: (count: string) => `${count} more not shown`,
  other: 'Other',
  noData: 'no data',
  dotNoData: 'A dot: no data.',
  upTo: (name: string) => `up to: ${name}`,
  range: (low: string, high: string) => `${low} – ${high}`,
  logScale: 'log scale',
  size: (name: string) => `Area: ${name}`,
  against: (from: string, to: string) => `${from} against ${inSentence(to)}`,
  rowsAndColumns: (row: string, column: string) =>
    `Rows: ${inSentence(row)}. Columns: ${inSentence(column)}.`,
  tiers: {
    names: {
      '-2': 'Suppliers of suppliers',
      '-1': 'Suppliers',
      '0': 'The product',
      '1': 'Customers',
      '2': 'Customers of customers',
    } as Record<string, string>,
    other: (tier: string) => `Tier ${tier}`,
    rest: 'All others of a tier',
    marks: {
      stuck: 'stuck link: from a choke point',
      broken: 'broken link: losing this supplier alone stops the customer',
      both: 'stuck and broken',
    } as Record<string, string>,
    share: 'Share of the tier',
    linkShare: 'Share of the links of the tier',
    link: 'Link',
    region: 'Region',
    to: (supplier: string, customer: string) => `${supplier} → ${customer}`,
  },
  sankey: {
    own: 'given off in it itself',
    gathered: 'flows not drawn, added up',
    loop: 'a loop, cut here',
    share: 'Share of the whole',
    into: 'Comes in',
    outOf: 'Goes out',
    to: (from: string, to: string) => `${from} → ${to}`,
    /** Both add up to 100 %. */
    made: (drawn: string, rest: string) =>
      `Of the whole, ${drawn} is given off by those drawn, ${rest} by those added up.`,
    cut: (loops: string) => `Cut where a loop closes: ${loops}.`,
    folded: (count: string) =>
      `${count} more columns on the left are added up: there is no room for them.`,
    negative: (count: string) => `${count} flows below zero are not drawn.`,
  },
  source: (chain: string, version: string) => `Stave ${version}, ${chain}`,

  table: (title: string, rows: string) => `${title} (${rows})`,
  rows: (count: number, text: string) => (count === 1 ? '1 row' : `${text} rows`),
  emptyTable: 'No rows.',
  sameTable: (title: string) => `The numbers are in the table “${title}”.`,
  copyCsv: 'Copy as CSV',
  saveCsv: 'Download CSV',
  copied: 'Copied',
  notCopied: 'Copying was refused; use the download instead',
  filter: 'Find in table',
  meanings: 'What the columns mean',
  found: (count: string) => `${count} found`,
  more: (count: string) => `Show ${count} more`,
  all: (count: string) => `Show all ${count}`,
  printed: (shown: string, all: string) => `First ${shown} of ${all} rows printed.`,
  sortBy: (name: string) => `Sort by ${name}`,

  balance: 'Balance',
  relative: 'Misses by (relative)',
  tolerance: 'Tolerance',
  held: 'Held',
  holds: 'yes',
  fails: 'no',
  stated: 'stated',
  fields: {
    analysis: 'Analysis',
    chain: 'Chain',
    year: 'Year',
    unit: 'Unit of flows',
    source: 'Source',
    licence: 'Licence',
    version: 'Stave version',
    parameters: 'Parameters',
  },
  /** The unit a chart's values are read in: large sums in a larger one. */
  scale: scaleUnit,
  /** Names of columns that are not simply their words. */
  names: {} as Record<string, string>,
  lookThrough: 'look-through',
  /** Words of a column's name that are not simply lower case. */
  acronyms: {
    co2: 'CO₂',
    ch4: 'CH₄',
    n2o: 'N₂O',
    ghg: 'GHG',
    gdp: 'GDP',
    fpem: 'FPEM',
    hhi: 'HHI',
    cdi1: 'CDI1',
    cdi2: 'CDI2',
    cdi3: 'CDI3',
    usd: 'USD',
    eur: 'EUR',
    cny: 'CNY',
    id: 'ID',
  } as Record<string, string>,
};

export type Words = typeof english;

/** "value_added_at_risk" -> "Value added at risk". */
export function humanName(name: string, words: Words): string {
  const known = words.names[name];
  if (known !== undefined) return known;
  const parts = name.split(/[_\s]+/).filter((part) => part !== '');
  const plain = parts.map((part) => words.acronyms[part.toLowerCase()] ?? part).join(' ');
  const text = plain.replace(/look through/gi, words.lookThrough);
  return text.charAt(0).toUpperCase() + text.slice(1);
}
