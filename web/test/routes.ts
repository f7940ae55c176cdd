// Every page of a project, as the sources have them: a page that is added is looked at without a line here.

import { readFileSync } from 'node:fs';

/** A user of the demo with records of many kinds. */
export const ANNA = '018b89e6-6660-7000-8000-000000000001';

function paths(file: string): string[] {
  const source = readFileSync(new URL(`../dashboard/src/${file}`, import.meta.url), 'utf8');
  return Array.from(source.matchAll(/^\s*(?:\{ )?path: '([^']*)'/gm), ([, path]) => path ?? '');
}

const settings = paths('settings/parts.ts').map((part) => `/settings/${part}`);
const tabs = paths('user/tabs.tsx').map((tab) => (tab ? `/users/${ANNA}/${tab}` : `/users/${ANNA}`));
const pages = paths('app/routes.tsx').filter((path) => !path.includes(':') && path !== '/settings');

/** Paths below the address of the project. */
export const ROUTES: readonly string[] = [...pages, ...settings, ...tabs];
