// Writes the texts of the page's operations beside the page: the server runs no others for it.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

export function operations(root: string): Plugin {
  return {
    name: 'verigraph:operations',
    apply: 'build',
    async generateBundle() {
      const source = await readFile(join(root, 'persisted.json'), 'utf8');
      this.emitFile({ type: 'asset', fileName: 'operations.json', source });
    },
  };
}
