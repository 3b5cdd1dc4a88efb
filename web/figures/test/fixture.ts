import type { Column, Figure, Report, Table } from '../src/report';
import { estimate } from '../src/text';
import { english } from '../src/words';

export const text = (name: string, values: (string | null)[]): Column => ({
  name,
  type: 'text',
  unit: '',
  meaning: '',
  values,
});

export const real = (name: string, unit: string, values: (number | null)[]): Column => ({
  name,
  type: 'real',
  unit,
  meaning: '',
  values,
});

export const table = (...columns: Column[]): Table => ({ name: 't', title: 'T', columns });

export const figure = (kind: string, columns: Record<string, string>, most = 0): Figure => ({
  kind,
  table: 't',
  title: 'A figure',
  caption: '',
  columns,
  most,
});

export const space = (width: number) => ({ width, measure: estimate, words: english });

export const report = (tables: Table[], figures: Figure[]): Report => ({
  analysis: 'exposure',
  title: 'Exposure',
  question: 'What would stop us?',
  verdict: true,
  findings: [{ text: 'One finding.', tone: 'alarm' }],
  tables,
  figures,
  provenance: {
    chain: 'c',
    title: 'Chain',
    year: 2011,
    unit: 'million USD',
    source: 'Someone',
    licence: 'Apache-2.0',
    version: '0.1.0',
    parameters: {},
    residuals: [],
    notes: [],
  },
});
