/** The server's interface (docs: /api/openapi.json), typed as far as the pages use it. */

import type { Report } from '../../figures/src/report';

export type { Report };

export interface Item {
  code: string;
  name: string;
  name_zh: string;
  part_of: string;
}

export interface ChainSummary {
  name: string;
  title: string;
  title_zh: string;
  year: number;
  unit: string;
  currency: string;
  classification: string;
  source: string;
  licence: string;
  notes: string[];
  nodes: number;
  flows: number;
  regions: number;
  products: number;
  stressors: number;
  file_bytes?: number;
  modified?: string;
  sample?: boolean;
  removable?: boolean;
}

export interface Chain extends Omit<ChainSummary, 'regions' | 'products' | 'stressors'> {
  regions: Item[];
  products: Item[];
  stressors: { name: string; unit: string; quality: string }[];
  node_attributes: { name: string; unit: string }[];
  region_attributes: { name: string; unit: string }[];
}

export interface Node {
  id: string;
  label: string;
  name_zh: string;
  region: string;
  product: string;
  output: number;
}

export interface Parameter {
  name: string;
  type: string;
  summary: string;
  default: string;
  unit: string;
  min: number | null;
  max: number | null;
  choices: string[];
  required: boolean;
}

export interface Column {
  name: string;
  type: string;
  unit: string;
  meaning: string;
}

export interface Analysis {
  name: string;
  question: string;
  summary: string;
  needs: string[];
  parameters: Parameter[];
  tables: { name: string; title: string; columns: Column[] }[];
  examples: { command: string; answers: string }[];
  papers: string[];
}

export type RunState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';

export interface Problem {
  code: string;
  message: string;
  hint: string;
}

export interface Run {
  id: number;
  name?: string;
  chain: string;
  analysis: string;
  parameters: Record<string, string>;
  state: RunState;
  asked: string;
  begun: string;
  ended: string;
  seconds?: number | null;
  stage: string;
  progress: number;
  seconds_left: number | null;
  title: string;
  tables: { name: string; title: string; rows: number }[];
  report: boolean;
  error: Problem | null;
}

/** What the server refused, in its own words. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}

function refusalOf(status: number, said: string, body: string): Refused {
  try {
    const { code, message, hint } = JSON.parse(body) as Problem;
    return new Refused(status, code, message, hint);
  } catch {
    return new Refused(status, 'unreadable', said, '');
  }
}

async function refusal(response: Response): Promise<Refused> {
  return refusalOf(response.status, response.statusText, await response.text());
}

async function answered(path: string, options: RequestInit): Promise<Response> {
  const response = await fetch(path, options);
  if (!response.ok) throw await refusal(response);
  return response;
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await answered(path, signal ? { signal } : {})).json() as Promise<T>;
}

export async function send<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await answered(path, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body ?? {}),
  });
  return (response.status === 204 ? undefined : await response.json()) as T;
}

const part = encodeURIComponent;

export const chains = () => get<{ chains: ChainSummary[] }>('/api/chains').then((x) => x.chains);
export const chain = (name: string, signal?: AbortSignal) =>
  get<Chain>(`/api/chains/${part(name)}`, signal);
export const nodes = (name: string, text: string, most = 20, signal?: AbortSignal) =>
  get<{ nodes: Node[] }>(
    `/api/chains/${part(name)}/nodes?q=${part(text)}&most=${most}`,
    signal,
  ).then((x) => x.nodes);
export const analyses = () =>
  get<{ analyses: Pick<Analysis, 'name' | 'question' | 'needs'>[] }>('/api/analyses').then(
    (x) => x.analyses,
  );
export const analysis = (name: string) => get<Analysis>(`/api/analyses/${part(name)}`);

export type Parameters = Record<string, string | number | boolean>;

/** Address of a quick answer, which is not kept among the runs. */
export function answerAddress(chain: string, name: string, parameters: Parameters = {}): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) query.set(key, String(value));
  return `/api/chains/${part(chain)}/answers/${part(name)}?${query}`;
}

/** A quick answer: computed at once, stopped after half a minute, not kept among the runs. */
export const answer = (
  chain: string,
  name: string,
  parameters: Parameters = {},
  signal?: AbortSignal,
) => get<Report>(answerAddress(chain, name, parameters), signal);

export const runs = () => get<{ runs: Run[] }>('/api/runs').then((x) => x.runs);
export const run = (id: number) => get<Run>(`/api/runs/${id}`);
export const report = (id: number) => get<Report>(`/api/runs/${id}/report`);
export const endRun = (id: number) => send<Run | undefined>('DELETE', `/api/runs/${id}`);

export interface RunRequest {
  chain: string;
  analysis: string;
  parameters?: Parameters;
  name?: string;
  /** Take an equal run of the unchanged chain where there is one. */
  reuse?: boolean;
}

export const startRun = (request: RunRequest) => send<Run>('POST', '/api/runs', request);

export const renameRun = (id: number, name: string) =>
  send<Run>('PATCH', `/api/runs/${id}`, { name });
export const repeatRun = (id: number) => send<Run>('POST', `/api/runs/${id}/repeat`);
export const difference = (id: number, other: number) =>
  get<Report>(`/api/runs/${id}/difference/${other}`);

export interface Format {
  name: string;
  title: string;
  extensions?: string[];
}

export const formats = () => get<{ formats: Format[] }>('/api/formats').then((x) => x.formats);
export const removeChain = (name: string) => send<undefined>('DELETE', `/api/chains/${part(name)}`);

export interface Upload {
  upload: string;
  bytes: number;
}

export interface ImportRequest {
  name: string;
  uploads: string[];
  format: string;
  replace: boolean;
}

export const startImport = (request: ImportRequest) => send<Run>('POST', '/api/imports', request);

/** Sends a file as it is, and says how much of it has gone. */
export function upload(
  file: File,
  gone: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<Upload> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/uploads?file=${part(file.name)}`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = (event) => gone(event.loaded);
    request.onerror = () => fail(new TypeError('fetch failed'));
    request.onabort = () => fail(new DOMException('cancelled', 'AbortError'));
    request.onload = () => {
      if (request.status === 201) done(JSON.parse(request.responseText) as Upload);
      else fail(refusalOf(request.status, request.statusText, request.responseText));
    };
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

/** Who the reader is to this server: a viewer changes nothing. */
export interface Me {
  role: 'editor' | 'viewer';
  local: boolean;
}

export const me = () => get<Me>('/api/me');

export const ended = (run: Run) => run.state !== 'queued' && run.state !== 'running';

const askAgain = 3_000;

/**
 * Follows a run until it ends, or until `stop` is called: by events, and by asking now and then, for
 * where the server has no place for a listener. `lost`: there is no such run any more.
 */
export function watchRun(
  id: number,
  changed: (run: Run) => void,
  lost: (error: unknown) => void = () => undefined,
): { stop: () => void } {
  const source = new EventSource(`/api/runs/${id}/events`);
  let over = false;
  const stop = () => {
    over = true;
    source.close();
    clearInterval(timer);
  };
  const hear = (now: Run) => {
    if (over) return; // what was asked before it was over may come later
    if (ended(now)) stop();
    changed(now);
  };
  const read = (event: Event) => hear(JSON.parse((event as MessageEvent<string>).data) as Run);
  const timer = setInterval(() => {
    if (source.readyState === EventSource.OPEN) return;
    run(id).then(hear, (error: unknown) => {
      const gone = error instanceof Refused && error.status === 404;
      if (over || !gone) return; // not gone: away for a moment
      stop();
      lost(error);
    });
  }, askAgain);
  source.addEventListener('progress', read);
  source.addEventListener('end', read);
  return { stop };
}
