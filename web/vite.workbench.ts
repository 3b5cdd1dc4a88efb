import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** `npm run dev:workbench` serves the sources; the interface comes from a running `stave serve`. */
const server = process.env['STAVE_SERVER'] ?? 'http://127.0.0.1:8420';

export default defineConfig({
  root: fileURLToPath(new URL('workbench', import.meta.url)),
  plugins: [svelte({ configFile: '../svelte.config.js' })],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0, // nothing as data:, so that the security policy stays short
    modulePreload: { polyfill: false },
  },
  resolve: process.env['VITEST'] ? { conditions: ['browser'] } : {},
  server: {
    proxy: { '/api': { target: server, changeOrigin: true, headers: { origin: server } } },
  },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2, // each starts a browser and a server
  },
});
