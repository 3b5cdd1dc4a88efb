/** The form of an analysis from its declaration: what fits, what is sent, the command line. */

import type { Analysis, Chain, Item, Parameter } from '../interface';

export type Values = Record<string, string>;

export type Fault =
  | { kind: 'missing' }
  | {
      kind: 'notNumber' | 'notWhole' | 'outside' | 'notRegion' | 'notProduct' | 'notChoice';
      text: string;
    };

const numeric = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

function faultOfNumber(parameter: Parameter, text: string): Fault | undefined {
  if (!numeric.test(text)) return { kind: 'notNumber', text };
  const value = Number(text);
  if (parameter.type === 'integer' && !/^[-+]?\d+$/.test(text)) return { kind: 'notWhole', text };
  const below = parameter.min !== null && value < parameter.min;
  const above = parameter.max !== null && value > parameter.max;
  return below || above ? { kind: 'outside', text } : undefined;
}

/** The region or product of a code or of a name in either language. */
export function itemOf(items: readonly Item[], text: string): Item | undefined {
  const wanted = text.trim().toLowerCase();
  const same = (value: string) => value !== '' && value.toLowerCase() === wanted;
  return (
    items.find(({ code }) => code === text.trim()) ??
    items.find(({ code, name, name_zh }) => same(code) || same(name) || same(name_zh))
  );
}

/** What is wrong with a value, or undefined. Regions and products are looked up in the chain. */
export function faultOf(parameter: Parameter, text: string, chain?: Chain): Fault | undefined {
  const value = text.trim();
  if (value === '') return parameter.required ? { kind: 'missing' } : undefined;
  switch (parameter.type) {
    case 'integer':
    case 'number':
      return faultOfNumber(parameter, value);
    case 'choice':
      return parameter.choices.includes(value) ? undefined : { kind: 'notChoice', text: value };
    case 'region':
      return chain && !itemOf(chain.regions, value)
        ? { kind: 'notRegion', text: value }
        : undefined;
    case 'product':
      return chain && !itemOf(chain.products, value)
        ? { kind: 'notProduct', text: value }
        : undefined;
    default:
      return undefined;
  }
}

export function faults(analysis: Analysis, values: Values, chain?: Chain): Record<string, Fault> {
  const found: Record<string, Fault> = {};
  for (const parameter of analysis.parameters) {
    const fault = faultOf(parameter, values[parameter.name] ?? '', chain);
    if (fault) found[parameter.name] = fault;
  }
  return found;
}

/** What is sent: values other than the default, names of regions and products as their codes. */
export function sent(analysis: Analysis, values: Values, chain?: Chain): Values {
  const result: Values = {};
  for (const { name, type, default: usual } of analysis.parameters) {
    const text = type === 'file' ? (values[name] ?? '') : (values[name] ?? '').trim();
    if (text === '' || text === usual) continue;
    const items = type === 'region' ? chain?.regions : type === 'product' ? chain?.products : [];
    result[name] = itemOf(items ?? [], text)?.code ?? text;
  }
  return result;
}

/** Quoted for a shell where needed. */
export function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The same question on the command line; a file is named, an on/off switch stands alone. */
export function commandLine(analysis: Analysis, chain: string, values: Values): string {
  const parts = ['stave', analysis.name, quoted(chain)];
  for (const { name, type } of analysis.parameters) {
    const text = values[name] ?? '';
    if (text === '') continue;
    if (type === 'file') parts.push(`--${name}`, `${name}.csv`);
    else if (type === 'on/off') parts.push(...(text === 'on' ? [`--${name}`] : []));
    else parts.push(`--${name}`, quoted(text));
  }
  return parts.join(' ');
}

/** The parameter a refusal speaks of, by its name or by the value it names; '' where unknown. */
export function faultyField(analysis: Analysis, values: Values, message: string): string {
  const flag = /^--([\w-]+):/.exec(message)?.[1];
  const mine = (name: string | undefined) => analysis.parameters.some((p) => p.name === name);
  if (flag !== undefined && mine(flag)) return flag;
  for (const { name, type } of analysis.parameters) {
    if (message.includes(`needs '${name}'`)) return name;
    if (type === 'file' && new RegExp(`(^|\\W)${name}\\.csv\\b`).test(message)) return name;
  }
  const value = /'([^']+)'/.exec(message)?.[1];
  const kind = /^(region|product|node)\b/.exec(message)?.[1];
  const named = analysis.parameters.filter(
    ({ name, type }) => value !== undefined && values[name] === value && (!kind || type === kind),
  );
  return named[0]?.name ?? '';
}

/** What the chain lacks of an analysis' needs, as far as its summary says. */
export function lacking(
  needs: readonly string[],
  chain: { regions: number; flows: number; stressors: number },
): string[] {
  const has: Record<string, boolean> = {
    regions: chain.regions > 1,
    flows: chain.flows > 0,
    stressors: chain.stressors > 0,
  };
  return needs.filter((need) => has[need] === false);
}
