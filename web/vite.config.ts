// How the page is built: unminified, with stable names, so that `dist` can be committed and merged.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const daemon = process.env['SIMURGH_DAEMON'] ?? 'http://127.0.0.1:8790';

export default defineConfig({
  plugins: [svelte()],
  build: {
    target: 'es2022',
    minify: false,
    cssMinify: false,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/app.js',
        chunkFileNames: 'assets/[name].js',
        assetFileNames: 'assets/[name][extname]',
      },
    },
  },
  server: { proxy: { '/rpc': { target: daemon, ws: true } } },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
