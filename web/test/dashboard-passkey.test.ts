// Signing in by passkey, with a device that the browser makes up.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { accessibility, addDevice, startDemo } from './dashboard.ts';
import { settled } from './rest.ts';

const { named, newPage, server } = await startDemo();

async function enter(page: Page, at: (path: string) => string): Promise<void> {
  await page.goto(at('/dashboard/'));
  await page.getByRole('button', { name: /^Owner/ }).click();
  await page.waitForURL(/\/dashboard\/p\//);
  await page.goto(at('/dashboard/account'));
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByRole('heading', { name: 'Sign in to verigraph' }).waitFor();
}

test('a passkey that is added on the account page signs in without anything being typed', async () => {
  const page = await newPage();
  const { cdp, authenticatorId } = await addDevice(page);
  await enter(page, named);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('not used yet').waitFor();
  const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
  assert.deepEqual(
    credentials.map(({ rpId, isResidentCredential }) => ({ rpId, isResidentCredential })),
    [{ rpId: 'localhost', isResidentCredential: true }],
  );
  await settled(page);
  assert.deepEqual(await accessibility(page), []);

  await signOut(page);
  assert.deepEqual(await accessibility(page), []);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.waitForURL(/\/dashboard\/p\//);
  await page.goto(named('/dashboard/account'));
  const device = page.getByRole('listitem').filter({ hasText: 'This device' });
  assert.match(await device.innerText(), /Passkey/);

  await page.getByRole('button', { name: /^Rename / }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Key of the desk');
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await page.getByText('Key of the desk').waitFor();

  // A demo's account has no password, so this is its last way to sign in.
  await page.getByRole('button', { name: 'Remove Key of the desk' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('This is your last way to sign in').waitFor();
  await page.context().close();
});

test('a passkey of another site, or none, says so and signs nobody in', async () => {
  const page = await newPage();
  await addDevice(page);
  await page.goto(named('/dashboard/'));
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByText('No passkey was used').waitFor();
  await page.context().close();
});

test('under an IP address no passkey is offered, and the account page says why', async () => {
  const page = await newPage();
  await enter(page, (path) => server.demo.url + path);
  await page.getByText('An IP address has no passkeys').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Add a passkey' }).count(), 0);
  await signOut(page);
  await page.getByRole('button', { name: /^Owner/ }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Sign in with a passkey' }).count(), 0);
  await page.context().close();
});
