/** How a run is called: as the user named it, else by what it asks. */

import type { Run } from '../interface';

export function runName(run: Run, question: string, shown: (text: string) => string): string {
  if (run.name !== undefined && run.name !== '') return run.name;
  const about = ['region', 'target', 'product', 'node']
    .map((name) => run.parameters[name] ?? '')
    .filter((value) => value !== '')
    .map(shown);
  return [question, ...about].join(' · ');
}

/** Parameters other than those in the name, short: "top 5, market off". */
export function runDetails(run: Run, nameOf: (name: string) => string): string {
  return Object.entries(run.parameters)
    .filter(([, value]) => value !== '' && !value.includes('\n'))
    .map(([name, value]) => `${nameOf(name)} ${value}`)
    .join(', ');
}
