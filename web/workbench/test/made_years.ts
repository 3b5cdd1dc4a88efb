/** A small world in two years, made up and imported: three regions, three products. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program } from './server';

const regions = ['CHN', 'USA', 'DEU'];
const products = ['ore', 'parts', 'chips'];
const makers = regions.flatMap((region) => products.map((product) => `${region}.${product}`));

const description = (year: number) => `name = "made-${year}"
title = "Made-up world ${year}"
year = ${year}
unit = "million USD"
currency = "USD"
classification = "Made up"
[rows]
separator = "."
[columns]
separator = "."
[[final_use]]
column = "hh"
category = "households"
`;

/** Numbers that only need to differ: later years sell more chips of China. */
function table(later: boolean): string {
  const heads = [...makers, ...regions.map((region) => `${region}.hh`)];
  const rows = makers.map((maker, i) => {
    const own = later && maker === 'CHN.chips' ? 3 : 1;
    const flows = makers.map((_, j) => ((7 * i + 11 * j) % 13) * own * 0.5 + 1);
    const uses = regions.map((_, k) => 40 + ((5 * i + 3 * k) % 17) * own);
    return [maker, ...flows, ...uses].join(',');
  });
  return [['row', ...heads].join(','), ...rows].join('\n') + '\n';
}

/** Puts made-1995 and made-2011 into a folder of chains. */
export function makeYears(folder: string): void {
  const place = mkdtempSync(join(tmpdir(), 'stave-years-'));
  try {
    for (const year of [1995, 2011]) {
      const [csv, toml] = [join(place, `t${year}.csv`), join(place, `t${year}.toml`)];
      writeFileSync(csv, table(year > 2000));
      writeFileSync(toml, description(year));
      const to = join(folder, `made-${year}.stave`);
      execFileSync(program, ['import', csv, '--description', toml, '-o', to], { stdio: 'ignore' });
    }
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
