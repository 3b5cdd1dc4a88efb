/**
 * `stave serve` for the browser tests, once a test file, in folders of its own. The pages are those
 * in workbench/dist, newer than the ones in the program while one works on them; everything else,
 * security policy included, is the program's. WORKBENCH=program takes its pages too.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import {
  createServer,
  request,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ended, type Run } from '../src/interface';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
// @ts-expect-error: plain JavaScript, shared with the scripts
import { browserOptions } from '../../figures/test/browser.mjs';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
export const program = process.env['STAVE'] ?? here('../../../build/release/src/cli/stave');
const dist = here('../dist');
const axeScript = here('../../node_modules/axe-core/axe.min.js');

/** Why the browser tests cannot run here, or undefined. */
export const missing = !existsSync(program)
  ? `there is no program at ${program}; build it or set STAVE`
  : !existsSync(join(dist, 'index.html'))
    ? 'there is no workbench/dist; npm run build:workbench makes it'
    : undefined;

export interface Served {
  /** "http://127.0.0.1:4321", without a slash at the end. */
  base: string;
  /** The folder of chains, and of imports. */
  folder: string;
  json: <T>(path: string, options?: RequestInit) => Promise<T>;
  /** Starts a run of the world sample. */
  start: (analysis: string, parameters: Record<string, string>, name?: string) => Promise<Run>;
  /** Waits until a run is done. */
  finished: (id: number) => Promise<Run>;
  stop: () => Promise<void>;
}

async function spoken(server: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let said = '';
    server.stderr!.on('data', (piece) => {
      said += String(piece);
      const address = /http:\S+\//.exec(said);
      if (address && said.includes('Ctrl-C')) found(address[0].replace(/\/$/, ''));
    });
    server.once('exit', () => failed(new Error(`stave serve ended: ${said}`)));
  });
}

/** The file of dist that stands for the program's page or asset, or undefined. */
function replaced(url: string, answer: IncomingMessage): Buffer | undefined {
  const path = new URL(url, 'http://x').pathname;
  if (path.startsWith('/api/')) return undefined;
  const file = join(dist, path);
  if (path.startsWith('/assets/') && existsSync(file)) return readFileSync(file);
  const page = String(answer.headers['content-type'] ?? '').startsWith('text/html');
  return page ? readFileSync(join(dist, 'index.html')) : undefined;
}

const types: Record<string, string> = { js: 'text/javascript', css: 'text/css' };

/** The program's answers, with the pages of dist in place of its own. */
function front(upstream: string): Server {
  const { host } = new URL(upstream);
  return createServer((asked: IncomingMessage, answer: ServerResponse) => {
    const headers: IncomingMessage['headers'] = { ...asked.headers, host };
    if (headers.origin) headers.origin = upstream;
    delete headers['accept-encoding'];
    delete headers['if-none-match'];
    const url = asked.url ?? '/';
    const through = request(`${upstream}${url}`, { method: asked.method, headers }, (given) => {
      const file = replaced(url, given);
      if (file === undefined) {
        answer.writeHead(given.statusCode ?? 502, given.headers);
        given.pipe(answer);
        return;
      }
      given.resume();
      const type = types[/\.(\w+)$/.exec(url)?.[1] ?? ''] ?? given.headers['content-type'];
      const status = url.startsWith('/assets/') ? 200 : given.statusCode!;
      const { 'content-encoding': _, etag: __, ...kept } = given.headers;
      answer.writeHead(status, { ...kept, 'content-type': type, 'content-length': file.length });
      answer.end(file);
    });
    through.on('error', () => answer.destroy());
    answer.on('close', () => through.destroy());
    asked.pipe(through);
  });
}

/** Starts the program on a free port; `options` are more of its options. */
export async function serve(...options: string[]): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'stave-workbench-'));
  const runs = mkdtempSync(join(tmpdir(), 'stave-runs-'));
  const server = spawn(program, ['serve', folder, '--port', '0', '--runs', runs, ...options], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let base = await spoken(server);
  let door: Server | undefined;
  if (process.env['WORKBENCH'] !== 'program') {
    door = front(base);
    await new Promise<void>((open) => door!.listen(0, '127.0.0.1', open));
    base = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
  }
  const stop = async () => {
    door?.closeAllConnections();
    door?.close();
    const gone = new Promise((done) => server.once('exit', done));
    server.kill('SIGINT');
    await gone;
    for (const one of [folder, runs]) rmSync(one, { recursive: true, force: true });
  };
  const json = async <T>(path: string, given: RequestInit = {}): Promise<T> => {
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(base + path, { headers, ...given });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const start = (analysis: string, parameters: Record<string, string>, name = '') => {
    const body = JSON.stringify({ chain: 'world-2011', analysis, parameters, name });
    return json<Run>('/api/runs', { method: 'POST', body });
  };
  const finished = async (id: number): Promise<Run> => {
    for (;;) {
      const run = await json<Run>(`/api/runs/${id}`);
      if (run.state === 'done') return run;
      if (ended(run)) throw new Error(`run ${id} ${run.state}: ${run.error?.message}`);
      await new Promise((later) => setTimeout(later, 100));
    }
  };
  return { base, folder, json, start, finished, stop };
}

/** `expect.poll` with time for a busy machine: a second, its own choice, is less than an answer may take. */
export const eventually = <T>(read: () => T | Promise<T>, options: { timeout?: number } = {}) =>
  expect.poll(read, { timeout: 20_000, ...options });

export const startBrowser = (): Promise<Browser> => chromium.launch(browserOptions);

export interface Opened {
  page: Page;
  /** Requests beyond the server, errors of scripts, refusals of the security policy. */
  wrong: string[];
}

/** A page of the application; a language unless one is kept or in the address. */
export async function open(
  browser: Browser,
  served: Served,
  path: string,
  options: BrowserContextOptions = {},
): Promise<Opened> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, ...options });
  const wrong: string[] = [];
  page.on('request', (asked) => {
    const url = asked.url();
    if (!url.startsWith(`${served.base}/`) && !/^(data|blob):/.test(url)) wrong.push(url);
  });
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(`${message.text()} ${message.location().url}`);
  });
  await page.goto(served.base + path);
  return { page, wrong };
}

/** A program with chains and runs of its own, and a browser. */
export interface Bed {
  served: Served;
  browser: Browser;
  open: (path: string, options?: BrowserContextOptions) => Promise<Opened>;
}

/** Tests that share one bed; skipped where the program or the pages are not built. */
export function inBrowser(name: string, tests: (bed: Bed) => void): void {
  if (missing) console.warn(`skipped: ${missing}`);
  describe.skipIf(missing !== undefined)(name, () => {
    const bed = {
      open: (path, options) => open(bed.browser, bed.served, path, options),
    } as Bed;
    beforeAll(async () => {
      [bed.served, bed.browser] = await Promise.all([serve(), startBrowser()]);
    });
    afterAll(async () => {
      await bed.browser?.close();
      await bed.served?.stop();
    });
    tests(bed);
  });
}

export const english = { locale: 'en-GB' };
/** A parameter of the page's address. */
export const query = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);
export const panel = (page: Page, name: string) => page.getByRole('region', { name });

/** What axe finds against WCAG 2.2 A and AA, one line a finding. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(axeScript, 'utf8'));
  return page.evaluate(async () => {
    type Found = { id: string; nodes: { html: string; failureSummary?: string }[] };
    const { axe } = window as unknown as {
      axe: { run: (node: Document, options: object) => Promise<{ violations: Found[] }> };
    };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: tags } });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
    );
  });
}

/** By how many pixels a page is wider than its window. */
export const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

type Look = readonly [width: number, colorScheme: 'light' | 'dark'];
export const wideLooks: readonly Look[] = [
  [1440, 'light'],
  [1440, 'dark'],
];
export const narrowLooks: readonly Look[] = [
  [420, 'light'],
  [420, 'dark'],
];

export const everyLook: readonly Look[] = [...wideLooks, ...narrowLooks];

/** A page once `ready` passes axe and does not scroll sideways; the narrow one is in Chinese. */
export function looksSound(
  bed: Bed,
  name: string,
  path: string,
  ready: (page: Page) => Promise<void>,
  looks: readonly Look[] = [
    [1440, 'dark'],
    [420, 'light'],
  ],
): void {
  for (const [width, colorScheme] of looks)
    test(`passes axe, does not scroll sideways: ${width} px, ${colorScheme}: ${name}`, async () => {
      const locale = width === 420 ? 'zh-CN' : 'en-GB';
      const options = { viewport: { width, height: 900 }, colorScheme, locale };
      const { page, wrong } = await bed.open(path, options);
      await ready(page);
      expect(await violations(page)).toEqual([]);
      expect(await sideways(page)).toBe(0);
      expect(wrong).toEqual([]);
      await page.close();
    });
}
