import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  // The server serves the built files below this path and nowhere else.
  base: '/explorer/',
  build: {
    outDir: '../dist/explorer',
    emptyOutDir: true,
    sourcemap: false,
    // Every browser that can run the editor preloads modules by itself.
    modulePreload: { polyfill: false },
    // The notices that the bundled libraries' licences ask for travel with them.
    license: { fileName: 'licenses.md' },
    // Monaco is one big chunk, loaded after the first paint.
    chunkSizeWarningLimit: 3000,
    rolldownOptions: {
      onwarn(warning, warn) {
        // "use client" in React libraries: it means nothing in a browser bundle.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
  worker: {
    // Module workers keep their rarely used parts in files of their own.
    format: 'es',
  },
});
