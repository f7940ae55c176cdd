// What happened to a user, and the views of lists that members save.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibility, ANNA, enter, visitDemo } from './dashboard.ts';
import { settled } from './rest.ts';

const { ask, browser, newPage, page, project, server } = await visitDemo('owner');

const views = () => page.getByRole('button', { name: 'Views', exact: true });
const saved = (name: string) => page.getByRole('list', { name: 'Saved views' }).getByRole('link', { name, exact: true });

test('the events of a user are there, the newest on top as it happens', async () => {
  await page.goto(`${project}/users/${ANNA}/events`);
  await page.getByText(/^Events are kept for 30 days/).waitFor();
  await page.getByText('Live updates').waitFor();
  await settled(page);
  const rows = page.getByRole('region', { name: 'Events' }).getByRole('row');
  const before = await rows.count();
  const input = `userId: "${ANNA}", preferredLastName: "Muster"`;
  const started = Date.now();
  await ask(`mutation { updateUser(input: { ${input} }) { __typename } }`);
  // The head, and one more than before.
  await rows.nth(Math.max(before, 1)).waitFor({ timeout: 2000 });
  assert.ok(Date.now() - started < 2000);
  assert.match(await rows.nth(1).innerText(), /User changed/);
  assert.deepEqual(await accessibility(page), []);

  await page.getByRole('link', { name: 'Open in Audit' }).click();
  await page.waitForURL(`**/audit?user=${ANNA}`);
  await page.goto(`${project}/users/${ANNA}/audit`);
  await page.getByRole('button', { name: 'Copy request id' }).first().waitFor();

  const support = await newPage();
  const own = await enter(server, support, 'support');
  await support.goto(`${own}/users/${ANNA}/events`);
  await support.getByRole('region', { name: 'Events' }).getByText('User changed').first().waitFor();
  assert.equal(await support.getByRole('link', { name: 'Open in Audit' }).count(), 0);
  await support.context().close();
});

test('a view is saved and opened by keyboard alone', async () => {
  await page.goto(`${project}/users?tag=vip&order=number`);
  await page.getByText('1 user', { exact: true }).waitFor();
  await views().focus();
  await page.keyboard.press('Enter');
  await page.getByText('No view of this list is saved yet.').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.type('Important');
  await page.keyboard.press('Enter');
  await saved('Important').waitFor();
  assert.deepEqual(await accessibility(page), []);
  await page.keyboard.press('Escape');

  await page.goto(`${project}/users`);
  await page.getByText('12 users').waitFor();
  await views().focus();
  await page.keyboard.press('Enter');
  await saved('Important').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('1 user', { exact: true }).waitFor();
  assert.equal(new URL(page.url()).search, '?tag=vip&order=number');
});

test('what was searched for is no part of a view, and everybody sees one that the owner saves for all', async () => {
  await page.goto(`${project}/users?status=Active`);
  await page.getByRole('searchbox').fill('muster');
  await page.keyboard.press('Enter');
  await page.getByText('1 user', { exact: true }).waitFor();
  await views().click();
  await page.getByLabel('Name of the view').fill('Active ones');
  await page.getByLabel('For everybody in the project').check();
  await page.getByRole('button', { name: 'Save view' }).click();
  await saved('Active ones').waitFor();
  interface Found {
    savedViews: { name: string; query: string }[];
  }
  const { savedViews } = await ask<Found>('{ savedViews(page: Users) { name query } }');
  assert.deepEqual(savedViews, [{ name: 'Active ones', query: 'status=Active' }]);

  const support = await newPage();
  const own = await enter(server, support, 'support');
  await support.goto(`${own}/users`);
  await support.getByRole('button', { name: 'Views', exact: true }).click();
  await support.getByRole('link', { name: 'Active ones', exact: true }).waitFor();
  assert.equal(await support.getByRole('link', { name: 'Important', exact: true }).count(), 0);
  assert.equal(await support.getByRole('button', { name: 'Delete the view Active ones' }).count(), 0);
  assert.equal(await support.getByLabel('For everybody in the project').count(), 0);
  await support.context().close();
});

test('every list has views, and one that is deleted is gone', async () => {
  const lists = {
    identifications: 'status=Invalid',
    'proofing-requests': 'state=COMPLETE',
    verifications: 'order=number',
    sessions: 'status=Pending',
    results: 'status=FAILED',
    'webhooks/log': 'status=Failed',
    audit: 'action=User.Updated',
  };
  for (const [path, query] of Object.entries(lists)) {
    await page.goto(`${project}/${path}?${query}`);
    await views().click();
    await page.getByLabel('Name of the view').fill(path);
    await page.getByRole('button', { name: 'Save view' }).click();
    await saved(path).waitFor();
    const href = await saved(path).getAttribute('href');
    assert.ok(href?.endsWith(`/${path}?${query}`), `${path}: ${href}`);
  }
  await page.getByRole('button', { name: 'Delete the view audit' }).click();
  await page.getByText('No view of this list is saved yet.').waitFor();
});

test('a filter by refId is left out of a view, which says so', async () => {
  await page.goto(`${project}/sessions?refId=someone`);
  await views().click();
  await page.getByText('The filter by refId is not saved, because it names a person.').waitFor();
  await page.getByLabel('Name of the view').fill('All');
  await page.getByRole('button', { name: 'Save view' }).click();
  await saved('All').waitFor();
  assert.ok((await saved('All').getAttribute('href'))?.endsWith('/sessions'));
});

test('nothing was amiss', () => {
  assert.deepEqual(browser.complaints, []);
});
