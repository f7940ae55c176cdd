// Puts what the first page needs into one chunk: one request in place of fifty, and one dictionary for its compression.

import { join } from 'node:path';

interface Modules {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null;
}

/** The name of the chunk of a module that runs before the first rows are asked for. */
export function firstLoad(root: string): (id: string, modules: Modules) => string | null {
  const first = new Set<string>();
  return (id, modules) => {
    if (first.size === 0) collect([join(root, 'src/main.tsx'), join(root, 'src/user/UsersPage.tsx')], modules, first);
    return first.has(id) ? 'first' : null;
  };
}

function collect(ids: readonly string[], modules: Modules, found: Set<string>): void {
  for (const id of ids) {
    if (found.has(id)) continue;
    found.add(id);
    collect(modules.getModuleInfo(id)?.importedIds ?? [], modules, found);
  }
}
