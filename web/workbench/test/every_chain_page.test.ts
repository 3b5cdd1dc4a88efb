/** What holds for every page about a chain: accessibility, width, viewers, time. */
import { describe, expect, test } from 'vitest';
import { english, eventually, everyLook, inBrowser, looksSound, open, serve } from './server';

const world = '/chains/world-2011';
const taiwan = `${world}/stress?fail=TWN.c14:100`;

inBrowser('pages about a chain', (bed) => {
  describe('a viewer', () => {
    test('who may not start runs is given quick answers', async () => {
      const readOnly = await serve('--read-only');
      try {
        const first = await open(bed.browser, readOnly, world, english);
        await first.page.locator('.findings', { hasText: 'China would lose' }).waitFor();
        await first.page.close();
        const second = await open(bed.browser, readOnly, taiwan, english);
        await second.page.locator('.costs', { hasText: 'Output lost' }).waitFor();
        await second.page.close();
      } finally {
        await readOnly.stop();
      }
    });
  });

  describe('every page', () => {
    const pages: [string, string, string][] = [
      ['overview', `${world}?region=CHN`, '.findings'],
      ['chain map', `${world}/map?product=c9&region=CHN`, '.picture [data-spot]'],
      [
        'map by risk',
        '/chains/nev/map?product=cell_nmc&region=CHN&colour=risk',
        '.picture [data-spot]',
      ],
      ['world', `${world}/map?product=c14&region=CHN&view=world`, '.picture [data-spot]'],
      ['stress', `${world}/stress?fail=TWN.c14:100&against=KOR.c14:50&view=world`, '.three table'],
    ];
    for (const [what, path, wait] of pages)
      looksSound(
        bed,
        what,
        path,
        async (page) => {
          await page.locator(wait).first().waitFor();
          await eventually(() => page.locator('.stale').count()).toBe(0);
        },
        everyLook,
      );

    test('is there after opening with a cold cache; how soon is told', async () => {
      const warm = await bed.open(world, english);
      await warm.page.locator('.findings').waitFor();
      await warm.page.close();
      const context = await bed.browser.newContext(english);
      const page = await context.newPage();
      const begin = Date.now();
      await page.goto(bed.served.base + world, { waitUntil: 'commit' });
      await page.getByLabel('Region').waitFor();
      const ready = Date.now() - begin;
      await page.locator('.findings').waitFor();
      const taken = Date.now() - begin;
      console.info(`world chain, cold cache: to be used after ${ready} ms, findings ${taken} ms`);
      expect(taken).toBeGreaterThanOrEqual(ready); // told, not judged: machines differ
      await context.close();
    });
  });
});
