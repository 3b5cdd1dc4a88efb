/**
 * Pictures of the pages, to be looked at: in build/picture, or in the folder that PICTURES names.
 * `PICTURES=../docs/picture` makes the README's.
 */
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missing, open, serve, startBrowser, type Served } from './server';

if (missing) console.warn(`skipped: ${missing}`);

const folder =
  process.env['PICTURES'] ?? fileURLToPath(new URL('../../../build/picture', import.meta.url));
const overview = { name: 'workbench', path: '/chains/world-2011?region=CHN', shown: '.findings' };
const map = {
  name: 'map',
  path: '/chains/nev/map?product=cell_nmc&region=CHN',
  shown: '.picture svg',
};

describe.skipIf(missing !== undefined)('a picture', () => {
  let served: Served;
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    [served, browser] = await Promise.all([serve(), startBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  test.each([
    { ...overview, width: 1440 },
    { ...overview, width: 420 },
    { ...map, width: 1440 },
    { ...map, width: 420 },
  ])('of $name at $width px', async ({ name, path, shown, width }) => {
    const viewport = { width, height: 900 };
    const { page, wrong } = await open(browser, served, path, { viewport, locale: 'en-GB' });
    await page.locator(shown).first().waitFor();
    await page.evaluate(() => document.fonts.ready);
    const file = join(folder, width === 1440 ? `${name}.png` : `${name}-${width}.png`);
    await page.screenshot({ path: file });
    expect(wrong).toEqual([]);
    expect(statSync(file).size).toBeGreaterThan(20_000); // an empty page is a fifth of that
    await page.close();
  });
});
