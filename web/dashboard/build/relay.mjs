// Runs the Relay compiler from nothing: it adds to the list of operations and never removes from it, and it lists only those
// whose generated file it writes.

import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const list = join(root, 'persisted.json');

function generated() {
  return readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.parentPath.endsWith('__generated__'))
    .map((entry) => join(entry.parentPath, entry.name));
}

for (const path of generated()) rmSync(path);
writeFileSync(list, '{}\n');
// The package exports the path of the binary for this machine.
const compiler = createRequire(import.meta.url)('relay-compiler');
const { status } = spawnSync(compiler, ['relay.config.json'], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);
const known = new Set(Object.keys(JSON.parse(readFileSync(list, 'utf8'))));
for (const path of generated()) {
  const [, hash] = /"id": "([0-9a-f]{64})"/.exec(readFileSync(path, 'utf8')) ?? [];
  if (hash && !known.has(hash)) throw new Error(`${path} is not in the list`);
}
