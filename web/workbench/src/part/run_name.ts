/** How a run is called: as the user named it, else by what it asks. */

import type { Run } from '../interface';

const inName = ['region', 'target', 'product', 'node'];

export function runName(run: Run, question: string, shown: (text: string) => string): string {
  if (run.name !== undefined && run.name !== '') return run.name;
  const about = inName
    .map((name) => run.parameters[name] ?? '')
    .filter((value) => value !== '')
    .map(shown);
  return [question, ...about].join(' · ');
}

/** Parameters that the name does not say, short: "top 5, market off". */
export function runDetails(run: Run, nameOf: (name: string) => string): string {
  const named = run.name !== undefined && run.name !== '';
  return Object.entries(run.parameters)
    .filter(
      ([name, value]) => value !== '' && !value.includes('\n') && (named || !inName.includes(name)),
    )
    .map(([name, value]) => `${nameOf(name)} ${value}`)
    .join(', ');
}
