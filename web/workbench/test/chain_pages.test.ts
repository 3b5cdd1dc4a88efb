/** Overview, chain map and stress in a real browser. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '../src/interface';
import {
  eventually,
  missing,
  open,
  program,
  serve,
  sideways,
  startBrowser,
  violations,
  type Served,
} from './server';

if (missing) console.warn(`skipped: ${missing}`);

const english = { locale: 'en-GB' };
const world = '/chains/world-2011';
const taiwan = `${world}/stress?fail=TWN.c14:100`;

describe.skipIf(missing !== undefined)('pages about a chain', () => {
  let served: Served;
  let browser: Browser;
  beforeAll(async () => {
    [served, browser] = await Promise.all([serve(), startBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  const address = (page: Page) => {
    const { pathname, search } = new URL(page.url());
    return pathname + search;
  };
  const query = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);
  const spots = (page: Page) => page.locator('.picture [data-spot]');

  describe('overview', () => {
    test('says where China is stuck; a number leads to its row, a name to the chain map', async () => {
      const { page, wrong } = await open(browser, served, world, english);
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
      const { page, wrong } = await open(browser, served, `${world}?region=DEU`, english);
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
      const { page, wrong } = await open(browser, served, world, english);
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
      const { page, wrong } = await open(browser, served, '/chains/china-2020', english);
      await page.locator('.findings').waitFor();
      await eventually(() => page.locator('.findings').innerText()).toContain(
        'Rest of the world is the only region outside',
      );
      expect(wrong).toEqual([]);
      await page.close();
    });
  });

  describe('chain map', () => {
    test('begins with the most stuck product', async () => {
      const { page, wrong } = await open(browser, served, `${world}/map`, english);
      await spots(page).first().waitFor();
      expect(query(page, 'product')).toBe('c9');
      expect(query(page, 'region')).toBe('CHN');
      expect(await page.title()).toContain('Chemicals and chemical products · China');
      expect(wrong).toEqual([]);
      await page.close();
    });

    test('is walked by keys, opened by Enter and by click; the list lights up with it', async () => {
      const { page, wrong } = await open(
        browser,
        served,
        `${world}/map?product=c9&region=CHN`,
        english,
      );
      await spots(page).first().waitFor();
      await page.locator('[data-spot="0/1"]').focus();
      await page.keyboard.press('ArrowLeft');
      await eventually(() =>
        page.evaluate(() => (document.activeElement as SVGElement).dataset['spot']),
      ).toMatch(/^-1\//);
      const at = await page.evaluate(() => (document.activeElement as SVGElement).dataset['spot']!);
      await page.locator(`.list li.hot[data-key="${at}"]`).waitFor();
      // From the list to the picture.
      const row = page.locator('.list li', { hasText: 'Mining and quarrying · China' });
      await row.hover();
      const key = await row.getAttribute('data-key');
      await page.locator(`[data-spot="${key}"].lit`).waitFor();
      await page.locator('[data-spot="-1/2"]').focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(/node=CHN\.c2/);
      await page.getByRole('heading', { level: 1, name: 'Mining and quarrying · China' }).waitFor();
      await page.locator('[data-spot="0/1"][aria-label^="Mining"]').waitFor();
      await page.locator('[data-spot="1/1"] .bar').click();
      await eventually(() => query(page, 'node')).not.toBe('CHN.c2');
      await page.goBack();
      await page.getByRole('heading', { level: 1, name: 'Mining and quarrying · China' }).waitFor();
      expect(wrong).toEqual([]);
      await page.close();
    });

    test('a link brings the same view back', async () => {
      const path =
        '/chains/nev/map?product=cell_nmc&region=CHN&colour=risk&up=3&down=1&boxes=5&tier=-2';
      const first = await open(browser, served, path, english);
      await spots(first.page).first().waitFor();
      const picture = (page: Page) =>
        page.evaluate(() => document.querySelector('.picture svg')!.innerHTML.length);
      const list = (page: Page) => page.locator('.list ol').innerText();
      const second = await open(browser, served, address(first.page), english);
      await spots(second.page).first().waitFor();
      const seen = async ({ page }: { page: Page }) => [await picture(page), await list(page)];
      // Each is drawn again once its room is known.
      await eventually(async () => {
        const [one, other] = [await seen(first), await seen(second)];
        return JSON.stringify(one) === JSON.stringify(other) ? 'the same' : [one, other];
      }).toBe('the same');
      expect(await second.page.getByLabel('Tiers of suppliers').inputValue()).toBe('3');
      expect([...first.wrong, ...second.wrong]).toEqual([]);
      await Promise.all([first.page.close(), second.page.close()]);
    });

    test('marks break points where one loss is enough', async () => {
      const { page, wrong } = await open(
        browser,
        served,
        '/chains/nev/map?product=car&region=CHN',
        english,
      );
      await page.locator('.say', { hasText: /Break points:|No other maker/ }).waitFor();
      expect(wrong).toEqual([]);
      await page.close();
    });

    test('draws the world: regions and flows are linked to the list', async () => {
      const path = `${world}/map?product=c14&region=CHN&view=world`;
      const { page, wrong } = await open(browser, served, path, english);
      await page.locator('[data-spot="region/TWN"]').waitFor();
      expect(await page.locator('[data-tied^="flow/"]').count()).toBeGreaterThan(10);
      await page.locator('.list li', { hasText: 'Taiwan' }).hover();
      await page.locator('[data-spot="region/TWN"].lit').waitFor();
      await page.locator('[data-tied="flow/TWN"].lit').waitFor();
      await page.locator('[data-spot="region/ROW"]').hover();
      await page.locator('.list li.hot', { hasText: 'Rest of the world' }).waitFor();
      await page.locator('.tip', { hasText: 'Share of the tier' }).waitFor();
      await page.getByText('Natural Earth').waitFor();
      await page.locator('[data-spot="region/ROW"]').click();
      await eventually(() => query(page, 'region')).toBe('ROW');
      expect(query(page, 'view')).toBe('world');
      expect(wrong).toEqual([]);
      await page.close();
    });

    test('offers provinces where the regions are provinces, and only there', async () => {
      const places = [
        '广东省',
        '江苏省',
        '北京市',
        '上海市',
        '四川省',
        '湖北省',
        '浙江省',
        '新疆维吾尔自治区',
        '香港',
      ];
      const upload = async (file: string, text: string) => {
        const given = {
          method: 'POST',
          body: text,
          headers: { 'Content-Type': 'application/octet-stream' },
        };
        return (await served.json<{ upload: string }>(`/api/uploads?file=${file}`, given)).upload;
      };
      const nodes = places.map((place, i) => `f${i},Firm ${i},${place},chips`).join('\n');
      const links = places
        .slice(1)
        .map((_, i) => `f${i + 1},f0,${10 * (i + 1)}`)
        .join('\n');
      const uploads = [
        await upload('nodes.csv', `id,name,region,product\n${nodes}\n`),
        await upload('links.csv', `from,to,value\n${links}\n`),
      ];
      const body = JSON.stringify({ name: 'provinces', uploads });
      const run = await served.json<Run>('/api/imports', { method: 'POST', body });
      await eventually(async () => (await served.json<Run>(`/api/runs/${run.id}`)).state, {
        timeout: 30_000,
      }).toBe('done');
      const { page, wrong } = await open(browser, served, '/chains/provinces/map?node=f0', english);
      await spots(page).first().waitFor();
      await page.getByRole('radio', { name: 'Provinces' }).check({ force: true });
      await page.locator('.picture [data-spot="region/四川省"]').waitFor();
      expect(await page.locator('.picture svg').textContent()).toContain('Heilongjiang');
      expect(await violations(page)).toEqual([]);
      await page.goto(`${served.base}${world}/map?product=c9&region=CHN`);
      await spots(page).first().waitFor();
      expect(await page.getByRole('radio', { name: 'Provinces' }).count()).toBe(0);
      expect(wrong).toEqual([]);
      await page.close();
    });

    test('saves the picture as SVG that stands alone', async () => {
      const { page, wrong } = await open(
        browser,
        served,
        `${world}/map?product=c9&region=CHN`,
        english,
      );
      await spots(page).first().waitFor();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Save as SVG' }).click(),
      ]);
      const stream = await file.createReadStream();
      const pieces: Buffer[] = [];
      for await (const piece of stream) pieces.push(piece as Buffer);
      const text = Buffer.concat(pieces).toString();
      expect(text).toContain('<svg');
      expect(text).not.toContain('var(--');
      expect(wrong).toEqual([]);
      await page.close();
    });

    test('of 3,000 boxes is panned; the time of its frames is told', async () => {
      const { page, wrong } = await open(browser, served, '/', english);
      await page.route('**/answers/tiers?**', (route) => route.fulfill({ json: manyBoxes(600) }));
      await page.goto(`${served.base}${world}/map?product=c9&region=CHN`);
      await spots(page).first().waitFor();
      expect(await spots(page).count()).toBe(3000);
      const frame = (await page.locator('.picture .frame').boundingBox())!;
      const [x, y] = [frame.x + frame.width / 2, frame.y + frame.height / 2];
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x, y - 20);
      await page.evaluate(() => {
        const times: number[] = [];
        Object.assign(window, { times });
        const tick = (now: number) => {
          times.push(now);
          requestAnimationFrame(tick);
        };
        requestAnimationFrame(tick);
      });
      for (let i = 0; i < 90; i += 1) {
        await page.mouse.move(x + 30 * Math.sin(i / 8), y - 20 - i * 3);
      }
      const times = await page.evaluate(() => (window as unknown as { times: number[] }).times);
      await page.mouse.up();
      const gaps = times
        .slice(1)
        .map((time, i) => time - times[i]!)
        .sort((a, b) => a - b);
      const [middle, high] = [
        gaps[Math.floor(gaps.length / 2)]!,
        gaps[Math.floor(gaps.length * 0.95)]!,
      ];
      console.info(
        `panning 3,000 boxes: ${gaps.length} frames, median ${middle.toFixed(1)} ms, 95 % within ${high.toFixed(1)} ms`,
      );
      expect(gaps.length).toBeGreaterThan(0); // the figures are told, not judged: machines differ
      expect(wrong).toEqual([]);
      await page.close();
    });
  });

  describe('stress', () => {
    test('is put together by search and slider, run, and stepped through', async () => {
      const { page, wrong } = await open(browser, served, `${world}/stress`, english);
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
      const { page, wrong } = await open(browser, served, `${taiwan}&round=2&view=world`, english);
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
      const { page, wrong } = await open(browser, served, `${taiwan}&round=0`, options);
      await page.getByRole('button', { name: 'Next round' }).click();
      await eventually(() => query(page, 'round')).toBe('1');
      await page.waitForTimeout(1500);
      expect(query(page, 'round')).toBe('1');
      expect(wrong).toEqual([]);
      await page.close();
    });

    test('a click in the picture adds who fails, to A or to B; both are compared', async () => {
      const { page, wrong } = await open(browser, served, `${taiwan}&view=tiers`, english);
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
      const { page, wrong } = await open(browser, served, `${world}/stress`, english);
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
      const firms = join(served.folder, 'firms.stave');
      execFileSync(program, ['generate', '-o', firms, '--firms', '20000', '--links', '120000']);
      const parameters = { all: 'on', eps: '1e-9' };
      const body = JSON.stringify({ chain: 'firms', analysis: 'systemic', parameters });
      const long = await served.json<Run>('/api/runs', { method: 'POST', body });
      const { page } = await open(browser, served, `${world}/stress?fail=USA.c8:37`, english);
      const cancel = page.getByRole('button', { name: 'Cancel' });
      await cancel.waitFor();
      await cancel.click();
      await page.getByText('Cancelled.').waitFor();
      await fetch(`${served.base}/api/runs/${long.id}`, { method: 'DELETE' });
      await page.getByRole('button', { name: 'Ask again' }).click();
      await page.locator('.costs', { hasText: 'Output lost' }).waitFor();
      await page.close();
    });

    test('says what the server refuses', async () => {
      const { page } = await open(browser, served, `${world}/stress?fail=NOBODY.c1:50`, english);
      await page
        .getByRole('alert')
        .getByText(/NOBODY/)
        .waitFor();
      await page.close();
    });
  });

  describe('a viewer', () => {
    test('who may not start runs is given quick answers', async () => {
      const readOnly = await serve('--read-only');
      try {
        const first = await open(browser, readOnly, world, english);
        await first.page.locator('.findings', { hasText: 'China would lose' }).waitFor();
        await first.page.close();
        const second = await open(browser, readOnly, taiwan, english);
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
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [1440, 420]) {
        test.each(pages)(
          `passes axe, does not scroll sideways: ${width} px, ${colorScheme}: %s`,
          async (_, path, wait) => {
            const locale = width === 420 ? 'zh-CN' : 'en-GB';
            const options = { viewport: { width, height: 900 }, colorScheme, locale };
            const { page, wrong } = await open(browser, served, path, options);
            await page.locator(wait).first().waitFor();
            await eventually(() => page.locator('.stale').count()).toBe(0);
            expect(await violations(page)).toEqual([]);
            expect(await sideways(page)).toBe(0);
            expect(wrong).toEqual([]);
            await page.close();
          },
        );
      }
    }

    test('is there after opening with a cold cache; how soon is told', async () => {
      const warm = await open(browser, served, world, english);
      await warm.page.locator('.findings').waitFor();
      await warm.page.close();
      const context = await browser.newContext(english);
      const page = await context.newPage();
      const begin = Date.now();
      await page.goto(served.base + world, { waitUntil: 'commit' });
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

/** An answer of `tiers` with five tiers of so many boxes each, three links a box. */
function manyBoxes(each: number): unknown {
  const tiers = [-2, -1, 0, 1, 2];
  const boxes = tiers.flatMap((tier) =>
    Array.from({ length: each }, (_, i) => ({ tier, box: i + 1 })),
  );
  const links = tiers.slice(0, -1).flatMap((tier) =>
    Array.from({ length: 3 * each }, (_, i) => ({
      tier,
      from: (i % each) + 1,
      to: ((i * 7) % each) + 1,
    })),
  );
  const column = (name: string, values: unknown[]) => {
    const type = typeof values[0] === 'number' ? 'real' : 'text';
    return { name, type, unit: name === 'value' ? 'million USD' : '', meaning: '', values };
  };
  const size = (i: number) => 1 + (i % 17);
  return {
    analysis: 'tiers',
    title: 'Many',
    question: '',
    verdict: true,
    findings: [],
    figures: [],
    provenance: { chain: 'x', residuals: [], notes: [], parameters: {}, version: '' },
    tables: [
      {
        name: 'boxes',
        title: 'boxes',
        columns: [
          column(
            'tier',
            boxes.map(({ tier }) => tier),
          ),
          column(
            'box',
            boxes.map(({ box }) => box),
          ),
          column(
            'name',
            boxes.map(({ tier, box }) => `Region ${box % 9}: Product ${tier}.${box}`),
          ),
          column(
            'kind',
            boxes.map(() => 'maker'),
          ),
          column(
            'node',
            boxes.map(({ tier, box }) => `n${tier}.${box}`),
          ),
          column(
            'region',
            boxes.map(({ box }) => `R${box % 9}`),
          ),
          column(
            'region_name',
            boxes.map(({ box }) => `Region ${box % 9}`),
          ),
          column(
            'product',
            boxes.map(({ tier }) => `p${tier}`),
          ),
          column(
            'product_name',
            boxes.map(({ tier, box }) => `Product ${tier}.${box}`),
          ),
          column(
            'value',
            boxes.map((_, i) => size(i)),
          ),
          column(
            'share',
            boxes.map((_, i) => size(i) / each),
          ),
          column(
            'makers',
            boxes.map(() => 1),
          ),
        ],
      },
      {
        name: 'links',
        title: 'links',
        columns: [
          column(
            'tier',
            links.map(({ tier }) => tier),
          ),
          column(
            'from',
            links.map(({ from }) => from),
          ),
          column(
            'to',
            links.map(({ to }) => to),
          ),
          column(
            'value',
            links.map((_, i) => size(i) / 4),
          ),
          column(
            'share',
            links.map(() => 0.1),
          ),
          column(
            'mark',
            links.map(() => ''),
          ),
        ],
      },
    ],
  };
}
