/** Chains, questions and runs in a real bed.browser. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Run } from '../src/interface';
import { english, eventually, inBrowser, sideways, violations } from './server';

const nodesFile = {
  name: 'nodes.csv',
  text: 'id,name,region,product\nf1,Farm,CHN,grain\nm1,Mill,CHN,flour\n',
};
const links = (value: string) => ({ name: 'links.csv', text: `from,to,value\nf1,m1,${value}\n` });
/** One file that says all: bilateral trade, as CEPII's BACI writes it. */
const trade = {
  name: 'exchange.csv',
  text: 't,i,j,k,v,q\n2020,156,842,850760,120,10\n2020,842,156,854231,300,2\n2020,410,156,854231,250,3\n',
};

inBrowser('the workbench', (bed) => {
  /** Of systemic: a run that lasts a minute unless it is cancelled. */
  const lasting = { eps: '1e-12', all: 'on' };
  async function drop(page: Page, files: { name: string; text: string }[]): Promise<void> {
    const data = await page.evaluateHandle((given) => {
      const transfer = new DataTransfer();
      for (const { name, text } of given) transfer.items.add(new File([text], name));
      return transfer;
    }, files);
    await page.dispatchEvent('#import-title', 'dragover', { dataTransfer: data });
    await page.dispatchEvent('#import-title', 'drop', { dataTransfer: data });
  }

  describe('chains', () => {
    test('lists the samples with what they hold and where they come from', async () => {
      const { page, wrong } = await bed.open('/', english);
      const world = page.locator('li', { hasText: 'World input-output table 2011' }).first();
      await world.waitFor();
      expect(await world.innerText()).toMatch(/world-2011[\s\S]*million USD[\s\S]*21 regions/);
      await world.getByText('Where it comes from').click();
      await world.getByText('Timmer, Dietzenbacher').waitFor();
      expect(wrong).toEqual([]);
      await page.close();
    });

    test('imports a table that is dropped on it, shows its check, deletes it', async () => {
      const { page, wrong } = await bed.open('/', english);
      await page.getByText('Drop a file').waitFor();
      await drop(page, [trade]);
      expect(await page.getByLabel('Name of the chain').inputValue()).toBe('exchange');
      await page.getByLabel('Name of the chain').fill('贸易 2020');
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      await page.getByText('“贸易 2020” is here').waitFor();
      await page.getByText('none of 11 tests fails').waitFor();
      const own = page.locator('li', { has: page.getByText('贸易 2020', { exact: true }) }).first();
      await own.getByText('Own', { exact: true }).waitFor();
      await own.getByRole('button', { name: /^Delete/ }).click();
      await own.getByRole('button', { name: 'Delete', exact: true }).click();
      await own.waitFor({ state: 'detached' });
      expect(wrong).toEqual([]);
      await page.close();
    });

    test('takes several files as one chain, and says where a value is wrong', async () => {
      const { page } = await bed.open('/', english);
      await page.getByText('Drop a file').waitFor();
      await drop(page, [nodesFile, links('twenty')]);
      await page.getByLabel('Name of the chain').fill('mills');
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      await page.getByText("links.csv:2: column 'value': 'twenty'").waitFor();
      await drop(page, [nodesFile, links('20')]);
      await page.getByLabel('Name of the chain').fill('mills');
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      await page.getByText('“mills” is here').waitFor();
      await page.getByRole('link', { name: 'Open its overview' }).waitFor();
      await page.close();
    });

    test('refuses a name that is taken or leads elsewhere before anything is sent', async () => {
      const { page } = await bed.open('/', english);
      await page.getByText('Drop a file').waitFor();
      await drop(page, [trade]);
      for (const [name, why] of [
        ['world-2011', 'There is a chain of this name.'],
        ['../up', 'Only letters, digits'],
      ] as const) {
        await page.getByLabel('Name of the chain').fill(name);
        await page.getByRole('button', { name: 'Import', exact: true }).click();
        await page.getByText(why).waitFor();
      }
      await page.close();
    });
  });

  describe('a question', () => {
    test('is checked before it is sent, run, and answered beside the form', async () => {
      const { page, wrong } = await bed.open('/chains/world-2011/ask', english);
      await page.getByText('What would stop a region if a source').click();
      const region = page.getByRole('combobox', { name: 'Region', exact: true });
      await region.waitFor();
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await page.getByText('This is needed.').waitFor();
      await region.pressSequentially('中国');
      const option = page.getByRole('option', { name: /^China/ });
      await option.waitFor();
      await region.press('ArrowDown');
      await region.press('Enter');
      await eventually(() => new URL(page.url()).searchParams.get('region')).toBe('CHN');
      await page.getByLabel('Top', { exact: true }).fill('0');
      await page.getByText('0 is outside: 1 to 100,000.').waitFor();
      await page.getByLabel('Top', { exact: true }).fill('7');
      await page.getByText('stave exposure world-2011 --region CHN --top 7').waitFor();
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await page
        .getByRole('heading', { name: 'Where China is stuck' })
        .waitFor({ timeout: 60_000 });
      await page.getByRole('heading', { name: 'Where this comes from' }).waitFor();
      expect(await page.locator('#table-choke_points tbody tr').count()).toBe(7);
      expect(wrong).toEqual([]);
      await page.close();
    });

    test('that the server refuses is marked at its field, with the hint', async () => {
      const path = '/chains/world-2011/ask/cascade?shock=node%2Cshare%0ATWN.c14%2C2%0A';
      const { page } = await bed.open(path, english);
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      const field = page.locator('.field.wrong', { has: page.locator('#field-shock') });
      await field.getByText("'2' is not a share").waitFor();
      await field.getByText('Did you mean 2%?').waitFor();
      await page.close();
    });

    test('can be cancelled while it runs', async () => {
      const { page } = await bed.open(
        `/chains/world-2011/ask/systemic?${new URLSearchParams(lasting)}`,
        english,
      );
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByText('Cancelled.').waitFor();
      const id = Number(new URL(page.url()).searchParams.get('run'));
      expect((await bed.served.json<Run>(`/api/runs/${id}`)).state).toBe('cancelled');
      await page.close();
    });

    test('in Chinese: declarations, names and figures; the link gives the same view', async () => {
      const { id } = await bed.served.start('exposure', { region: 'DEU', top: '5' });
      await bed.served.finished(id);
      const path = `/chains/world-2011/ask/exposure?region=DEU&top=5&run=${id}`;
      const { page } = await bed.open(path, english);
      await page.getByRole('heading', { name: 'Where Germany is stuck' }).waitFor();
      await page.getByRole('button', { name: '中文' }).click();
      await page
        .getByRole('heading', { name: '若本地区无法掌控的来源中断，什么会使其停摆？' })
        .waitFor();
      const table = page.locator('#table-choke_points');
      await table.getByRole('columnheader', { name: /在险金额（下限）\s*百万美元/ }).waitFor();
      await table.getByRole('button', { name: /^来源/ }).click();
      await eventually(() => page.url()).toContain('choke_points.sort=source');
      const seen = await table.locator('tbody').innerText();
      expect(seen).toMatch(/[\u4e00-\u9fff]：[\u4e00-\u9fff]/);
      const shared = new URL(page.url());
      const other = await bed.open(shared.pathname + shared.search, {
        locale: 'zh-CN',
      });
      await other.page.locator('#table-choke_points tbody tr').first().waitFor();
      expect(await other.page.locator('#table-choke_points tbody').innerText()).toBe(seen);
      expect(await other.page.locator('html').getAttribute('lang')).toBe('zh-CN');
      await page.close();
      await other.page.close();
    });
  });

  describe('the search', () => {
    test('"/" finds nodes in either language and by code, by keys alone; axe finds nothing', async () => {
      const { page, wrong } = await bed.open('/chains/world-2011/ask', english);
      await page.locator('h1').waitFor();
      await page.keyboard.press('/');
      const field = page.getByRole('combobox', { name: 'Search' });
      await field.waitFor();
      await page.keyboard.type('中国 电气');
      const option = page.getByRole('option', { name: /China: Electrical and optical equipment/ });
      await option.waitFor();
      expect(await violations(page)).toEqual([]);
      await field.fill('twn.c14');
      await page.getByRole('option', { name: /Taiwan: Electrical/ }).waitFor();
      await page.keyboard.press('Enter');
      await eventually(() => new URL(page.url()).searchParams.get('node')).toBe('TWN.c14');
      expect(new URL(page.url()).pathname).toBe('/chains/world-2011/map');
      expect(wrong).toEqual([]);
      await page.close();
    });

    test('finds chains where none is open', async () => {
      const { page } = await bed.open('/runs', { locale: 'zh-CN' });
      await page.locator('h1').waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('新能源');
      await page.getByRole('option', { name: /新能源汽车产业链/ }).waitFor();
      await page.keyboard.press('Enter');
      await eventually(() => new URL(page.url()).pathname).toBe('/chains/nev');
      await page.close();
    });
  });

  describe('runs', () => {
    test('are listed, named, compared and deleted', async () => {
      const one = await bed.served.start('exposure', { region: 'JPN' }, 'Japan, all sources');
      const two = await bed.served.start('exposure', { region: 'JPN', sources: '50' });
      await Promise.all([bed.served.finished(one.id), bed.served.finished(two.id)]);
      const { page, wrong } = await bed.open('/runs?analysis=exposure', english);
      const row = (id: number) =>
        page.locator('li', { has: page.locator(`a[href="/runs/${id}"]`) }).first();
      await row(two.id).waitFor();
      await row(two.id).getByRole('button', { name: 'Rename' }).click();
      await page.getByLabel('Name of the run').fill('Fifty sources');
      await page.getByLabel('Name of the run').press('Enter');
      await page.getByRole('link', { name: 'Fifty sources' }).waitFor();
      expect((await bed.served.json<Run>(`/api/runs/${two.id}`)).name).toBe('Fifty sources');

      expect(await page.getByRole('button', { name: 'Compare' }).isDisabled()).toBe(true);
      await page.getByLabel('Choose Fifty sources to compare').check();
      await page.getByLabel('Choose Japan, all sources to compare').check();
      await page.getByRole('button', { name: 'Compare' }).click();
      await page
        .getByRole('heading', { name: 'Japan, all sources against Fifty sources' })
        .waitFor();
      expect(new URL(page.url()).pathname).toBe(`/runs/${one.id}/against/${two.id}`);
      await page.getByRole('columnheader', { name: /At risk difference/ }).waitFor();

      await page.goBack();
      await row(two.id).waitFor();
      await row(two.id)
        .getByRole('button', { name: /^Delete/ })
        .click();
      await row(two.id).getByRole('button', { name: 'Delete', exact: true }).click();
      await row(two.id).waitFor({ state: 'detached' });
      const left = await bed.served.json<{ runs: Run[] }>('/api/runs');
      expect(left.runs.map(({ id }) => id)).not.toContain(two.id);
      expect(wrong).toEqual([]);
      await page.close();
    });

    test('show their progress live, can be cancelled in the list, and repeated', async () => {
      const { id } = await bed.served.start('systemic', lasting);
      const { page } = await bed.open('/runs', english);
      const row = page.locator('li', { has: page.locator(`a[href="/runs/${id}"]`) }).first();
      await row.getByText('Running').waitFor();
      await row.getByRole('button', { name: 'Cancel' }).click();
      await row.getByText('Cancelled').waitFor();
      await row.getByRole('button', { name: 'Repeat' }).click();
      const again = page.locator('li', { hasText: 'Systemic' }).first();
      await again.getByRole('button', { name: 'Cancel' }).click();
      await again.getByText('Cancelled').waitFor();
      await page.close();
    });
  });

  describe('every page', () => {
    const pages = async (): Promise<string[]> => {
      const one = await bed.served.start('exposure', { region: 'KOR' });
      const two = await bed.served.start('exposure', { region: 'KOR', top: '5' });
      await Promise.all([bed.served.finished(one.id), bed.served.finished(two.id)]);
      const ask = '/chains/world-2011/ask';
      return [
        '/',
        '/runs',
        `/runs/${one.id}?reliance.find=China&open=choke_points,reliance`,
        `/runs/${one.id}/against/${two.id}`,
        ask,
        `${ask}/exposure?region=KOR&top=0`,
        `${ask}/cascade`,
      ];
    };

    test.each([
      [1440, 'light', 'en-GB'],
      [420, 'dark', 'en-GB'],
      [1440, 'dark', 'zh-CN'],
      [420, 'light', 'zh-CN'],
    ] as const)(
      'at %i px, %s, %s: axe finds nothing, nothing sticks out',
      async (width, colorScheme, locale) => {
        const viewport = { width, height: 900 };
        for (const path of await pages()) {
          const { page, wrong } = await bed.open(path, {
            viewport,
            colorScheme,
            locale,
          });
          await page.locator('h1').waitFor();
          await page.waitForLoadState('networkidle');
          expect([path, await violations(page)]).toEqual([path, []]);
          expect([path, await sideways(page)]).toEqual([path, 0]);
          expect([path, wrong]).toEqual([path, []]);
          await page.close();
        }
      },
    );
  });
});
