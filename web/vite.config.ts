import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { english } from './figures/src/words.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Plain ASCII, so that the page can be embedded as C++ text and survives any server's charset. */
function ascii(text: string, escape: (code: string) => string): string {
  return text.replace(/[\u0080-\uffff]/g, (c) =>
    escape(c.charCodeAt(0).toString(16).padStart(4, '0')),
  );
}

function sealed(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** One page from template, style and script; only the script and style with these hashes run. */
function page(): Plugin {
  let folder = '';
  return {
    name: 'stave-page',
    configResolved: (config) => void (folder = resolve(config.root, config.build.outDir)),
    closeBundle() {
      const read = (name: string) => readFileSync(join(folder, name), 'utf8').trim();
      const script = ascii(read('figures.js'), (code) => `\\u${code}`);
      const style = ascii(read('figures.css'), (code) => `\\${code} `);
      if (/<\/(script|style)|<!--/i.test(script + style)) {
        throw new Error('the script would end its own element');
      }
      const values: Record<string, string> = {
        script,
        style,
        'script-hash': sealed(script),
        'style-hash': sealed(style),
        'no-script': english.noScript,
      };
      const template = readFileSync(here('figures/src/page.html'), 'utf8');
      const text = template.replace(/\{\{([\w-]+)\}\}/g, (_, name: string) => values[name]!);
      writeFileSync(join(folder, 'page.html'), text);
    },
  };
}

export default defineConfig({
  root: here('figures'),
  plugins: [page()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    lib: {
      entry: here('figures/src/main.ts'),
      formats: ['iife'],
      name: 'StaveFigures',
      fileName: () => 'figures.js',
      cssFileName: 'figures',
    },
  },
  test: { include: ['test/**/*.test.ts'], testTimeout: 180_000 },
});
