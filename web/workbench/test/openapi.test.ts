// The interface's own description, by a validator that knows nothing of Stave. The program is
// $STAVE or the release build's.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const built = fileURLToPath(new URL('../../../build/release/src/cli/stave', import.meta.url));
const program = process.env['STAVE'] ?? built;
const missing = !existsSync(program);
if (missing) console.warn(`skipped: there is no program at ${program}; build it or set STAVE`);

type Schema = Record<string, unknown>;
type Operation = {
  operationId: string;
  parameters?: { name: string; in: string }[];
  requestBody?: { content: Record<string, { example?: unknown }> };
  responses: Record<string, unknown>;
};
type Document = {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

describe.skipIf(missing)('the description of the interface', () => {
  let server: ChildProcess;
  let folder = '';
  let base = '';
  let document: Document;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'stave-openapi-'));
    server = spawn(program, ['serve', folder, '--port', '0'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    base = await new Promise<string>((found, failed) => {
      let said = '';
      server.stderr!.on('data', (piece) => {
        said += String(piece);
        const address = /http:\S+\//.exec(said);
        if (address && said.includes('Ctrl-C')) found(address[0]);
      });
      server.once('exit', () => failed(new Error(said)));
    });
    document = (await (await fetch(`${base}api/openapi.json`)).json()) as Document;
  });
  afterAll(() => {
    server.kill('SIGINT');
    rmSync(folder, { recursive: true, force: true });
  });

  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );

  test('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const result = await validator.validate(structuredClone(document) as Schema);
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  // The validator must be able to say no.
  test('would be refused with a mistake in it', async () => {
    const broken = structuredClone(document) as unknown as Schema;
    delete (broken['info'] as Schema)['title'];
    expect((await new Validator().validate(broken)).valid).toBe(false);
  });

  test('names every operation once, and every part of a path', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(20);
    for (const { path, operation } of operations()) {
      const parts = [...path.matchAll(/\{(\w+)\}/g)].map((part) => part[1]);
      const said = (operation.parameters ?? []).filter((one) => one.in === 'path');
      expect(said.map((one) => one.name)).toEqual(parts);
    }
  });

  test('describes what every reading operation without a name answers', async () => {
    const plain = operations().filter(
      ({ path, method }) => method === 'get' && !path.includes('{'),
    );
    expect(plain.length).toBeGreaterThan(5);
    for (const { path, operation } of plain) {
      const answer = await fetch(new URL(path, base));
      expect(`${path} ${answer.status}`).toBe(`${path} 200`);
      expect(Object.keys(operation.responses)).toContain('200');
      const name = path === '/api/openapi.json' ? undefined : schemaOf(operation, '200');
      const schema = name === undefined ? undefined : document.components.schemas[name];
      const body = (await answer.json()) as Schema;
      for (const property of (schema?.['required'] as string[] | undefined) ?? [])
        expect(`${path}: ${Object.keys(body).join(' ')}`).toContain(property);
      for (const property of schema ? Object.keys(body) : [])
        expect(Object.keys(schema!['properties'] as Schema)).toContain(property);
    }
  });

  test('has an example of a run that can be sent as it is', async () => {
    const example = document.paths['/api/runs']!['post']!.requestBody!.content['application/json']!;
    const answer = await fetch(`${base}api/runs`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(example.example),
    });
    expect(answer.status).toBe(202);
  });
});

function schemaOf(operation: Operation, status: string): string {
  const content = (operation.responses[status] as { content: Record<string, { schema: Schema }> })
    .content;
  return String(content['application/json']!.schema['$ref']).split('/').pop()!;
}
