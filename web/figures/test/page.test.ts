/** The page in a real browser: what a reader sees, can reach, and what leaves the page (nothing). */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
// @ts-expect-error: plain JavaScript, shared with the scripts
import { example } from '../example/report.mjs';
import type { Report } from '../src/report';
// @ts-expect-error: plain JavaScript
import { browserOptions } from './browser.mjs';
import { figure, real, report, table, text } from './fixture';

const shell = readFileSync(new URL('../dist/page.html', import.meta.url), 'utf8');
const axe = readFileSync(
  new URL('../../node_modules/axe-core/axe.min.js', import.meta.url),
  'utf8',
);
const folder = mkdtempSync(join(tmpdir(), 'stave-page-'));

/** As to_html writes it. */
function written(content: Report, name: string): string {
  const json = JSON.stringify(content).replace(
    /[<>&]/g,
    (c) => `\\u00${c.charCodeAt(0).toString(16)}`,
  );
  const path = join(folder, `${name}.html`);
  writeFileSync(
    path,
    shell.replace('<!--stave:report-->', () => json),
  );
  return pathToFileURL(path).href;
}

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch(browserOptions);
}, 60_000);
afterAll(() => browser?.close());

interface Opened {
  page: Page;
  /** Requests beyond the page itself, messages of errors, refusals of the security policy. */
  wrong: string[];
}

async function open(
  content: Report,
  options: Parameters<Browser['newPage']>[0] = {},
): Promise<Opened> {
  const address = written(content, 'report');
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, ...options });
  const wrong: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (url !== address && !/^(data|blob):/.test(url)) wrong.push(`request ${url}`);
  });
  page.on('pageerror', (error) => wrong.push(`error ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
  await page.goto(address);
  return { page, wrong };
}

const wide = async (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

describe('the page', () => {
  test('runs only the script and style it was sealed with, and is under 120 kB of script', () => {
    const script = /<script>([\s\S]*)<\/script>/.exec(shell)![1]!;
    const style = /<style>([\s\S]*)<\/style>/.exec(shell)![1]!;
    const seal = (content: string) => createHash('sha256').update(content).digest('base64');
    expect(shell).toContain(`default-src 'none'; script-src 'sha256-${seal(script)}'`);
    expect(shell).toContain(`style-src 'sha256-${seal(style)}'`);
    expect(script.length).toBeLessThan(120_000);
    expect(shell).not.toMatch(/[^\x00-\x7f]/);
  });

  test('shows findings, figures, tables and sources, and asks the network for nothing', async () => {
    const { page, wrong } = await open(example);
    expect(await page.title()).toBe(`${example.title} – Stave`);
    expect(await page.locator('.findings li').count()).toBe(example.findings.length);
    expect(await page.locator('svg[role=img]').count()).toBe(example.figures.length);
    expect(await page.locator('.failed').count()).toBe(0);
    expect(await page.locator('.balances tbody tr').count()).toBe(4);
    expect(await page.locator('.balances .held').count()).toBe(2);
    expect(await page.locator('.balances .missed').count()).toBe(1);
    expect(wrong).toEqual([]);
    await page.close();
  });

  test.each([
    [1440, 'light'],
    [1440, 'dark'],
    [420, 'light'],
    [420, 'dark'],
  ] as const)(
    'passes axe and does not scroll sideways at %d px, %s',
    async (width, colorScheme) => {
      const { page } = await open(example, {
        viewport: { width, height: 900 },
        colorScheme,
        bypassCSP: true,
      });
      for (const details of (await page.locator('details.table').all()).slice(0, 2)) {
        await details.evaluate((element) => ((element as HTMLDetailsElement).open = true));
      }
      await page.addScriptTag({ content: axe });
      const found = await page.evaluate(() => (window as any).axe.run());
      const said = found.violations.map(
        (v: any) => `${v.id}: ${v.nodes[0].html} ${v.nodes[0].failureSummary}`,
      );
      expect(said).toEqual([]);
      expect(await wide(page)).toBeLessThanOrEqual(0);
      await page.close();
    },
  );

  test('keeps hostile names as text', async () => {
    const evil = `</script><script>window.hurt=1</script><img src=x onerror="window.hurt=2">'"&`;
    const rows = table(text(evil, [evil]), real('v', evil, [1]));
    const content = report([{ ...rows, name: evil, title: evil }], []);
    content.figures = [
      { ...figure('bars', { label: evil, value: 'v' }), table: evil, title: evil, caption: evil },
    ];
    Object.assign(content, {
      title: evil,
      question: evil,
      findings: [{ text: evil, tone: 'alarm' }],
    });
    Object.assign(content.provenance, {
      notes: [evil],
      parameters: { [evil]: evil },
      source: evil,
    });
    const { page, wrong } = await open(content);
    expect(await page.evaluate(() => (window as any).hurt)).toBeUndefined();
    expect(await page.locator('h1').textContent()).toBe(evil);
    expect(await page.locator('img').count()).toBe(0);
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('says what it cannot draw, and draws the rest', async () => {
    const rows = table(text('name', ['a']), real('v', '%', [1]));
    const empty = { ...table(text('name', []), real('v', '%', [])), name: 'empty' };
    const good = figure('bars', { label: 'name', value: 'v' });
    const figures = [
      { ...good, kind: 'pie' },
      { ...good, table: 'gone' },
      { ...good, table: 'empty' },
      good,
    ];
    const { page, wrong } = await open(report([rows, empty], figures));
    expect(await page.locator('.failed').count()).toBe(3);
    expect(await page.locator('.failed').first().textContent()).toContain(
      "'pie' is not a kind of chart",
    );
    expect(await page.locator('svg[role=img]').count()).toBe(1);
    expect(wrong).toEqual([]);
    await page.close();
  });
});

describe('a chart', () => {
  test('tells its values to the pointer', async () => {
    const { page } = await open(example);
    await page
      .locator('.stage')
      .first()
      .hover({ position: { x: 400, y: 70 } });
    expect(await page.locator('.tip').first().isVisible()).toBe(true);
    expect(await page.locator('.tip').first().textContent()).toContain('Value added at risk');
    await page.close();
  });

  test('tells its values to the keys, out loud', async () => {
    const { page } = await open(example);
    const chart = page.locator('.chart').first();
    await chart.focus();
    await page.keyboard.press('ArrowDown');
    const first = await page.locator('[aria-live]').first().textContent();
    await page.keyboard.press('ArrowDown');
    const second = await page.locator('[aria-live]').first().textContent();
    expect(first).toContain('Value added at risk');
    expect(second).not.toBe(first);
    await page.keyboard.press('Escape');
    expect(await page.locator('.tip').first().isVisible()).toBe(false);
    await page.close();
  });

  test('is drawn anew when the page narrows', async () => {
    const { page } = await open(example);
    const width = () => page.locator('.stage svg').first().getAttribute('width');
    const before = Number(await width());
    await page.setViewportSize({ width: 420, height: 900 });
    await expect.poll(async () => Number(await width())).toBeLessThan(before);
    await page.close();
  });

  test('is saved as SVG without any name of a theme, and as a PNG', async () => {
    const { page, wrong } = await open(example, { colorScheme: 'dark' });
    for (const [name, start] of [
      ['Save as SVG', '<svg xmlns='],
      ['Save as PNG', '\x89PNG'],
    ] as const) {
      const waiting = page.waitForEvent('download');
      await page.getByRole('button', { name }).first().click();
      const saved = readFileSync(await (await waiting).path()).toString('latin1');
      expect(saved.startsWith(start)).toBe(true);
      if (name === 'Save as SVG') expect(saved).not.toContain('var(');
    }
    expect(wrong).toEqual([]);
    await page.close();
  });
});

describe('a table', () => {
  const opened = async () => {
    const { page } = await open(example);
    const details = page.locator('#table-choke_points');
    await details.locator('summary').first().click();
    await details.locator('tbody tr').first().waitFor(); // 'toggle' comes after the click
    return { page, details };
  };

  test('grows, is searched, and is sorted by a click', async () => {
    const { page, details } = await opened();
    expect(await details.locator('tbody tr').count()).toBe(20);
    await details.getByRole('button', { name: 'Show all 40' }).click();
    expect(await details.locator('tbody tr').count()).toBe(40);
    const column = details.locator('th', { hasText: 'Rounds' });
    await column.getByRole('button').click();
    expect(await column.getAttribute('aria-sort')).toBe('descending');
    const cells = await details.locator('tbody td:last-child').allTextContents();
    expect(cells.map(Number)).toEqual(cells.map(Number).sort((a, b) => b - a));
    await details.getByLabel('Find in table').fill('taiwan');
    for (const line of await details.locator('tbody tr').allTextContents()) {
      expect(line.toLowerCase()).toContain('taiwan');
    }
    await page.close();
  });

  test('is downloaded as CSV with its units', async () => {
    const { page, details } = await opened();
    const waiting = page.waitForEvent('download');
    await details.getByRole('button', { name: 'Download CSV' }).click();
    const saved = await waiting;
    expect(saved.suggestedFilename()).toBe('choke-points.csv');
    const lines = readFileSync(await saved.path(), 'utf8')
      .trim()
      .split('\n');
    expect(lines).toHaveLength(41);
    expect(lines[0]).toContain('value_added [million USD]');
    await page.close();
  });
});

describe('printed', () => {
  test('opens its tables and draws its charts for paper, then goes back', async () => {
    const { page } = await open(example, { colorScheme: 'dark' });
    const state = () =>
      page.evaluate(() => ({
        open: document.querySelectorAll('details.table[open]').length,
        width: Number(document.querySelector('.stage svg')!.getAttribute('width')),
      }));
    const before = await state();
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    const during = await state();
    expect(during.open).toBe(example.tables.length);
    expect(during.width).toBe(660);
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    expect(await state()).toEqual(before);
    await page.close();
  });

  test('fits A4', async () => {
    const { page } = await open(example);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const box = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf)!;
    expect([Number(box[1]), Number(box[2])].map(Math.round)).toEqual([595, 842]);
    expect(pdf.match(/\/Type \/Page\b/g)!.length).toBeLessThan(20);
    await page.close();
  });
});
