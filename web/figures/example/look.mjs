/**
 * Pictures of the example page, for the eye: wide and narrow, light and dark, and as printed.
 *
 *   node figures/example/look.mjs [FOLDER]
 */
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { browserOptions } from '../test/browser.mjs';

const folder = process.argv[2] ?? '/tmp/stave-look';
mkdirSync(folder, { recursive: true });
const address = new URL('report.html', import.meta.url).href;
const browser = await chromium.launch(browserOptions);
for (const width of [1440, 420]) {
  for (const colorScheme of ['light', 'dark']) {
    const page = await browser.newPage({ viewport: { width, height: 1000 }, colorScheme });
    await page.goto(address);
    await page.screenshot({ path: `${folder}/${width}-${colorScheme}.png`, fullPage: true });
    if (width === 1440 && colorScheme === 'light') {
      await page.pdf({ path: `${folder}/print.pdf`, preferCSSPageSize: true });
    }
    await page.close();
  }
}
await browser.close();
