// Runs the Relay compiler from nothing: it adds to the list of operations and never removes from it, and it lists only those
// whose generated file it writes.
// With --check, fails if what is committed differs from what the sources give.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const list = join(root, 'persisted.json');

function generated() {
  const files = new Map(existsSync(list) ? [[list, readFileSync(list, 'utf8')]] : []);
  for (const entry of readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && path.includes('__generated__')) files.set(path, readFileSync(path, 'utf8'));
  }
  return files;
}

const isCheck = process.argv.includes('--check');
const before = isCheck ? generated() : new Map();
for (const path of generated().keys()) rmSync(path);
writeFileSync(list, '{}\n');
// The package exports the path of the binary for this machine.
const compiler = createRequire(import.meta.url)('relay-compiler');
const { status } = spawnSync(compiler, ['relay.config.json'], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);
// The compiler writes them in the order in which it finished them.
const texts = Object.entries(JSON.parse(readFileSync(list, 'utf8'))).sort(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(list, `${JSON.stringify(Object.fromEntries(texts), null, 2)}\n`);

for (const [path, text] of generated()) {
  const [, hash] = /"id": "([0-9a-f]{64})"/.exec(text) ?? [];
  if (hash && path !== list && !texts.some(([known]) => known === hash)) throw new Error(`${path} is not in the list`);
}

if (isCheck) {
  const after = generated();
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) => before.get(path) !== after.get(path),
  );
  if (changed.length > 0) {
    console.error(`these files are not up to date; they are now, commit them:\n${changed.join('\n')}`);
    process.exit(1);
  }
}
