import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';
import { FIRST_SOURCES } from './build/first-load.ts';

const FIRST = FIRST_SOURCES.map((path) => `<rootDir>/src/${path}`);

export default defineConfig({
  rootDir: import.meta.dirname,
  locales: ['en', 'fr'],
  sourceLocale: 'en',
  // What the first page shows, and the rest, which is loaded with the first of the other pages.
  catalogs: [
    { path: '<rootDir>/locales/{locale}', include: FIRST },
    { path: '<rootDir>/locales/pages/{locale}', include: ['<rootDir>/src'], exclude: FIRST },
  ],
  // Positions in the source would change these files with every edit elsewhere.
  format: formatter({ origins: false, lineNumbers: false }),
});
