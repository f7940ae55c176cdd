// How members come and go, and how they sign in to a project.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibility, addDevice, enter, isCutOff, visitDemo } from './dashboard.ts';
import { settled } from './rest.ts';

const { browser, newPage, page, project, server } = await visitDemo('owner');

const row = (name: string) => page.getByRole('row').filter({ hasText: name });

async function choose(name: string, item: string): Promise<void> {
  await row(name).getByRole('button', { name: `What can be done with ${name}` }).click();
  await page.getByRole('menuitem', { name: item }).or(page.getByRole('button', { name: item, exact: true })).click();
}

const closed = () => page.getByRole('dialog').waitFor({ state: 'detached' });

test('a suspended member has no access until the suspension is lifted, and its page says so', async () => {
  const other = await newPage();
  await enter(server, other, 'support');
  await other.getByText('12 users').waitFor();
  await page.goto(`${project}/settings/members`);
  await choose('Sam Support', 'Suspend');
  await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click();
  await closed();
  await row('Sam Support').getByText('Suspended').waitFor();
  await other.getByText('You have no seat in a project').waitFor({ timeout: 5000 });
  assert.equal(await other.getByText('J••• D•••').count(), 0);

  await choose('Sam Support', 'Lift the suspension');
  await page.getByRole('dialog').getByRole('button', { name: 'Lift the suspension' }).click();
  await closed();
  await row('Sam Support').getByText('Active').waitFor();
  await other.reload();
  await other.getByRole('link', { name: /Support$/ }).click();
  await other.getByRole('navigation', { name: 'Navigation' }).waitFor();
  await other.context().close();
});

test('the last owner stays, whatever is chosen on the page', async () => {
  const owner = row('Olivia Owner');
  const dialog = page.getByRole('dialog');
  const refused = dialog.getByRole('alert').filter({ hasText: 'would be left without an owner' });
  for (const [item, confirm] of [
    ['Suspend', 'Suspend'],
    ['End the access', 'End the access'],
    ['Erase the person', /^Erase/],
  ] as const) {
    await choose('Olivia Owner', item);
    if (item === 'Erase the person') {
      const number = (await owner.getByRole('cell').first().innerText()).trim();
      await page.getByLabel(`Type the number of the member: ${number}`).fill(number);
    }
    await dialog.getByRole('button', { name: confirm }).click();
    await refused.waitFor();
    await page.keyboard.press('Escape');
    await closed();
  }
  await choose('Olivia Owner', 'Change role and limits');
  await page.getByLabel('Role').selectOption({ label: 'Admin' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await refused.waitFor();
  assert.deepEqual(await accessibility(page), []);
  await page.getByLabel('Role').selectOption({ label: 'Owner' });
  await page.getByLabel('Limited to tags').fill('vip');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await refused.waitFor();
  await page.keyboard.press('Escape');
  await closed();
  await page.reload();
  assert.match(await owner.innerText(), /Owner[^]*–[^]*Active/);
});

test('an erased member is a former member, after its number was typed', async () => {
  await choose('Aude Auditor', 'Erase the person');
  const number = (await row('Aude Auditor').getByRole('cell').first().innerText()).trim();
  const erase = page.getByRole('dialog').getByRole('button', { name: /^Erase/ });
  await page.getByLabel(`Type the number of the member: ${number}`).fill('0');
  assert.equal(await erase.getAttribute('aria-disabled'), 'true');
  assert.deepEqual(await accessibility(page), []);
  await page.getByLabel(`Type the number of the member: ${number}`).fill(number);
  await erase.click();
  await closed();
  await row(`Former member ${number}`).getByText('Ended').waitFor();
  assert.equal(await page.getByText('Aude Auditor').count(), 0);
});

test('an invitation is revoked', async () => {
  await page.getByRole('button', { name: 'Invite a member' }).click();
  await page.getByLabel('E-mail address').fill('new@example.org');
  await page.getByLabel('Role').selectOption({ label: 'Reviewer' });
  await page.getByRole('dialog').getByRole('button', { name: /^Invite|^Make/ }).click();
  await page.getByText(/\/dashboard\/link#/).waitFor();
  await page.keyboard.press('Escape');
  await page.goto(`${project}/settings/members`);
  await page.getByRole('button', { name: 'Revoke the invitation of new@example.org' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await closed();
  await page.getByText('None is open.').waitFor();
});

test('the audit names the member that did something, and opens all that it did', async () => {
  await page.goto(`${project}/audit?action=Membership.Suspended`);
  await settled(page);
  const who = page.getByRole('grid').getByRole('link');
  const name = await who.first().innerText();
  await who.first().click();
  await page.waitForURL(/\/audit\?actor=[0-9a-f-]{36}$/);
  await settled(page);
  await who.first().waitFor();
  const names = new Set(await who.allInnerTexts());
  assert.deepEqual([...names], [name]);
  assert.equal(await page.getByText('The server', { exact: true }).count(), 0);
});

test('sets how long members stay signed in', async () => {
  await page.goto(`${project}/settings/sign-in`);
  await page.getByText('30 minutes').waitFor();
  await page.getByRole('button', { name: 'Change' }).click();
  await page.getByLabel('Minutes without activity').fill('20');
  await page.getByLabel('Hours in any case').fill('8');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('20 minutes').waitFor();
  await page.getByText('8 hours').waitFor();
  assert.deepEqual(await accessibility(page), []);
  await page.setViewportSize({ width: 320, height: 640 });
  for (const part of ['sign-in', 'members']) {
    await page.goto(`${project}/settings/${part}`);
    await settled(page);
    assert.equal(await isCutOff(page), false, part);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
});

test('a project is entered by passkey only, and asks those for it that have come in another way', async () => {
  const context = await browser.newContext({ locale: 'en-GB' });
  const own = await context.newPage();
  await addDevice(own);
  // An IP address has no passkeys.
  const named = (url: string) => url.replace('127.0.0.1', 'localhost');
  await own.goto(named(`${server.demo.url}/dashboard/`));
  await own.getByRole('button', { name: /^Owner/ }).click();
  await own.waitForURL(/\/dashboard\/p\//);
  await own.goto(named(`${project}/settings/sign-in`));
  await own.getByRole('button', { name: 'Allow passkeys only' }).click();
  await own.getByRole('dialog').getByText('you need a passkey first').waitFor();
  await own.keyboard.press('Escape');
  await own.goto(named(`${server.demo.url}/dashboard/account`));
  await own.getByRole('button', { name: 'Add a passkey' }).click();
  await own.getByText('not used yet').waitFor();
  await own.goto(named(`${project}/settings/sign-in`));
  await own.getByRole('button', { name: 'Allow passkeys only' }).click();
  await own.getByRole('dialog').getByRole('button', { name: 'Confirm with a passkey' }).click();
  await own.getByText('By passkey only').waitFor();

  // The owner's other device has come by a click: it is asked, and nothing of the project is there.
  await page.goto(`${project}/users`);
  await page.getByRole('heading', { name: /is entered by passkey only$/ }).waitFor();
  assert.equal(await page.getByRole('grid').count(), 0);
  assert.deepEqual(await accessibility(page), []);
  await own.goto(named(`${server.demo.url}/dashboard/account`));
  await own.getByRole('main').getByRole('button', { name: 'Sign out', exact: true }).click();
  await own.getByRole('button', { name: /^Owner/ }).waitFor();
  await own.context().close();
});

test('nothing was amiss', () => {
  assert.deepEqual(
    browser.complaints.filter((text) => !/status of 40[13]/.test(text)),
    [],
  );
});
