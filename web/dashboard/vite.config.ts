import { lingui } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { babel } from './build/babel.ts';
import { firstLoad } from './build/first-load.ts';
import { operations } from './build/operations.ts';

export default defineConfig({
  root: import.meta.dirname,
  // The server serves the built files below this path and nowhere else.
  base: '/dashboard/',
  cacheDir: '../node_modules/.vite-dashboard',
  plugins: [babel(import.meta.dirname), react(), lingui({ configPath: `${import.meta.dirname}/lingui.config.ts`, failOnMissing: true }), operations(import.meta.dirname)],
  build: {
    outDir: '../dist/dashboard',
    emptyOutDir: true,
    manifest: true,
    sourcemap: false,
    modulePreload: { polyfill: false },
    // The policy of the page allows files of its own origin alone, not data: addresses.
    assetsInlineLimit: 0,
    license: { fileName: 'licenses.md' },
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: firstLoad(import.meta.dirname) }] } },
      onwarn(warning, warn) {
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
  test: { include: ['src/**/*.test.{ts,tsx}'], environment: 'node' },
});
