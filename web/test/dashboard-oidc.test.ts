// Signing in with an identity provider: the browser leaves the server's site and comes back to it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { accessibility, enter, startDemo } from './dashboard.ts';
import { startOidcProvider } from './oidc-provider.ts';
import { settled } from './rest.ts';

const { named, newPage, server } = await startDemo();
const provider = await startOidcProvider();
after(() => provider.close());

before(async () => {
  const page = await newPage();
  const project = (await enter(server, page, 'owner')).split('/').at(-1) ?? '';
  await page.context().close();
  const { issuer } = provider;
  const add = ['--issuer', issuer, '--client-id', 'verigraph', '--groups-claim', 'groups'];
  assert.match(await server.command('oidc', 'add', 'Acme', ...add), /\/dashboard\/oidc/);
  await server.command('oidc', 'map', 'Acme', '--group', 'clerks', '--project', project, '--role', 'Reviewer');
  assert.match(await server.command('oidc', 'list'), /clerks: .* \(Reviewer\) {2}rank 100/);
});

async function signIn(groups: string[]): Promise<Page> {
  provider.groups = groups;
  const page = await newPage();
  await page.goto(named('/dashboard/'));
  await page.getByRole('button', { name: 'Sign in with Acme' }).click();
  return page;
}

test('a person without a mapped group is told so, and the code is not in the address', async () => {
  const page = await signIn(['others']);
  await page.getByText('None of your groups has a role here').waitFor();
  assert.equal(page.url(), named('/dashboard/oidc'));
  assert.deepEqual(await accessibility(page), []);
  await page.context().close();
});

test('a person of a mapped group comes back signed in', async () => {
  const page = await signIn(['clerks']);
  await page.waitForURL(/\/dashboard\/p\/[^/]+\/users/);
  await page.goto(named('/dashboard/account'));
  await page.getByText('grace@example.org').waitFor();
  await page.getByText('Connected', { exact: true }).waitFor();
  await settled(page);
  assert.deepEqual(await accessibility(page), []);
  await page.context().close();
});

test('a member connects its account in a window, and the page stays', async () => {
  provider.subject = 'another';
  const page = await newPage();
  await page.goto(named('/dashboard/'));
  await page.getByRole('button', { name: /^Owner/ }).click();
  await page.waitForURL(/\/dashboard\/p\//);
  await page.goto(named('/dashboard/account'));
  const opened = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Connect Acme' }).click();
  const popup = await opened;
  await page.getByText('Connected', { exact: true }).waitFor();
  if (!popup.isClosed()) await popup.waitForEvent('close');
  assert.equal(page.url(), named('/dashboard/account'));

  // From then on it signs in to that account.
  provider.groups = [];
  const other = await newPage();
  await other.goto(named('/dashboard/'));
  await other.getByRole('button', { name: 'Sign in with Acme' }).click();
  await other.waitForURL(/\/dashboard\/p\/[^/]+\/users/);
  await page.context().close();
  await other.context().close();
});
