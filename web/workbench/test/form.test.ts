import { describe, expect, test } from 'vitest';
import type { Analysis, Chain, Parameter } from '../src/interface';
import { commandLine, faultOf, faults, faultyField, itemOf, lacking, sent } from '../src/part/form';

const parameter = (name: string, type: string, more: Partial<Parameter> = {}): Parameter => ({
  name,
  type,
  summary: '',
  default: '',
  unit: '',
  min: null,
  max: null,
  choices: [],
  required: false,
  ...more,
});
const exposure = {
  name: 'exposure',
  parameters: [
    parameter('region', 'region', { required: true }),
    parameter('top', 'integer', { default: '20', min: 1, max: 100 }),
    parameter('eps', 'number', { default: '1e-6', min: 1e-12, max: 0.1 }),
    parameter('market', 'choice', { default: 'on', choices: ['on', 'off'] }),
    parameter('all', 'on/off', { default: 'off' }),
    parameter('shock', 'file'),
  ],
} as unknown as Analysis;
const chain = {
  regions: [{ code: 'CHN', name: 'China', name_zh: '中国', part_of: '' }],
  products: [],
} as unknown as Chain;
const of = (name: string) => exposure.parameters.find((p) => p.name === name)!;

describe('what is checked before it is sent', () => {
  test.each([
    ['region', '', 'missing'],
    ['region', 'XXX', 'notRegion'],
    ['region', '中国', undefined],
    ['region', 'china', undefined],
    ['top', '0', 'outside'],
    ['top', '101', 'outside'],
    ['top', '2.5', 'notWhole'],
    ['top', 'many', 'notNumber'],
    ['top', '', undefined],
    ['eps', '1e-6', undefined],
    ['eps', '1e-13', 'outside'],
    ['market', 'perhaps', 'notChoice'],
  ])('%s = "%s": %s', (name, text, kind) =>
    expect(faultOf(of(name), text, chain)?.kind).toBe(kind),
  );

  test('all of a form', () => {
    expect(Object.keys(faults(exposure, { top: 'x' }, chain))).toEqual(['region', 'top']);
    expect(faults(exposure, { region: 'CHN' }, chain)).toEqual({});
  });
});

test('defaults are not sent, names become codes, a file keeps its lines', () => {
  const values = { region: '中国', top: '20', eps: ' 1e-3 ', shock: 'node,share\nA,1\n' };
  expect(sent(exposure, values, chain)).toEqual({
    region: 'CHN',
    eps: '1e-3',
    shock: 'node,share\nA,1\n',
  });
});

test('an item is found by code before name, in either language', () => {
  expect(itemOf(chain.regions, 'chn')?.code).toBe('CHN');
  expect(itemOf(chain.regions, '中国')?.code).toBe('CHN');
  expect(itemOf(chain.regions, '')).toBeUndefined();
});

test('the command line quotes what a shell would break', () => {
  const values = { region: "Côte d'Ivoire", all: 'on', shock: 'x' };
  expect(commandLine(exposure, 'my chain', values)).toBe(
    `stave exposure 'my chain' --region 'Côte d'\\''Ivoire' --all --shock shock.csv`,
  );
  expect(commandLine(exposure, 'world-2011', { region: 'CHN', top: '5' })).toBe(
    'stave exposure world-2011 --region CHN --top 5',
  );
});

describe('the field a refusal speaks of', () => {
  const values = { region: 'XXX', top: '0' };
  test.each([
    ["--top: '0' is not a whole number from 1 to 100", 'top'],
    ["region 'XXX' is not in this chain", 'region'],
    ["'exposure' needs 'region'", 'region'],
    ["shock.csv:2: column 'share': '2' is not a share", 'shock'],
    ['the chain does not balance', ''],
  ])('%s: %s', (message, name) => expect(faultyField(exposure, values, message)).toBe(name));
});

test('an analysis says what the chain lacks', () => {
  const summary = { regions: 1, flows: 9, stressors: 0 };
  expect(lacking(['regions', 'flows', 'stressors'], summary)).toEqual(['regions', 'stressors']);
});
