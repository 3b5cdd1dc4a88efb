/** Blockages in a real browser: the plan after a shock, and how long we last. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { english, eventually, everyLook, inBrowser, looksSound, query } from './server';

const car = '/chains/nev';
const chips = `${car}/blockages?scenario=chip-shortage&horizon=60`;
const last = `${car}/blockages?view=last&product=chip_lead&recovery=90`;

inBrowser('blockages', (bed) => {
  const first = (page: Page, list: string) =>
    page.getByRole('list', { name: list }).locator('li').first();

  test('the plan: what it saves, what blocks it, who gets less, what is not served', async () => {
    const { page, wrong } = await bed.open(chips, english);
    await page.getByRole('heading', { name: 'What coordination saves' }).waitFor();
    await page
      .getByText(/Planning saves/)
      .first()
      .waitFor();
    const blockage = first(page, 'Blockages, by what they are worth');
    await blockage.getByText(/one unit more is worth .* of weighted final use/).waitFor();
    await first(page, 'Who gets less').getByText('→').first().waitFor();
    await page.getByRole('heading', { name: /cannot serve, and why/ }).waitFor();
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('is asked from the form; numbers and weights are kept in the address', async () => {
    const { page, wrong } = await bed.open(`${car}/blockages`, english);
    await page.getByLabel('Product').selectOption('cell_nmc');
    await page.getByLabel('Region').selectOption('CHN');
    await page.getByRole('button', { name: 'Add all' }).click();
    await eventually(() => query(page, 'fail')).toBe('@CHN/cell_nmc:100');
    await page.getByLabel('Days planned for').fill('14');
    await page.getByLabel('What counts').selectOption('final_use');
    await eventually(() => query(page, 'weights')).toBe('final_use');
    await page.getByRole('button', { name: 'Find the plan' }).click();
    await page.getByText('over 14 days').first().waitFor();
    expect(query(page, 'horizon')).toBe('14');
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('how long we last: those that survive too short, where stock helps, to the stress', async () => {
    const { page, wrong } = await bed.open(last, english);
    const stop = first(page, 'How long each stop is survived');
    await stop.getByText(/days, 90 to recover/).waitFor();
    await stop.getByText(/of profit lost until it is back/).waitFor();
    await stop.getByRole('link', { name: /^Let it fail/ }).click();
    await page.waitForURL(/stress\?time=days&fail=/);
    await page.locator('.account', { hasText: 'value added' }).waitFor();
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('speaks Chinese, reasons and names too', async () => {
    const { page, wrong } = await bed.open(chips, { locale: 'zh-CN' });
    const blockage = first(page, '堵点，按所值金额排序');
    await blockage.waitFor();
    expect(await blockage.innerText()).toContain('每多一单位');
    const unserved = first(page, '最优方案也无法满足的需求及原因');
    expect(await unserved.innerText()).not.toMatch(/is short of|can make no more/);
    expect(wrong).toEqual([]);
    await page.close();
  });

  const listed = (page: Page) => page.locator('.panel ol li').first().waitFor();
  looksSound(bed, 'plan', chips, listed, everyLook);
  looksSound(bed, 'survival', last, listed, everyLook);
});
