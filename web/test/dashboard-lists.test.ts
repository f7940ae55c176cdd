// What members do with whole lists: search by an index of names, filter by levels and reasons, choose columns, go to a place,
// and keep a file.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { accessibility, enter, isCutOff, visitDemo } from './dashboard.ts';
import { settled } from './rest.ts';

const { browser, page, project, server } = await visitDemo('owner');

const heads = () => page.getByRole('columnheader').allInnerTexts();
const search = async (text: string) => {
  await page.getByRole('searchbox').fill(text);
  await page.keyboard.press('Enter');
};

test('a project that searches names by an index is told what it reveals, and finds its users', async () => {
  await page.goto(`${project}/settings/project`);
  await page.getByRole('button', { name: 'Change' }).click();
  await page.getByLabel('Users are found').selectOption('Index');
  await page.getByText(/learns which users share a hash/).waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Names are found by an index').waitFor();
  await page.getByText('complete', { exact: true }).waitFor();
  await page.goto(`${project}/users`);
  for (const text of ['muster', 'MÚS', 'anna muster']) {
    await search(text);
    await page.getByText('1 user', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Anna Muster' }).waitFor();
  }
  await search('uster');
  await page.getByText('Nothing matches these filters').waitFor();
  assert.ok(!page.url().includes('uster'));
});

test('users are filtered by the levels that they hold, identifications by why they were refused', async () => {
  await page.goto(`${project}/users`);
  await page.getByText('12 users').waitFor();
  await page.getByRole('button', { name: 'Level', exact: true }).click();
  await page.getByRole('checkbox', { name: 'PVID' }).check();
  await page.keyboard.press('Escape');
  await page.getByText(/^[1-9] users?$/).waitFor();
  assert.equal(new URL(page.url()).search, '?level=pvid');
  await page.goto(`${project}/users`);
  await page.getByText('12 users').waitFor();
  await page.getByRole('button', { name: 'Verification', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Level 1' }).check();
  await page.keyboard.press('Escape');
  await page.getByText(/^[1-9] users?$/).waitFor();

  await page.goto(`${project}/identifications?reason=BadDocumentLighting`);
  const counted = async () => parseInt(await page.getByText(/^\d+ identifications?$/).innerText(), 10);
  const few = await counted();
  await page.getByRole('button', { name: /^Reason/ }).click();
  await page.getByRole('checkbox', { name: 'The document was lit too badly to be read.' }).uncheck();
  await page.keyboard.press('Escape');
  assert.equal(new URL(page.url()).search, '');
  await page.getByText(`${few} identification`).waitFor({ state: 'detached' });
  assert.ok((await counted()) > few);
});

test('columns that are hidden stay so in the address, and go to the place that is named', async () => {
  await page.goto(`${project}/users`);
  await page.getByText('12 users').waitFor();
  assert.ok((await heads()).some((head) => head.includes('Tags')));
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Tags' }).uncheck();
  await page.keyboard.press('Escape');
  assert.equal(new URL(page.url()).search, '?hide=tags');
  await page.reload();
  await page.getByText('12 users').waitFor();
  assert.ok(!(await heads()).some((head) => head.includes('Tags')));
  assert.equal(await isCutOff(page), false);

  await page.getByRole('button', { name: 'Go to' }).click();
  await page.getByLabel('Number or day of creation').fill('nonsense');
  await page.getByRole('button', { name: 'Go', exact: true }).click();
  await page.getByText('Write a number, or a day such as 2026-01-31.').waitFor();
  await page.getByLabel('Number or day of creation').fill('2020-01-01');
  await page.getByRole('button', { name: 'Go', exact: true }).click();
  await page.getByText('Nothing matches these filters').waitFor();
  assert.match(new URL(page.url()).search, /created=%3C2020-01-0/);
  await page.getByRole('button', { name: 'Drop the filters' }).click();
  await page.getByRole('button', { name: 'Go to' }).click();
  await page.getByLabel('Number or day of creation').fill('1');
  await page.getByRole('button', { name: 'Go', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Anna Muster' }).waitFor();
});

test('a file has the rows of the list, and the audit that it was made', async () => {
  await page.goto(`${project}/users?order=number&tag=vip`);
  await page.getByText('1 user', { exact: true }).waitFor();
  await settled(page);
  await page.getByRole('button', { name: 'Export' }).click();
  assert.deepEqual(await accessibility(page), []);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSV, for spreadsheets' }).click(),
  ]);
  assert.equal(file.suggestedFilename(), 'users.csv');
  const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n');
  assert.equal(lines.length, 2);
  assert.match(lines[0] ?? '', /^id,number,refId,status,tags,firstName/);
  assert.match(lines[1] ?? '', /vip-customer,Active,vip,Vera/);
  await page.goto(`${project}/audit`);
  await page.getByText('List exported').first().waitFor();

  const reader = await browser.newContext();
  const other = await reader.newPage();
  const base = await enter(server, other, 'reviewer');
  await other.goto(`${base}/users`);
  await other.getByRole('button', { name: 'Columns' }).waitFor();
  assert.equal(await other.getByRole('button', { name: 'Export' }).count(), 0);
  await reader.close();
});
