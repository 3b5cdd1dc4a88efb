/** Chain map in a real bed.browser. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Run } from '../src/interface';
import { manyBoxes } from './many_boxes';
import { english, eventually, inBrowser, query, violations } from './server';

const world = '/chains/world-2011';

inBrowser('chain map', (bed) => {
  const address = (page: Page) => {
    const { pathname, search } = new URL(page.url());
    return pathname + search;
  };
  const spots = (page: Page) => page.locator('.picture [data-spot]');

  test('begins with the most stuck product', async () => {
    const { page, wrong } = await bed.open(`${world}/map`, english);
    await spots(page).first().waitFor();
    expect(query(page, 'product')).toBe('c9');
    expect(query(page, 'region')).toBe('CHN');
    expect(await page.title()).toContain('Chemicals and chemical products · China');
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('is walked by keys, opened by Enter and by click; the list lights up with it', async () => {
    const { page, wrong } = await bed.open(`${world}/map?product=c9&region=CHN`, english);
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
    const first = await bed.open(path, english);
    await spots(first.page).first().waitFor();
    const picture = (page: Page) =>
      page.evaluate(() => document.querySelector('.picture svg')!.innerHTML.length);
    const list = (page: Page) => page.locator('.list ol').innerText();
    const second = await bed.open(address(first.page), english);
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
    const { page, wrong } = await bed.open('/chains/nev/map?product=car&region=CHN', english);
    await page.locator('.say', { hasText: /Break points:|No other maker/ }).waitFor();
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('draws the world: regions and flows are linked to the list', async () => {
    const path = `${world}/map?product=c14&region=CHN&view=world`;
    const { page, wrong } = await bed.open(path, english);
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
      return (await bed.served.json<{ upload: string }>(`/api/uploads?file=${file}`, given)).upload;
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
    const run = await bed.served.json<Run>('/api/imports', { method: 'POST', body });
    await eventually(async () => (await bed.served.json<Run>(`/api/runs/${run.id}`)).state, {
      timeout: 30_000,
    }).toBe('done');
    const { page, wrong } = await bed.open('/chains/provinces/map?node=f0', english);
    await spots(page).first().waitFor();
    await page.getByRole('radio', { name: 'Provinces' }).check({ force: true });
    await page.locator('.picture [data-spot="region/四川省"]').waitFor();
    expect(await page.locator('.picture svg').textContent()).toContain('Heilongjiang');
    expect(await violations(page)).toEqual([]);
    await page.goto(`${bed.served.base}${world}/map?product=c9&region=CHN`);
    await spots(page).first().waitFor();
    expect(await page.getByRole('radio', { name: 'Provinces' }).count()).toBe(0);
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('saves the picture as SVG that stands alone', async () => {
    const { page, wrong } = await bed.open(`${world}/map?product=c9&region=CHN`, english);
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
    const { page, wrong } = await bed.open('/', english);
    await page.route('**/answers/tiers?**', (route) => route.fulfill({ json: manyBoxes(600) }));
    await page.goto(`${bed.served.base}${world}/map?product=c9&region=CHN`);
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
