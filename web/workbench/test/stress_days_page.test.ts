/** Stress day by day in a real bed.browser. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Run } from '../src/interface';
import {
  english,
  eventually,
  inBrowser,
  looksSound,
  narrowLooks,
  query,
  wideLooks,
} from './server';

const world = '/chains/world-2011';
const taiwan = (days = 120) => `${world}/stress?time=days&fail=TWN.c14:100&days=${days}`;

inBrowser('stress, day by day', (bed) => {
  const account = (page: Page) => page.locator('.account');

  test('the makers chosen are followed from the form; the day is moved by key and kept', async () => {
    const { page, wrong } = await bed.open(`${world}/stress`, english);
    await page.getByRole('radio', { name: 'Day by day' }).check({ force: true });
    await page.getByRole('combobox', { name: 'Add a maker: name or code' }).fill('TWN.c14');
    await page.getByRole('option', { name: /TWN\.c14/ }).click();
    await page.getByLabel('Days followed').fill('90');
    await page.getByLabel('Days in full').fill('20');
    await page.getByLabel('Days in full').press('Tab');
    await eventually(() => query(page, 'lasting')).toBe('20');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await account(page).getByText('of value added is lost').waitFor();
    const day = page.getByRole('slider', { name: 'Day' });
    await day.fill('3');
    await page.getByText('Day 3 of 89').first().waitFor();
    await day.press('ArrowRight');
    await eventually(() => query(page, 'day')).toBe('4');
    const losers = page.getByRole('list', { name: 'Who makes less on this day' });
    await losers.getByText('Electrical and optical equipment in Taiwan').waitFor();
    await day.fill('0');
    await eventually(() => losers.locator('li').count()).toBe(0);
    expect(query(page, 'time')).toBe('days');
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('plays by itself to the last day, its rule moving over the curves', async () => {
    const { page, wrong } = await bed.open(`${taiwan(20)}&day=1`, english);
    await page.getByText('Day 1 of 19').first().waitFor();
    const rule = page.locator('.stand').first();
    await rule.waitFor({ state: 'attached' });
    const before = Number(await rule.getAttribute('x1'));
    await page.getByRole('button', { name: 'Play' }).click();
    await page.getByText('Day 19 of 19').first().waitFor();
    await eventually(async () => Number(await rule.getAttribute('x1'))).toBeGreaterThan(
      before + 50,
    );
    await eventually(() => query(page, 'day')).toBe('19');
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('does not move by itself for who wants less motion', async () => {
    const options = { ...english, reducedMotion: 'reduce' as const };
    const { page, wrong } = await bed.open(`${taiwan()}&day=2`, options);
    await page.getByRole('button', { name: 'Next day' }).click();
    await page.getByText('Day 3 of 119').first().waitFor();
    await page.waitForTimeout(1000);
    expect(await page.getByRole('slider', { name: 'Day' }).inputValue()).toBe('3');
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('a link brings it back: day, tiers, why; each number is in the data it links to', async () => {
    const path = `${taiwan()}&day=12&view=tiers&why=0`;
    const { page, wrong } = await bed.open(path, english);
    await page.getByText('Day 12 of 119').first().waitFor();
    await page.locator('.picture [data-spot]').first().waitFor();
    const why = page.getByRole('region', { name: 'Why: from the shock to who suffers' });
    await why.getByText(/lost capacity \(Taiwan: Electrical/).waitFor();
    const csv = await page.getByRole('link', { name: 'Every day, CSV' }).getAttribute('href');
    const text = await (await fetch(bed.served.base + csv!)).text();
    expect(text.split('\n')[0]).toContain('of_normal');
    expect(text.trim().split('\n')).toHaveLength(121);
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('numbers that are not sure are drawn again and again, as a run with its name', async () => {
    const { page, wrong } = await bed.open(`${taiwan(20)}&doubt=25`, english);
    await page.getByText('in nine of ten draws').first().waitFor({ timeout: 110_000 });
    expect(await page.locator('.curves path[fill-opacity]').count()).toBeGreaterThan(0);
    await page.getByRole('link', { name: 'Whole report' }).click();
    await page.waitForURL(/\/runs\/\d+$/);
    const id = new URL(page.url()).pathname.split('/').pop()!;
    const { name } = await bed.served.json<Run>(`/api/runs/${id}`);
    expect(name).toBe('Taiwan: Electrical and optical equipment');
    await page.getByRole('heading', { level: 1 }).filter({ hasText: name! }).waitFor();
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('plays the scenario that comes with the chain, and a file that is dropped', async () => {
    const { page, wrong } = await bed.open(`${world}/stress?time=days`, english);
    const what = page.getByRole('combobox', { name: 'What happens' });
    await what.selectOption('port-closure');
    await account(page).getByText('of value added is lost').waitFor();
    expect(query(page, 'scenario')).toBe('port-closure');
    const file = fileURLToPath(
      new URL('../../../samples/scenarios/port-closure.toml', import.meta.url),
    );
    const text = readFileSync(file, 'utf8').replace(/^days = .*$/m, 'days = 40');
    const data = await page.evaluateHandle((given) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([given], 'mine.toml'));
      return transfer;
    }, text);
    await page.dispatchEvent('main', 'dragover', { dataTransfer: data });
    await page.dispatchEvent('main', 'drop', { dataTransfer: data });
    await page
      .getByText(/Day \d+ of 39/)
      .first()
      .waitFor();
    await eventually(() => query(page, 'run')).toMatch(/^\d+$/);
    // The run brings the file back.
    await page.reload();
    await page
      .getByText(/Day \d+ of 39/)
      .first()
      .waitFor();
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('says what is wrong with a file, with its line', async () => {
    const { page } = await bed.open(`${world}/stress?time=days`, english);
    await page.getByRole('combobox', { name: 'What happens' }).selectOption('own');
    const chooser = page.waitForEvent('filechooser');
    await page.getByText('Choose a file').click();
    const wrong = '[[capacity]]\nregion = "Atlantis"\nshare = 1\nduration = 3\n';
    await (
      await chooser
    ).setFiles({
      name: 'x.toml',
      mimeType: 'text/plain',
      buffer: Buffer.from(wrong),
    });
    await page
      .getByRole('alert')
      .getByText(/Atlantis/)
      .waitFor();
    await page.close();
  });

  const drawn = async (page: Page) => {
    await page.locator('.picture [data-spot]').first().waitFor();
    await page.locator('.curves .stage svg').nth(1).waitFor();
  };
  looksSound(bed, 'world', `${taiwan()}&view=world`, drawn, wideLooks);
  looksSound(bed, 'tiers', `${taiwan()}&view=tiers`, drawn, narrowLooks);
});
