/** The page of structure in a real browser: quadrants, extraction, the tree of paths. */
import { expect, test } from 'vitest';
import { english, eventually, inBrowser, looksSound, panel, query } from './server';

const world = '/chains/world-2011/structure';

inBrowser('structure', (bed) => {
  test('who pulls and carries, by region; what is lost without each', async () => {
    const { page, wrong } = await bed.open(world, english);
    await panel(page, 'Who pulls, who carries').getByText('225 pull and carry').waitFor();
    const lost = panel(page, 'What is lost without it');
    await lost.getByText('China: Construction').waitFor();
    await lost.getByText('regions', { exact: true }).click();
    await eventually(() => query(page, 'without')).toBe('extraction_regions');
    await lost.getByRole('list').locator('li').first().getByText('United States').waitFor();
    await page.locator('.head select').selectOption('CHN');
    await eventually(() => query(page, 'region')).toBe('CHN');
    await eventually(() => panel(page, 'Who pulls, who carries').getByText('225').count()).toBe(0);
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('paths open maker by maker; the rest is one remainder', async () => {
    const { page, wrong } = await bed.open(`${world}?stressor=CO2`, english);
    const paths = panel(page, 'By which paths');
    await paths.getByText('All smaller paths together').waitFor();
    const root = paths.getByRole('button', { name: 'China: Construction' }).first();
    await root.click();
    expect(await root.getAttribute('aria-expanded')).toBe('true');
    await paths.getByText('China: Other non-metallic minerals').first().waitFor();
    await paths.getByLabel('Paths of at least').selectOption('0.01');
    await eventually(() => query(page, 'threshold')).toBe('0.01');
    await paths.getByText('7 paths listed carry').waitFor();
    expect(wrong).toEqual([]);
    await page.close();
  });

  looksSound(bed, 'structure', world, async (page) => {
    await page.locator('div.rest').waitFor();
    await page.locator('.chart svg').first().waitFor();
  });
});
