/** The page of the value chain in a real browser: upgrading, smile curve along the years, exports. */
import { beforeAll, expect, test } from 'vitest';
import { makeYears } from './made_years';
import { english, eventually, inBrowser, looksSound, panel, query, sideways } from './server';

const world = '/chains/world-2011/value';
const years = '/chains/made-2011/value';

inBrowser('the value chain', (bed) => {
  beforeAll(() => {
    makeYears(bed.served.folder);
  });

  test('of one year: where a region stands, what is missing, who adds the value', async () => {
    const { page, wrong } = await bed.open(world, english);
    await page.getByText('Where China stands in 2011.').waitFor();
    await page.getByText('This chain has no count of workers').waitFor();
    const smile = panel(page, 'Smile curve');
    await smile.getByRole('heading', { name: /Smile curve of China: Electrical/ }).waitFor();
    await smile.locator('polyline').waitFor();
    const first = smile.getByRole('list').locator('li').first();
    expect(await first.innerText()).toContain('China: Electrical and optical equipment');
    expect(await page.getByRole('slider').count()).toBe(0);
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('exports: parts open into their terms, each with its equation', async () => {
    const { page, wrong } = await bed.open(world, english);
    const exports = panel(page, 'What its exports are made of');
    await exports.getByText('The terms sum to them exactly.').waitFor();
    await exports.getByRole('button', { name: /^Added by others \d/ }).click();
    await eventually(() => query(page, 'part')).toBe('foreign');
    await exports.getByText('fva1', { exact: true }).waitFor();
    const equation = exports.getByText('Σ_{t≠s} V_t B^s_ts ∘ Y_sr', { exact: true });
    expect(await equation.isVisible()).toBe(false);
    await exports.locator('summary', { hasText: 'fva1' }).click();
    await equation.waitFor();
    await exports.getByLabel('Method').selectOption('wwz');
    await eventually(() => query(page, 'method')).toBe('wwz');
    await exports.getByRole('button', { name: /^Added by others \d/ }).click();
    await exports.getByText('mva_fin', { exact: true }).waitFor();
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('several regions are one exporter; exports to some partners alone', async () => {
    const { page, wrong } = await bed.open(`${world}?region=DEU`, english);
    const exports = panel(page, 'What its exports are made of');
    const total = exports.getByText(/^Gross exports of/);
    await total.waitFor();
    const alone = await total.innerText();
    const [exporter, partner] = [
      exports.locator('details', { hasText: 'Germany' }).first(),
      exports,
    ];
    await exporter.locator('summary').click();
    await exporter.getByLabel('Germany').check();
    await exporter.getByLabel('France').check();
    await eventually(() => query(page, 'exporter')).toBe('DEU,FRA');
    await eventually(() => total.innerText()).not.toBe(alone);
    const together = await total.innerText();
    await exporter.locator('summary').click();
    await partner.locator('summary', { hasText: 'all partners' }).click();
    await partner.getByLabel('United States').last().check();
    await eventually(() => query(page, 'partner')).toBe('USA');
    await eventually(() => total.innerText()).not.toBe(together);
    const said = await total.innerText();
    await page.reload();
    await eventually(() => total.innerText()).toBe(said);
    expect(await sideways(page)).toBe(0);
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('over years: what moved, who passed whom, the smile dragged from year to year', async () => {
    const { page, wrong } = await bed.open(years, english);
    await page.getByText(/CHN moved up on \d of 3 measures from 1995 to 2011/).waitFor();
    await page.getByRole('heading', { name: 'Who passed whom' }).waitFor();
    const slider = page.getByRole('slider', { name: 'Years' });
    expect(await slider.getAttribute('aria-valuetext')).toBe('2011, of 1995 to 2011');
    const curve = panel(page, 'Smile curve').locator('polyline');
    const late = await curve.getAttribute('points');
    await slider.press('ArrowLeft');
    await eventually(() => query(page, 'year')).toBe('1995');
    await eventually(() => curve.getAttribute('points')).not.toBe(late);
    await page.getByText('Year 1995').waitFor();
    await page.getByRole('checkbox', { name: '1995' }).uncheck();
    await page.getByText('Where CHN stands in 2011.').waitFor();
    expect(query(page, 'later')).toBe('none');
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('speaks Chinese', async () => {
    const { page, wrong } = await bed.open(world, { locale: 'zh-CN' });
    await page.getByText('2011 年中国所处的位置。').waitFor();
    await panel(page, '微笑曲线').locator('polyline').waitFor();
    const words = await panel(page, '出口由什么构成').innerText();
    expect(words).toContain('他人增加值');
    expect(wrong).toEqual([]);
    await page.close();
  });

  looksSound(bed, 'value chain', `${years}?part=foreign`, async (page) => {
    await page.locator('polyline').first().waitFor();
    await page.locator('.explained dfn', { hasText: 'fva1' }).waitFor();
  });
});
