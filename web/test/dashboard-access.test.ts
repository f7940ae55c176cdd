// What each role sees of the dashboard, and whether everybody can use its pages.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { ACTIONS, actionsOf } from './actions.ts';
import { accessibility, ANNA, enter, type Role, startDemo } from './dashboard.ts';
import { settled } from './rest.ts';
import { ROUTES } from './routes.ts';
import { type Theme, tour } from './tour.ts';

const DATA = ['Users', 'Identifications', 'Proofing requests', 'Verifications', 'Sessions', 'Results'];
const LISTS = ['users', 'identifications', 'proofing-requests', 'verifications', 'sessions', 'results', 'audit'];

/** A user that a member limited to `vip` sees too. */
const VERA = '018b89e7-50c0-7000-8000-000000000002';

/** What a page says that the role does not open. */
const NOT_THERE = /^(There is no such page|Cette page n)/;

const { newPage, server } = await startDemo();

async function visit(role: Role, options: object = {}): Promise<{ page: Page; project: string }> {
  const page = await newPage(options);
  return { page, project: await enter(server, page, role) };
}

async function navigation(page: Page): Promise<string[]> {
  return page.getByRole('navigation', { name: 'Navigation' }).getByRole('link').allInnerTexts();
}

test('each role has the pages that it may open in the navigation, and no others', async () => {
  const all = ['Overview', 'Review', ...DATA, 'Webhooks', 'Developers', 'Sandbox', 'Audit', 'Settings'];
  const without = (...names: string[]) => all.filter((name) => !names.includes(name));
  const seen: Record<Role, string[]> = {
    owner: all,
    admin: all,
    reviewer: without('Webhooks', 'Developers', 'Sandbox', 'Audit', 'Settings'),
    support: without('Results', 'Webhooks', 'Developers', 'Sandbox', 'Audit', 'Settings'),
    // In a Sandbox project a Developer has the pages of an Admin.
    developer: all,
    auditor: without('Results', 'Developers', 'Sandbox'),
    vip: without('Webhooks', 'Developers', 'Sandbox', 'Audit', 'Settings'),
  };
  for (const [role, expected] of Object.entries(seen)) {
    const { page } = await visit(role as Role);
    assert.deepEqual(await navigation(page), expected, role);
    await page.context().close();
  }
});

test('a page that the role does not open is not there', async () => {
  const { page, project } = await visit('support');
  await page.goto(`${project}/audit`);
  await page.getByText('There is no such page, or your role does not open it').waitFor();
  await page.goto(`${project}/users/${ANNA}`);
  await page.getByRole('navigation', { name: 'Parts of the user' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Documents' }).count(), 0);
  assert.equal(await page.getByRole('button', { name: 'Edit', exact: true }).count(), 0);
  assert.equal(await page.getByText('Anna').count(), 0, 'the name');
  await page.context().close();
});

test('a member with limits sees them on every page, and only the users that carry the tag', async () => {
  const { page, project } = await visit('vip');
  await page.getByText('1 user', { exact: true }).waitFor();
  for (const path of ROUTES) {
    await page.goto(project + path.replace(ANNA, VERA));
    await page.getByText('Limited to: vip').waitFor();
  }
  await page.goto(`${project}/users/${ANNA}`);
  await page.getByText('There is no such user, or you may not see it').waitFor();
  await page.context().close();
});

/** Looks at every page that the role opens, and in English at the actions that the role may take there. */
async function lookAround(role: Role, locale: string, themes: readonly [Theme, ...Theme[]]): Promise<void> {
  const { page, project } = await visit(role, { locale, colorScheme: themes[0], reducedMotion: 'reduce' });
  assert.equal(await page.evaluate(() => document.documentElement.lang), locale.slice(0, 2));
  const { go, look } = tour(page, themes);
  const base = new URL(project).pathname;
  const paths = ROUTES.map((path) => base + (role === 'vip' ? path.replace(ANNA, VERA) : path));
  const found: string[] = [];
  const actions = new Set<string>();
  let opened = 0;
  for (const path of [...paths, '/dashboard/account', '/dashboard/projects']) {
    await go(path);
    if (await page.getByText(NOT_THERE).count()) continue;
    found.push(...(await look(path.replace(base, ''))));
    opened += 1;
    if (!path.startsWith(base) || locale !== 'en-GB') continue;
    for (const action of await actionsOf(page, path.replace(base, ''), ANNA)) actions.add(action);
  }
  assert.deepEqual(found, []);
  if (role !== 'vip' && locale === 'en-GB') assert.deepEqual([...actions].sort(), [...ACTIONS[role]].sort(), role);
  assert.ok(opened > LISTS.length, `${role} opens ${opened} pages`);
  await page.context().close();
}

for (const locale of ['en-GB', 'fr-FR']) {
  test(`everybody can use each page, in both themes, and the owner has every action (${locale})`, async () => {
    await lookAround('owner', locale, ['light', 'dark']);
  });
}

for (const role of ['admin', 'reviewer', 'support', 'developer', 'auditor', 'vip'] as const) {
  test(`everybody can use each page that the role opens, which has the actions of the role (${role})`, async () => {
    await lookAround(role, 'en-GB', ['light']);
  });
}

test('everybody can use the pages before the sign-in, in both languages and themes', async () => {
  const found: string[] = [];
  for (const locale of ['en-GB', 'fr-FR']) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await newPage({ locale, colorScheme, reducedMotion: 'reduce' });
      for (const path of ['', 'link#spent', 'oidc?state=none']) {
        await page.goto(`${server.demo.url}/dashboard/${path}`);
        await settled(page);
        const violations = await accessibility(page);
        found.push(...violations.map((violation) => `${path}, ${locale}, ${colorScheme}: ${violation}`));
      }
      await page.context().close();
    }
  }
  assert.deepEqual(found, []);
});
