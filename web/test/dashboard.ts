// A visit of the dashboard: signing in to the demo, finding rows, and the checks that hold for every page.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import type { Server } from './server.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export type Role = 'owner' | 'admin' | 'reviewer' | 'support' | 'developer' | 'auditor' | 'vip';

/** What the sign-in of the demo calls the roles, in both languages. */
const NAMES: Record<Role, RegExp> = {
  owner: /^(Owner|Propriétaire)/,
  admin: /^(Admin|Administrateur)/,
  reviewer: /^(Reviewer|Vérificateur)/,
  support: /^(Support|Assistance)/,
  developer: /^(Developer|Développeur)/,
  auditor: /^(Auditor|Auditeur)/,
  vip: /^(Limited to vip|Limité à vip)/,
};

/** Signs in with one click and ends on the demo's project. Gives the address of the project's pages. */
export async function enter(server: Server, page: Page, role: Role): Promise<string> {
  await page.goto(`${server.demo.url}/dashboard/`);
  await page.getByRole('button', { name: NAMES[role] }).click();
  await page.waitForURL(/\/dashboard\/p\/[^/]+\/./);
  const [project] = /^.*\/dashboard\/p\/[^/]+/.exec(page.url()) ?? [];
  assert.ok(project, `no project in ${page.url()}`);
  return project;
}

/** The numbers of what is wrong with the page for readers who cannot see or use it as others do. */
export async function accessibility(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const axe = Reflect.get(window, 'axe') as {
      run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
    };
    const { violations } = await axe.run({ resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
  });
}

/** Whether the page is wider than the screen. */
export function isCutOff(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

/** Waits until nothing is being read any more. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
}
