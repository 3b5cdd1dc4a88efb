/** Overview in a real bed.browser. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { english, eventually, inBrowser } from './server';

const world = '/chains/world-2011';

inBrowser('overview', (bed) => {
  const address = (page: Page) => {
    const { pathname, search } = new URL(page.url());
    return pathname + search;
  };

  test('says where China is stuck; a number leads to its row, a name to the chain map', async () => {
    const { page, wrong } = await bed.open(world, english);
    const findings = page.locator('.findings');
    await findings.waitFor();
    await eventually(() => findings.innerText()).toMatch(
      /Without Rest of the world: Mining and quarrying, China would lose 0\.49/,
    );
    const list = page.getByRole('list', { name: 'Choke points' });
    await list.getByText('Rest of the world: Mining and quarrying').waitFor();
    await findings.getByRole('link', { name: /^0\.49/ }).click();
    await eventually(() => new URL(page.url()).hash).toBe('#choke-1');
    await findings
      .getByRole('link', { name: 'Rest of the world: Mining and quarrying' })
      .first()
      .click();
    await page.waitForURL(/\/map\?node=ROW\.c2$/);
    await page.getByRole('heading', { level: 1, name: /Mining and quarrying/ }).waitFor();
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('asks of another region, and keeps it in the address', async () => {
    const { page, wrong } = await bed.open(`${world}?region=DEU`, english);
    await page.locator('.findings').waitFor();
    expect(await page.title()).toContain('Germany');
    await page.getByLabel('Region').selectOption('JPN');
    await eventually(() => page.title()).toContain('Japan');
    await eventually(() => page.locator('.findings').innerText()).toContain('Japan would lose');
    expect(address(page)).toBe(`${world}?region=JPN`);
    const link = await page.getByRole('link', { name: 'Whole report' }).getAttribute('href');
    expect(link).toMatch(/^\/runs\/\d+$/);
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('speaks Chinese, names from the data too', async () => {
    const { page, wrong } = await bed.open(world, english);
    await page.locator('.findings').waitFor();
    await page.getByRole('button', { name: '中文' }).click();
    await eventually(() => page.locator('.findings').innerText()).toMatch(
      /若世界其他地区：采矿业断供，即使他人补位，中国仍将损失增加值的/,
    );
    expect(await page.locator('.findings').innerText()).not.toMatch(/[a-z]{4,}/i);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('of a table with one region outside says how to read it', async () => {
    const { page, wrong } = await bed.open('/chains/china-2020', english);
    await page.locator('.findings').waitFor();
    await eventually(() => page.locator('.findings').innerText()).toContain(
      'Rest of the world is the only region outside',
    );
    expect(wrong).toEqual([]);
    await page.close();
  });
});
