// Puts what the first page needs into one chunk: one request in place of fifty, and one dictionary for its compression.

import { join, relative } from 'node:path';

/** The sources of the first page: directories and files below `src`. Their messages are in the first catalogue. */
export const FIRST_SOURCES = [
  'main.tsx',
  'app',
  'ui',
  'account',
  ...['UsersPage.tsx', 'UserRow.tsx', 'UserLink.tsx', 'GoTo.tsx', 'go-to.ts', 'list-query.ts', 'search.ts', 'words.ts'].map(
    (file) => `user/${file}`,
  ),
  'identification/HeldLevels.tsx',
  'identification/words.ts',
  'settings/parts.ts',
  'verification/LadderFilter.tsx',
  'verification/use-ladder.ts',
  'view/pages.ts',
];

interface Modules {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null;
}

/** The name of the chunk of a module that runs before the first rows are asked for. */
export function firstLoad(root: string): (id: string, modules: Modules) => string | null {
  const first = new Set<string>();
  const src = join(root, 'src');
  return (id, modules) => {
    if (first.size === 0) {
      collect([join(src, 'main.tsx'), join(src, 'user/UsersPage.tsx')], modules, first);
      for (const source of first) checkSource(relative(src, source));
    }
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

/** Without its messages a module would show their ids. */
function checkSource(path: string): void {
  const hasMessages = /\.tsx?$/.test(path) && !/^\.\.|__generated__/.test(path);
  if (!hasMessages || FIRST_SOURCES.some((source) => path === source || path.startsWith(`${source}/`))) return;
  throw new Error(`${path} is part of the first page: add it to FIRST_SOURCES, so that its messages are loaded with it`);
}
