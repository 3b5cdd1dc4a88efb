/**
 * Writes the example report as example.json, and as report.html in the page that was built.
 *
 *   npm run build && npm run example
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { example } from './report.mjs';

const here = (name) => new URL(name, import.meta.url);

const json = JSON.stringify(example, null, 1);
writeFileSync(here('example.json'), json + '\n');
const page = readFileSync(here('../dist/page.html'), 'utf8');
const filled = page
  .replace('<!--stave:title-->', () => example.title)
  .replace('<!--stave:report-->', () => json.replaceAll('<', '\\u003c'));
writeFileSync(here('report.html'), filled);
