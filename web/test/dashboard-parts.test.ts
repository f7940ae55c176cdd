// Parts of the dashboard in a real browser: images and the audit, settings, two people who edit.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibility, ANNA, enter, visitDemo } from './dashboard.ts';

const RENAME =
  'mutation { updateUser(input: { userId: "%", firstName: "Anne", birthCity: "Chur" }) { __typename } }';

const { ask, browser, page, project, server } = await visitDemo('owner');

async function opened(): Promise<number> {
  const query = '{ auditEvents(filters: { actions: ["DocumentImage.Viewed"] }) { totalCount } }';
  return (await ask<{ auditEvents: { totalCount: number } }>(query)).auditEvents.totalCount;
}

test('each image that is opened is in the audit once, and the image alone is asked for', async () => {
  await page.goto(`${project}/users?order=-number`);
  await page.getByRole('link', { name: 'John Doe' }).first().click();
  await page.getByRole('link', { name: 'Documents' }).click();
  await page.getByRole('button', { name: /^Front side/ }).first().waitFor();
  assert.equal(await opened(), 0, 'a list opens no image');
  await page.getByRole('button', { name: /^Front side/ }).first().click();
  const image = page.getByRole('img', { name: 'Front side' });
  await image.waitFor();
  assert.equal(await opened(), 1);
  await page.keyboard.press('Escape');
  await image.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Front side/ }).first().click();
  await image.waitFor();
  assert.equal(await opened(), 2);
  await page.keyboard.press('Escape');
  await image.waitFor({ state: 'detached' });
});

test('filters users by the time of creation, as the address says', async () => {
  await page.goto(`${project}/users?created=${encodeURIComponent('>2100-01-01T00:00Z')}`);
  await page.getByText('Nothing matches these filters').waitFor();
  await page.goto(`${project}/users?created=${encodeURIComponent('<2100-01-01T00:00Z')}`);
  await page.getByText('12 users').waitFor();
  await page.getByRole('button', { name: /^Created < 1 Jan 2100/ }).waitFor();
});

test('shows theirs and yours when two people edit a user, and saves what is chosen', async () => {
  await page.goto(`${project}/users/${ANNA}`);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByLabel('Given name', { exact: true }).fill('Annika');
  await page.getByLabel('Family name', { exact: true }).fill('Master');
  await ask(RENAME.replace('%', ANNA));
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').filter({ hasText: 'Somebody else has changed this user' }).waitFor();
  const choice = (name: string) => page.getByRole('radio', { name, exact: true });
  assert.equal(await choice('Given name: Yours').isChecked(), true);
  assert.equal(await choice('Family name: Yours').isChecked(), true);
  assert.equal(await choice('Place of birth: Theirs').isChecked(), true);
  assert.deepEqual(await accessibility(page), []);
  await choice('Given name: Theirs').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const query = `{ user(id: "${ANNA}") { firstName lastName birthCity } }`;
  assert.deepEqual(await ask(query), { user: { firstName: 'Anne', lastName: 'Master', birthCity: 'Chur' } });
});

test('switches the search by name off', async () => {
  await page.goto(`${project}/settings/project`);
  await page.getByRole('button', { name: 'Change' }).click();
  await page.getByLabel('Users are found').selectOption({ label: 'Not by name' });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.deepEqual(await accessibility(page), []);
  await page.goto(`${project}/users`);
  await page.getByRole('searchbox').fill('doe');
  await page.keyboard.press('Enter');
  await page.getByText('This project does not search by name.').waitFor();
});

test('has neither the page nor the settings for a member that may not change them', async () => {
  const other = await (await browser.newContext()).newPage();
  const own = await enter(server, other, 'auditor');
  await other.goto(`${own}/settings/project`);
  await other.getByText('There is no such page, or your role does not open it').waitFor();
  await other.context().close();
});

test('nothing was amiss', () => {
  assert.deepEqual(browser.complaints, []);
});
