// Compiles `graphql` templates and messages. Only the files that have one pass through Babel; the rest of the work is Vite's.

import { join } from 'node:path';
import { transformAsync } from '@babel/core';
import { getConfig } from '@lingui/conf';
import type { Plugin } from 'vite';

const HAS_MACRO = /graphql`|@lingui\/(core|react)\/macro/;

export function babel(root: string): Plugin {
  const linguiConfig = getConfig({ configPath: join(root, 'lingui.config.ts') });
  return {
    name: 'verigraph:babel',
    enforce: 'pre',
    async transform(code, id) {
      const path = id.split('?', 1)[0] ?? id;
      if (!/\.tsx?$/.test(path) || path.includes('/node_modules/') || !HAS_MACRO.test(code)) return null;
      const result = await transformAsync(code, {
        filename: path,
        babelrc: false,
        configFile: false,
        sourceMaps: true,
        parserOpts: { plugins: path.endsWith('x') ? ['typescript', 'jsx'] : ['typescript'] },
        plugins: [
          ['babel-plugin-relay', { eagerEsModules: true }],
          ['@lingui/babel-plugin-lingui-macro', { linguiConfig }],
        ],
      });
      return result?.code ? { code: result.code, map: result.map ?? null } : null;
    },
  };
}
