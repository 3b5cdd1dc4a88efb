/** The page of products in a real browser: inventories, tree, flows, draws, switches. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { report as madeReport } from '../../figures/test/fixture';
import type { Column, Report } from '../../figures/src/report';
import { readShares } from '../src/page/product/switch';
import {
  english,
  eventually,
  inBrowser,
  looksSound,
  panel,
  query,
  sideways,
  violations,
} from './server';

const bicycle = '/chains/world-2011/product?inventory=template';

/** A cup of two parts, and what could be made otherwise. */
const cup = `title = "A cup"
source = "made up"
factors = "none"
missing_inputs = "list"
[product]
product = "cup"
amount = 2
unit = "piece"
[[factor]]
flow = "co2"
value = 1
source = "definition"
[[activity]]
id = "pottery"
source = "made up"
quality = "illustrative"
output = [{ product = "cup", amount = 1, unit = "piece" }]
input = [
  { product = "clay", amount = 300, unit = "g" },
  { product = "glaze", amount = 5, unit = "g" },
]
emission = [{ flow = "co2", amount = 0.4, unit = "kg" }]
[[activity]]
id = "clay pit"
source = "made up"
quality = "illustrative"
output = [{ product = "clay", amount = 1, unit = "kg" }]
emission = [{ flow = "co2", amount = 0.2, unit = "kg" }]
`;
const switches = `${cup}
[[activity]]
id = "old clay"
source = "made up"
quality = "illustrative"
output = [{ product = "used clay", amount = 1, unit = "kg" }]
[[switch]]
name = "used clay"
product = "clay"
to_product = "used clay"
source = "made up"
`;

inBrowser('a product', (bed) => {
  test('the inventory to begin with: footprint, tree that opens, flows, conversions', async () => {
    const { page, wrong } = await bed.open(bicycle, english);
    await page.getByText('39.2 kg CO2e', { exact: true }).first().waitFor();
    const tree = panel(page, 'What stands behind it');
    await tree.getByRole('button', { name: 'steelworks (steel) [CHN]' }).click();
    await tree.getByText('given off in it itself').first().waitFor();
    const flows = panel(page, 'Embodied emissions');
    await flows.locator('[data-flow="own"]').first().waitFor({ state: 'attached' });
    await flows.getByText(/^Of the whole, 100\.0\s% is given off by those drawn/).waitFor();
    await page.getByText('Every input has a supplier.').waitFor();
    await page.locator('summary', { hasText: '4 units were converted.' }).click();
    await page.getByText('steel: 1 kg is 0.001 t').waitFor();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download the footprint as PACT 3' }).click();
    const pact = JSON.parse(readFileSync(await (await saved).path(), 'utf8'));
    expect(pact.specVersion).toBe('3.0.0');
    expect(Number(pact.pcf.pcfExcludingBiogenicUptake)).toBeCloseTo(39.2, 1);
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('draws: where the footprint lies and which number matters', async () => {
    const { page, wrong } = await bed.open(bicycle, english);
    const doubt = panel(page, 'How sure');
    await doubt.getByLabel('Draws of uncertain numbers').selectOption('100');
    await eventually(() => query(page, 'draws')).toBe('100');
    await doubt.getByRole('heading', { name: 'Which number matters' }).waitFor();
    await doubt.getByText('steelworks: co2: amount').waitFor();
    await page.getByText(/in nine of ten draws$/).waitFor();
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('one’s own, pasted: kept as a run, what is missing is told, a link brings it back', async () => {
    const { page, wrong } = await bed.open(bicycle, english);
    await page.getByRole('combobox', { name: 'Inventory' }).selectOption('own');
    await page.getByRole('textbox', { name: 'Inventory' }).fill(cup);
    await page.getByRole('button', { name: 'Reckon' }).click();
    await page.getByText('0.92 kg CO2e', { exact: true }).first().waitFor();
    await page.getByText('1 inputs nobody supplies are left out:').waitFor();
    await page.locator('.one', { hasText: 'glaze' }).waitFor();
    await eventually(() => query(page, 'run')).not.toBeNull();
    await page.reload();
    await page.getByText('0.92 kg CO2e', { exact: true }).first().waitFor();
    await page.locator('summary', { hasText: 'Another product' }).click();
    await page.getByRole('spinbutton', { name: 'Amount' }).fill('10');
    await page.getByRole('spinbutton', { name: 'Amount' }).press('Enter');
    await page.getByText('4.60 kg CO2e', { exact: true }).first().waitFor();
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('what is wrong with an inventory is said', async () => {
    const { page } = await bed.open(bicycle, english);
    await page.getByRole('combobox', { name: 'Inventory' }).selectOption('own');
    await page
      .getByRole('textbox', { name: 'Inventory' })
      .fill(
        cup
          .replace('missing_inputs = "list"', '')
          .replace('  { product = "glaze", amount = 5, unit = "g" },\n', '')
          .replace('amount = 300, unit = "g"', 'amount = 300, unit = "kWh"'),
      );
    await page.getByRole('button', { name: 'Reckon' }).click();
    await page.getByRole('alert').filter({ hasText: 'kWh' }).first().waitFor();
    await page.close();
  });

  test('the car that comes along: what its switches save, and which supplier is a choke point', async (context) => {
    const { analyses } = await bed.served.json<{ analyses: { name: string }[] }>('/api/analyses');
    if (!analyses.some(({ name }) => name === 'switch')) return context.skip();
    const address = '/chains/nev/product?inventory=electric-car&buyer=CHN.car';
    const { page, wrong } = await bed.open(address, english);
    const switching = panel(page, 'What if it were bought');
    const together = switching.locator('[data-what=footprint]');
    await together.getByText(/^−[\d,]+\s?kg CO2e$/).waitFor();
    const all = await together.innerText();
    await switching.getByRole('slider', { name: 'Share of hydrogen steel for sheet' }).fill('0');
    await eventually(() => query(page, 'shares')).toBe('hydrogen steel for sheet=0');
    await eventually(() => together.innerText()).not.toBe(all);
    await page.getByRole('combobox', { name: 'electricity' }).selectOption('grid Yunnan');
    await eventually(() => query(page, 'prefer')).toBe('electricity=grid Yunnan');
    await eventually(() => page.locator('.number b').innerText()).not.toContain('14,700');
    const row = switching.getByRole('row', { name: /^LFP in place of NMC/ });
    await row.getByText('worse choke point').waitFor();
    const flows = panel(page, 'Embodied emissions');
    await flows.getByText('100.0').first().waitFor();
    expect(wrong).toEqual([]);
    await page.close();
  });

  describe('switches', () => {
    const column = (name: string, unit: string, ...values: (string | number | null)[]): Column => ({
      name,
      type: values.some((value) => typeof value === 'number') ? 'real' : 'text',
      unit,
      meaning: '',
      values,
    });
    const kg = 'kg CO2e';
    /** What the analysis answers: half the clay, half of what it gives off. */
    function answer(share: number): Report {
      const saved = 0.12 * share;
      const table = (name: string, ...columns: Column[]) => ({ name, title: name, columns });
      return madeReport(
        [
          table(
            'together',
            column('what', '', 'footprint', 'cost'),
            column('before', '', 0.92, null),
            column('after', '', 0.92 - saved, null),
            column('change', '', -saved, 0.03 * share),
            column('change_share', '%', (-100 * saved) / 0.92, null),
            column('unit', '', kg, 'EUR'),
          ),
          table(
            'switches',
            column('switch', '', 'used clay'),
            column('kind', '', 'material'),
            column('share', '', share),
            column('saved', kg, saved),
            column('saved_share', '%', (100 * saved) / 0.92),
            column('extra_cost', '', 0.03 * share),
            column('currency', '', 'EUR'),
            column('cost_per_tonne', '', 250),
            column('from', '', 'clay pit'),
            column('to', '', 'old clay'),
            column('source', '', 'made up'),
            column('quality', '', 'illustrative'),
          ),
          table(
            'components',
            column('component', '', 'clay', 'pottery'),
            column('before', kg, 0.12, 0.8),
            column('after', kg, 0.12 - saved, 0.8),
          ),
          table(
            'tiers',
            column('tier', '', '0', '1'),
            column('before', kg, 0.8, 0.12),
            column('after', kg, 0.8, 0.12 - saved),
          ),
          table(
            'curve',
            column('switch', '', 'used clay'),
            column('saved', kg, saved),
            column('cost_per_tonne', 'EUR / t', 250),
            column('within_budget', '', 'yes'),
          ),
        ],
        [],
      );
    }

    /** The page with the analysis answered by the test, as its contract says. */
    async function opened(options = {}) {
      const { page, wrong } = await bed.open('/runs', { ...english, ...options });
      const asked: string[] = [];
      await page.route('**/api/analyses', async (route) => {
        const given = await (await route.fetch()).json();
        const list = given.analyses.filter(({ name }: { name: string }) => name !== 'switch');
        await route.fulfill({ json: { analyses: [...list, { name: 'switch', needs: [] }] } });
      });
      await page.route('**/answers/switch?*', async (route) => {
        const shares = new URL(route.request().url()).searchParams.get('shares') ?? '';
        asked.push(shares);
        await route.fulfill({ json: answer(readShares(shares).get('used clay') ?? 1) });
      });
      // What the program makes of the project itself is not the matter here.
      await page.route('**/api/runs', async (route) => {
        if (route.request().method() !== 'POST') return route.continue();
        const body = route.request().postDataJSON();
        body.parameters.project = cup;
        await route.continue({ postData: JSON.stringify(body) });
      });
      await page.goto(`${bed.served.base}/chains/world-2011/product?inventory=own`);
      await page.getByRole('textbox', { name: 'Inventory' }).fill(switches);
      await page.getByRole('button', { name: 'Reckon' }).click();
      return { page, wrong, asked, switching: panel(page, 'What if it were bought') };
    }

    test('a slider changes the answer, once it rests, and stands in the address', async () => {
      const { page, wrong, asked, switching } = await opened();
      const slider = switching.getByRole('slider', { name: 'Share of used clay' });
      await slider.waitFor();
      await switching.getByText('saves 0.12 kg CO2e').waitFor();
      const before = asked.length;
      await slider.focus();
      for (let step = 0; step < 10; step += 1) await page.keyboard.press('ArrowLeft');
      await eventually(() => query(page, 'shares')).toBe('used clay=0.5');
      await switching.getByText('saves 0.06 kg CO2e').waitFor();
      expect(asked.length - before).toBeLessThan(10); // not at every step of the slider
      expect(asked.at(-1)).toBe('used clay=0.5');
      await switching.locator('[data-what=footprint]').getByText('0.86 kg CO2e').waitFor();
      await switching.locator('[data-what=cost]').getByText('not known').first().waitFor();
      await switching.getByRole('heading', { name: 'Abatement, cheapest ton first' }).waitFor();
      await switching.getByRole('button', { name: 'All off' }).click();
      await eventually(() => query(page, 'shares')).toBe('used clay=0');
      expect(wrong).toEqual([]);
      await page.close();
    });

    for (const width of [1440, 420]) {
      test(`pass axe, do not scroll sideways: ${width} px`, async () => {
        const colorScheme = width === 420 ? 'dark' : 'light';
        const { page, wrong, switching } = await opened({
          viewport: { width, height: 900 },
          colorScheme,
        });
        await switching.getByRole('slider').waitFor();
        await switching.locator('.chart svg').nth(1).waitFor();
        expect(await violations(page)).toEqual([]);
        expect(await sideways(page)).toBe(0);
        expect(wrong).toEqual([]);
        await page.close();
      });
    }
  });

  looksSound(bed, 'product', `${bicycle}&draws=100`, async (page) => {
    await page.locator('[data-flow="link"]').first().waitFor({ state: 'attached' });
    await page.locator('section[aria-labelledby=doubt-head] .chart svg').first().waitFor();
  });
});
