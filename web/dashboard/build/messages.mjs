// Collects the messages of the sources into the catalogues. With --check, fails if a catalogue changes by that.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
// The time of the last collection is in each catalogue's head.
const read = () =>
  ['en', 'fr', 'pages/en', 'pages/fr'].map((name) => {
    const path = join(root, `locales/${name}.po`);
    return existsSync(path) ? readFileSync(path, 'utf8').replace(/"POT-Creation-Date.*\n/, '') : '';
  });

const before = read();
const { status } = spawnSync('npx', ['lingui', 'extract', '--config', join(root, 'lingui.config.ts'), '--clean'], {
  cwd: join(root, '..'),
  stdio: ['ignore', 'ignore', 'inherit'],
});
if (status !== 0) process.exit(status ?? 1);
if (process.argv.includes('--check') && read().some((text, index) => text !== before[index])) {
  console.error('the catalogues are not up to date; they are now: translate what is new in locales/**/fr.po, and commit them');
  process.exit(1);
}
