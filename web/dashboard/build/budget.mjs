// Counts what a browser loads first, compressed, and fails if it is more than the budget.

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const FIRST_LOAD = 200_000;
const PAGE = 40_000;

const dist = join(import.meta.dirname, '../../dist/dashboard');
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
// For this count alone: the server has no use for it.
rmSync(join(dist, '.vite'), { recursive: true });
const size = (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;

/** Every file that a chunk needs before it runs. */
function filesOf(key, files = new Set()) {
  const chunk = manifest[key];
  if (files.has(chunk.file)) return files;
  files.add(chunk.file);
  for (const css of chunk.css ?? []) files.add(css);
  for (const imported of chunk.imports ?? []) filesOf(imported, files);
  return files;
}

const sum = (files) => [...files].reduce((total, file) => total + size(file), 0);
// The page names what it needs first; the page of users and a language follow. French is the longer one.
const named = readFileSync(join(dist, 'index.html'), 'utf8').matchAll(/"\/dashboard\/(assets\/[^"]+)"/g);
const users = 'src/user/UsersPage.tsx';
const first = new Set(['index.html', ...Array.from(named, ([, file]) => file), ...filesOf(users), ...filesOf('locales/fr.po')]);
const failures = [];

console.log(`first load of Users: ${sum(first)} bytes of gzip, at most ${FIRST_LOAD}`);
if (sum(first) > FIRST_LOAD) failures.push('the first load of Users');
for (const [key, chunk] of Object.entries(manifest)) {
  if (!chunk.isDynamicEntry || key === users) continue;
  const own = sum([...filesOf(key)].filter((file) => !first.has(file)));
  if (own > PAGE) failures.push(`${key}, ${own} bytes`);
}
if (failures.length > 0) {
  console.error(`over the budget: ${failures.join('; ')}`);
  process.exit(1);
}
