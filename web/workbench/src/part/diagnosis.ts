/** What the report of `diagnose` holds, as the overview shows it. */

import type { Report } from '../interface';
import { number, split, tableRows, text, unitOf, type Row } from './rows';

export interface Choke {
  node: string;
  source: string;
  product: string;
  low: number;
  high: number;
  money: number;
  useShare: number;
  hiddenPart: number;
  next: string;
  nextShare: number;
  days: number;
  suppliers: { region: string; share: number }[];
}

export interface LongStave {
  node: string;
  product: string;
  risk: number;
  money: number;
  useShare: number;
  hit: string;
  hitRisk: number;
}

export interface Single {
  source: string;
  outside: boolean;
  stops: number;
  share: number;
  products: string[];
}

export interface Systemic {
  node: string;
  maker: string;
  loss: number;
  regionLoss: number;
  own: number;
}

export interface MainProduct {
  product: string;
  share: number;
  risk: number;
  singles: number;
  worst: string;
}

export interface Account {
  stressor: string;
  unit: string;
  production: number;
  consumption: number;
}

export interface Diagnosis {
  chokes: Choke[];
  longStaves: LongStave[];
  singles: Single[];
  systemic: Systemic[];
  mainProducts: MainProduct[];
  /** The product the tiers are drawn around: the main product that is most stuck. */
  stuck: MainProduct | undefined;
  dependants: { region: string; lookThrough: number; faceValue: number }[];
  dependent: { product: string }[];
  tested: number;
  accounts: Account[];
  failed: number;
  tests: number;
  moneyUnit: string;
  /** Output against the sum of sales, relative. */
  balance: number;
}

function suppliersOf(report: Report): Map<string, Choke['suppliers']> {
  const found = new Map<string, Choke['suppliers']>();
  for (const row of tableRows(report, 'suppliers')) {
    const list = found.get(text(row, 'product')) ?? [];
    list.push({ region: text(row, 'region'), share: number(row, 'share') });
    found.set(text(row, 'product'), list);
  }
  return found;
}

function chokeOf(row: Row, suppliers: Map<string, Choke['suppliers']>): Choke {
  const source = text(row, 'source');
  const through = number(row, 'look_through');
  return {
    node: text(row, 'node'),
    source,
    product: split(source)[1],
    low: number(row, 'at_risk'),
    high: number(row, 'at_risk_high'),
    money: number(row, 'value_added_at_risk'),
    useShare: number(row, 'use_share'),
    hiddenPart: through > 0 ? (100 * number(row, 'hidden')) / through : NaN,
    next: text(row, 'next_sources'),
    nextShare: number(row, 'next_share'),
    days: number(row, 'days'),
    suppliers: suppliers.get(split(source)[1]) ?? [],
  };
}

function mainProducts(report: Report): MainProduct[] {
  return tableRows(report, 'main_products').map((row) => ({
    product: text(row, 'product'),
    share: number(row, 'output_share'),
    risk: number(row, 'at_risk'),
    singles: number(row, 'single_points'),
    worst: text(row, 'worst_choke_point'),
  }));
}

function stuckOf(report: Report, products: MainProduct[]): MainProduct | undefined {
  const centre = tableRows(report, 'tiers').find((row) => number(row, 'tier') === 0);
  const name = split(text(centre, 'maker'))[1];
  return products.find(({ product }) => product === name);
}

export function readDiagnosis(report: Report, region: string): Diagnosis {
  const suppliers = suppliersOf(report);
  const products = mainProducts(report);
  const european = tableRows(report, 'european_tests');
  const tests = tableRows(report, 'tests');
  const balance = report.provenance.residuals.find((r) => r.balance === 'row balance');
  return {
    chokes: tableRows(report, 'choke_points').map((row) => chokeOf(row, suppliers)),
    longStaves: tableRows(report, 'long_staves').map((row) => ({
      node: text(row, 'node'),
      product: text(row, 'product'),
      risk: number(row, 'at_risk'),
      money: number(row, 'value_added_at_risk'),
      useShare: number(row, 'use_share'),
      hit: text(row, 'most_hit'),
      hitRisk: number(row, 'most_hit_at_risk'),
    })),
    singles: tableRows(report, 'single_points').map((row) => ({
      source: text(row, 'source'),
      outside: text(row, 'where') === 'outside',
      stops: number(row, 'stops'),
      share: number(row, 'output_stopped'),
      products: text(row, 'products')
        .split('; ')
        .filter((name) => name !== ''),
    })),
    systemic: tableRows(report, 'systemic').map((row) => ({
      node: text(row, 'node'),
      maker: text(row, 'maker'),
      loss: number(row, 'esri'),
      regionLoss: number(row, 'region_loss'),
      own: number(row, 'own'),
    })),
    mainProducts: products,
    stuck: stuckOf(report, products),
    dependants: tableRows(report, 'dependants').map((row) => ({
      region: text(row, 'region'),
      lookThrough: number(row, 'look_through'),
      faceValue: number(row, 'face_value'),
    })),
    dependent: european
      .filter((row) => text(row, 'verdict') === 'dependent')
      .map((row) => ({ product: text(row, 'product') })),
    tested: european.length,
    accounts: tableRows(report, 'accounts')
      .filter((row) => text(row, 'region') === region)
      .map((row) => ({
        stressor: text(row, 'stressor'),
        unit: text(row, 'unit'),
        production: number(row, 'production'),
        consumption: number(row, 'consumption'),
      })),
    failed: tests.filter((row) => text(row, 'result') === 'fail').length,
    tests: tests.length,
    moneyUnit: unitOf(report, 'choke_points', 'value_added_at_risk'),
    balance: balance?.relative ?? NaN,
  };
}
