/** A table of 10,000 and of 100,000 rows: few are drawn, and scrolling stays smooth. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report, Run } from '../src/interface';
import { eventually, missing, open, serve, startBrowser, type Served } from './server';

if (missing) console.warn(`skipped: ${missing}`);

/** The report of a run with its first table made long: the same columns, its rows again and again. */
function lengthened(report: Report, rows: number): Report {
  const [first, ...rest] = report.tables;
  const columns = first!.columns.map((column) => ({
    ...column,
    values: Array.from({ length: rows }, (_, i) => {
      const value = column.values[i % column.values.length]!;
      if (column.name === 'source') return `${String(value)} ${i}`;
      return typeof value === 'number' ? value * (1 + ((i * 7919) % 1000) / 1000) : value;
    }),
  }));
  return { ...report, figures: [], tables: [{ ...first!, columns }, ...rest] };
}

interface Scrolled {
  /** Milliseconds between frames, the first few left out. */
  times: number[];
  /** Work of the page's thread a frame, drawing included, in ms: not what others do meanwhile. */
  work: number;
}

/** Scrolls the table by `step` pixels a frame. */
async function scroll(page: Page, step: number): Promise<Scrolled> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const spent = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * metrics.find(({ name }) => name === 'TaskDuration')!.value;
  };
  const before = await spent();
  const times = await page.evaluate(async (by) => {
    const scroller = document.querySelector('.scroller.long')!;
    const found: number[] = [];
    await new Promise<void>((done) => {
      let last = performance.now();
      const next = (now: number) => {
        found.push(now - last);
        last = now;
        scroller.scrollTop += by;
        if (found.length < 120) requestAnimationFrame(next);
        else done();
      };
      requestAnimationFrame(next);
    });
    return found;
  }, step);
  const work = ((await spent()) - before) / times.length;
  await session.detach();
  return { times: times.slice(5), work };
}

const told = ({ times, work }: Scrolled) => {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(1);
  const frame = `median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${at(1)} ms`;
  return `${frame}; work of the page ${work.toFixed(1)} ms a frame`;
};

describe.skipIf(missing !== undefined)('a long table', () => {
  let served: Served;
  let browser: Browser;
  let run: Run;
  let report: Report;
  beforeAll(async () => {
    [served, browser] = await Promise.all([serve(), startBrowser()]);
    run = await served.start('exposure', { region: 'CHN' });
    await served.finished(run.id);
    report = await served.json<Report>(`/api/runs/${run.id}/report`);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  test.each([10_000, 100_000])('of %i rows', async (count) => {
    const { page } = await open(browser, served, '/runs', { locale: 'en-GB' });
    const json = JSON.stringify(lengthened(report, count));
    await page.route('**/report', (route) =>
      route.fulfill({ body: json, contentType: 'application/json' }),
    );
    await page.goto(`${served.base}/runs/${run.id}`);
    const table = page.locator('#table-choke_points table');
    await table.locator('tbody tr').first().waitFor();
    expect(await table.getAttribute('aria-rowcount')).toBe(String(count + 1));
    const drawn = () => table.locator('tbody tr:not(.rest)').count();
    expect(await drawn()).toBeLessThan(80);

    const slow = await scroll(page, 60);
    const fast = await scroll(page, 1500);
    console.log(`${count} rows, 2 rows a frame: ${told(slow)}`);
    console.log(`${count} rows, 50 rows a frame: ${told(fast)}`);
    expect(await drawn()).toBeLessThan(80);

    await table.locator('..').evaluate((scroller) => (scroller.scrollTop = scroller.scrollHeight));
    await table.locator(`tr[aria-rowindex="${count + 1}"]`).waitFor();
    await table.getByRole('button', { name: /^At risk\s*%/ }).click();
    await table.locator('tr[aria-rowindex="2"]').waitFor();
    const values = await table.locator('tbody tr td.number:nth-child(4)').allInnerTexts();
    const numbers = values.map(Number);
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
    await page.getByLabel('Find in the table').fill(` ${count - 1} `);
    await eventually(() => table.getAttribute('aria-rowcount')).toBe('2');
    await page.close();
  });
});
