/** The page of carbon in a real browser: map, flows, sectors, factors, what stands behind. */
import { beforeAll, expect, test } from 'vitest';
import { makeYears } from './made_years';
import { english, eventually, inBrowser, looksSound, panel, query } from './server';

const world = '/chains/world-2011/carbon';

inBrowser('carbon', (bed) => {
  beforeAll(() => {
    makeYears(bed.served.folder); // without emissions;
  });

  test('regions on the map and ranked; another way of counting; a region by a click', async () => {
    const { page, wrong } = await bed.open(world, english);
    const balance = panel(page, 'Consumption against production');
    const china = balance.locator('[data-spot="region/CHN"]').first();
    await china.waitFor();
    expect(await china.getAttribute('aria-label')).toContain('−1,639');
    const first = balance.getByRole('list').locator('li').first();
    expect(await first.innerText()).toContain('China');
    await balance.getByText('Per head is not known').waitFor();
    await balance.getByRole('button', { name: 'United States', exact: true }).click();
    await eventually(() => query(page, 'region')).toBe('USA');
    await page.getByText('The final use of United States causes').waitFor();
    await balance.locator('[data-tied]').first().waitFor({ state: 'attached' });
    await balance.getByText('% of production', { exact: true }).click();
    await eventually(() => query(page, 'way')).toBe('share');
    await eventually(() => first.innerText()).toContain('%');
    await page.getByText(/% of the CO2 is estimated/).waitFor();
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('flows embodied in trade add up, as flows or as a matrix', async () => {
    const { page, wrong } = await bed.open(`${world}?region=DEU`, english);
    const flows = panel(page, 'Embodied in trade');
    await flows.locator('[data-flow="link"]').first().waitFor({ state: 'attached' });
    const share = async (side: string) => {
      const bars = await flows
        .locator(`[data-node^="${side}/"]`)
        .evaluateAll((found) => found.map((bar) => Number(bar.getAttribute('height'))));
      return bars.reduce((sum, height) => sum + height, 0);
    };
    expect(Math.abs((await share('from')) - (await share('to')))).toBeLessThan(3);
    await flows.getByText('matrix', { exact: true }).click();
    await eventually(() => query(page, 'flows')).toBe('matrix');
    await eventually(() => flows.locator('[data-flow="link"]').count()).toBe(0);
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('sectors of a region with factors to copy; tiers and paths with a remainder', async () => {
    const { page, wrong } = await bed.open(`${world}?region=DEU&sector=c15&place=CHN`, english);
    await page.getByText("What 'Transport equipment' of Germany sells").waitFor();
    const sectors = panel(page, 'Sectors of China');
    await sectors.getByRole('row', { name: /China: Mining and quarrying/ }).waitFor();
    expect(await sectors.getByRole('row', { name: /Germany/ }).count()).toBe(0);
    await sectors.getByRole('button', { name: 'Copy as CSV' }).waitFor();
    const csv = await sectors.getByRole('link', { name: /CSV/ }).getAttribute('href');
    const factors = await (await fetch(bed.served.base + csv!)).text();
    expect(factors.split('\n')[0]).toContain('direct');
    expect(factors.trim().split('\n')).toHaveLength(736);
    await sectors.getByRole('combobox', { name: 'Region' }).selectOption('JPN');
    await panel(page, 'Sectors of Japan').waitFor();
    const behind = panel(page, 'What stands behind');
    await behind.getByText('All smaller paths together').waitFor();
    await behind.getByLabel('Paths of at least').selectOption('0.01');
    await eventually(() => query(page, 'threshold')).toBe('0.01');
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('a chain without emissions says what it would need', async () => {
    const { page, wrong } = await bed.open('/chains/made-2011/carbon', english);
    await page.getByText('stave import made-2011 --stressors FILE.csv').waitFor();
    await panel(page, 'This chain holds no emissions')
      .getByRole('link', { name: 'Product' })
      .click();
    await eventually(() => new URL(page.url()).pathname).toBe('/chains/made-2011/product');
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('a chain of two regions has no map, but accounts, sectors and paths', async () => {
    const { page, wrong } = await bed.open('/chains/china-2020/carbon', english);
    await panel(page, 'Sectors of China').locator('.chart svg').waitFor();
    await panel(page, 'Consumption against production').getByText('Rest of the world').waitFor();
    expect(await page.locator('.picture').count()).toBe(0);
    expect(wrong).toEqual([]);
    await page.close();
  });

  looksSound(bed, 'carbon', `${world}?region=CHN`, async (page) => {
    await page.locator('div.rest').waitFor();
    await page.locator('[data-flow="link"]').first().waitFor({ state: 'attached' });
    await page.locator('[data-spot]').first().waitFor();
  });
});
