/** Stress at rest in a real browser: who fails, round by round. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Run } from '../src/interface';
import { english, eventually, inBrowser, program, query } from './server';

const world = '/chains/world-2011';
const taiwan = `${world}/stress?fail=TWN.c14:100`;

inBrowser('stress', (bed) => {
  test('is put together by search and slider, run, and stepped through', async () => {
    const { page, wrong } = await bed.open(`${world}/stress`, english);
    const a = page.getByRole('region', { name: 'Scenario A' });
    await a.getByRole('combobox', { name: 'Add a maker: name or code' }).fill('TWN.c14');
    await a.getByRole('option', { name: /TWN\.c14/ }).click();
    await a.getByText('Taiwan: Electrical and optical equipment').waitFor();
    await a.getByRole('slider').fill('60');
    await eventually(() => query(page, 'fail')).toBe('TWN.c14:60');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.locator('.costs', { hasText: 'Output lost' }).waitFor();
    const round = page.getByRole('slider', { name: 'Round' });
    const last = Number(await round.inputValue());
    expect(last).toBeGreaterThan(1);
    await round.fill('0');
    await page.getByText('the shock itself').last().waitFor();
    const hit = page.getByRole('list', { name: 'Who is hit by this round' });
    await eventually(() => hit.locator('li').count()).toBe(1);
    await round.fill('1');
    await eventually(() => hit.locator('li').count()).toBeGreaterThan(1);
    await hit.locator('.tag', { hasText: 'new' }).first().waitFor();
    expect(query(page, 'round')).toBe('1');
    await page.getByRole('button', { name: 'Play' }).click();
    await eventually(() => query(page, 'round'), { timeout: 15_000 }).toBe(String(last));
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('a link brings scenario, round and view back; says why', async () => {
    const { page, wrong } = await bed.open(`${taiwan}&round=2&view=world`, english);
    await page.getByText('Round 2 of').waitFor();
    await page.locator('[data-spot="region/TWN"]').waitFor();
    const why = page.locator('section', { has: page.getByRole('heading', { name: 'Why' }) });
    await eventually(() => why.innerText()).toContain('Here the shock strikes.');
    expect(await why.innerText()).toContain(
      'of its sales go to Electrical and optical equipment in Taiwan',
    );
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('does not move by itself for who wants less motion', async () => {
    const options = { ...english, reducedMotion: 'reduce' as const };
    const { page, wrong } = await bed.open(`${taiwan}&round=0`, options);
    await page.getByRole('button', { name: 'Next round' }).click();
    await eventually(() => query(page, 'round')).toBe('1');
    await page.waitForTimeout(1500);
    expect(query(page, 'round')).toBe('1');
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('a click in the picture adds who fails, to A or to B; both are compared', async () => {
    const { page, wrong } = await bed.open(`${taiwan}&view=tiers`, english);
    await page.locator('[data-spot="1/2"]').waitFor();
    const clicks = page.getByRole('group', { name: 'A click in the picture adds to' });
    await clicks.getByRole('radio', { name: 'B' }).check({ force: true });
    await page.locator('[data-spot="1/2"] .bar').click();
    await eventually(() => query(page, 'against')).toMatch(/^\w+\.c\d+:100$/);
    expect(query(page, 'fail')).toBe('TWN.c14:100');
    await page.getByRole('button', { name: 'Run again with the changes' }).click();
    await page.getByRole('link', { name: 'Compare in full' }).waitFor();
    const costs = page.locator('.costs table');
    expect(await costs.innerText()).toMatch(/A\s+B\s+Difference/);
    await page.getByRole('table', { name: 'By region' }).getByText('Taiwan').waitFor();
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('all makers of a product somewhere fail together', async () => {
    const { page, wrong } = await bed.open(`${world}/stress`, english);
    const b = page.getByRole('region', { name: 'Scenario B' });
    await b.getByLabel('Product').selectOption('c2');
    await b.getByLabel('Region').selectOption('AUS');
    await b.getByRole('button', { name: 'Add all' }).click();
    await b.getByText('Mining and quarrying, Australia').waitFor();
    expect(query(page, 'against')).toBe('@AUS/c2:100');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.locator('.costs', { hasText: 'Output lost' }).waitFor();
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('is cancelled while it waits, and asked again', async () => {
    // Another run holds the only worker, so that this one waits in the queue.
    const firms = join(bed.served.folder, 'firms.stave');
    execFileSync(program, ['generate', '-o', firms, '--firms', '20000', '--links', '120000']);
    const parameters = { all: 'on', eps: '1e-9' };
    const body = JSON.stringify({ chain: 'firms', analysis: 'systemic', parameters });
    const long = await bed.served.json<Run>('/api/runs', { method: 'POST', body });
    const { page } = await bed.open(`${world}/stress?fail=USA.c8:37`, english);
    const cancel = page.getByRole('button', { name: 'Cancel' });
    await cancel.waitFor();
    await cancel.click();
    await page.getByText('Cancelled.').waitFor();
    await fetch(`${bed.served.base}/api/runs/${long.id}`, { method: 'DELETE' });
    await page.getByRole('button', { name: 'Ask again' }).click();
    await page.locator('.costs', { hasText: 'Output lost' }).waitFor();
    await page.close();
  });

  test('says what the server refuses', async () => {
    const { page } = await bed.open(`${world}/stress?fail=NOBODY.c1:50`, english);
    await page
      .getByRole('alert')
      .getByText(/NOBODY/)
      .waitFor();
    await page.close();
  });
});
