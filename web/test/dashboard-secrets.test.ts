// What is shown once: the secrets of credentials and endpoints, links, the key of an authenticator and recovery codes.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { visitDemo } from './dashboard.ts';
import { held } from './held.ts';
import { settled } from './rest.ts';

const { ask, newPage, page, project, server } = await visitDemo('owner');

const PASSWORD = 'violet tractor sings 41 hymns';
/** The link of the invitation, for the tests after the one that makes it. */
let link = '';

async function token(id: string, secret: string): Promise<number> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret });
  return (await fetch(`${server.demo.url}/oauth2/token`, { method: 'POST', body })).status;
}

/** The secrets of the dialog that shows them once. Acknowledges them and closes it. */
async function keep(on: Page, names: string[]): Promise<string[]> {
  const values: string[] = [];
  for (const name of names) values.push(await on.getByRole('status', { name, exact: true }).innerText());
  await on.keyboard.press('Escape');
  await on.getByText('Say first that you have kept it').waitFor();
  await on.getByLabel('I have kept it').check();
  await on.getByRole('button', { name: 'Done', exact: true }).click();
  await on.getByRole('dialog').waitFor({ state: 'detached' });
  return values;
}

async function assertNowhere(on: Page, secrets: string[], when: string): Promise<void> {
  const text = await held(on);
  for (const secret of secrets) assert.ok(secret.length >= 10 && !text.includes(secret), when);
}

/** Leaves the page that has this heading and shows this text, comes back and reloads. */
async function assertForgotten(secrets: string[], heading: string, text: string): Promise<void> {
  await assertNowhere(page, secrets, 'after the dialog');
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  await assertNowhere(page, secrets, 'after Back');
  await page.reload();
  await page.getByText(text).first().waitFor();
  await assertNowhere(page, secrets, 'after a reload');
  // What the pages keep of answers would show here: the list is drawn from it without a request.
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.goBack();
  await page.getByText(text).first().waitFor();
  await assertNowhere(page, secrets, 'drawn from the store');
}

test('the secrets of a credential are shown once, and are nowhere afterwards', async () => {
  await page.goto(`${project}/developers`);
  await page.getByRole('button', { name: 'New credential' }).click();
  await page.getByLabel('Label').fill('Desk');
  await page.getByRole('checkbox', { name: /SESSIONS:VIEW/ }).check();
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  const [id = '', secret = '', key = ''] = await keep(page, ['Client id', 'Client secret', 'API key']);
  assert.equal(await token(id, secret), 200);
  await assertForgotten([secret, key], 'Developers', 'Desk');

  await page.getByRole('button', { name: 'New secrets for Desk' }).click();
  await page.getByLabel('A new API key').check();
  await page.getByLabel(/^Hours/).fill('0');
  await page.getByRole('button', { name: 'Make new secrets' }).click();
  const [newSecret = '', newKey = ''] = await keep(page, ['Client secret', 'API key']);
  assert.equal(await token(id, newSecret), 200);
  assert.equal(await token(id, secret), 401, 'the old one ended at once');
  assert.notEqual(newKey, key);
  await assertForgotten([newSecret, newKey], 'Developers', 'Desk');
});

test('the secret of an endpoint is shown once, and so is a new one', async () => {
  await page.goto(`${project}/webhooks`);
  await page.getByRole('button', { name: 'New endpoint' }).click();
  await page.getByLabel('Label').fill('CRM');
  await page.getByLabel('Address').fill('http://127.0.0.1:9/hook');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const first = await keep(page, ['Secret']);
  await assertForgotten(first, 'Webhooks', 'http://127.0.0.1:9/hook');
  await page.getByRole('button', { name: 'New secret for CRM' }).click();
  await page.getByRole('button', { name: 'Make a new secret' }).click();
  const second = await keep(page, ['Secret']);
  assert.notDeepEqual(second, first);
  await assertForgotten([...first, ...second], 'Webhooks', 'http://127.0.0.1:9/hook');
});

test('the link of an invitation is shown once', async () => {
  await page.goto(`${project}/settings/members`);
  await page.getByRole('button', { name: 'Invite a member' }).click();
  await page.getByLabel('E-mail address').fill('ada@example.org');
  await page.getByLabel('Role').selectOption({ label: 'Reviewer' });
  await page.getByRole('button', { name: 'Make the link' }).click();
  [link = ''] = await keep(page, ['Link']);
  await assertForgotten([link.split('#')[1] ?? ''], 'Settings', 'ada@example.org');
});

/** What an authenticator app shows now: RFC 6238. */
function codeOf(secret: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replace(/[\s=]/g, '')].map((sign) => alphabet.indexOf(sign).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac('sha1', key).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('the key of an authenticator and the recovery codes are shown once, and the link does not work again', async () => {
  const own = await newPage();
  await own.goto(link);
  await own.getByLabel('Your name').fill('Ada');
  await own.getByLabel('Password').fill(PASSWORD);
  await own.getByRole('button', { name: 'Continue' }).click();
  await own.getByText('Type the key instead').click();
  const key = await own.locator('details p').innerText();
  await own.getByLabel('Code of your authenticator').fill(codeOf(key));
  await own.getByRole('button', { name: 'Confirm' }).click();
  await own.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor();
  const codes = await own.getByRole('main').getByRole('listitem').allInnerTexts();
  assert.equal(codes.length, 10);
  await own.getByLabel('I have put them somewhere safe').check();
  await own.getByRole('button', { name: 'Go on' }).click();
  await own.waitForURL(/\/dashboard\/p\//);
  await settled(own);
  const secrets = [key, ...codes, link.split('#')[1] ?? ''];
  await assertNowhere(own, secrets, 'on the first page');

  await own.goto(`${server.demo.url}/dashboard/account`);
  await own.getByText('Recovery codes left: 10').waitFor();
  await own.getByRole('button', { name: 'New recovery codes' }).click();
  const [shown = ''] = await keep(own, ['Recovery codes']);
  const newCodes = shown.split('\n');
  assert.equal(newCodes.length, 10);
  secrets.push(...newCodes);
  await assertNowhere(own, secrets, 'after the dialog');
  await own.reload();
  await own.getByText('Recovery codes left: 10').waitFor();
  await assertNowhere(own, secrets, 'after a reload');
  // As far back as it goes: the page with the codes is not among those that were visited.
  while ((await own.goBack().catch(() => null)) !== null && own.url() !== 'about:blank') {
    await settled(own);
    assert.doesNotMatch(own.url(), /\/dashboard\/link/);
    await assertNowhere(own, secrets, `after Back, at ${own.url()}`);
  }
  await own.context().close();

  const late = await newPage();
  await late.goto(link);
  await late.getByRole('heading', { name: 'This link does not work' }).waitFor();
  await late.getByText(/used/).waitFor();
  await late.context().close();
  const { memberships } = await ask<{ memberships: { edges: { node: { email: string } }[] } }>(
    '{ memberships { edges { node { email } } } }',
  );
  assert.equal(memberships.edges.filter(({ node }) => node.email === 'ada@example.org').length, 1);
});
