import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

export default defineConfig({
  rootDir: import.meta.dirname,
  locales: ['en', 'fr'],
  sourceLocale: 'en',
  catalogs: [{ path: '<rootDir>/locales/{locale}', include: ['<rootDir>/src'] }],
  // Positions in the source would change these files with every edit elsewhere.
  format: formatter({ origins: false, lineNumbers: false }),
});
