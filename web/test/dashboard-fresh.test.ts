// Changes that require a fresh sign-in: after it each is made once, with the entered values.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { accessibility, enter, visitDemo } from './dashboard.ts';

const { ask, newPage, page, project, server } = await visitDemo('owner');

const FIVE_MINUTES_MS = 5 * 60_000;
/** For which a server keeps what it has read of a session. */
const KEPT_MS = 2000;

const proof = page.getByRole('dialog', { name: 'Confirm that it is you' });
const menu = (name: string) => page.getByRole('button', { name: `What can be done with ${name}` });
const closed = () => page.getByRole('dialog').waitFor({ state: 'detached' });

/** Requests of pages that change something, by the name of the operation or the path. */
const sent: string[] = [];
page.on('request', (request) => {
  const [, operation] = /"operationName":"(\w+Mutation)"/.exec(request.postData() ?? '') ?? [];
  if (operation) sent.push(operation);
  else if (/\/export\//.test(request.url())) sent.push(new URL(request.url()).pathname);
});

/** Sets the last sign-in of all members to five minutes earlier. */
async function waitFiveMinutes(): Promise<void> {
  await server.sql(`UPDATE member_sessions SET authenticated_at = authenticated_at - ${FIVE_MINUTES_MS}`);
  await page.waitForTimeout(KEPT_MS + 500);
}

/** Runs a change that requires a fresh sign-in, and confirms. Checks that the server refused it first. */
async function asked(operation: string, act: () => Promise<void>, whileAsked: () => Promise<void>): Promise<void> {
  await waitFiveMinutes();
  sent.length = 0;
  await act();
  await proof.waitFor();
  assert.deepEqual(sent, [operation], 'it was refused');
  await whileAsked();
  await proof.getByRole('button', { name: 'Confirm', exact: true }).click();
  await proof.waitFor({ state: 'detached' });
}

interface Made {
  label: string;
  permissions: string[];
  tagLimits: string[] | null;
}

async function credentials(): Promise<Made[]> {
  const query = '{ credentials { edges { node { label permissions tagLimits } } } }';
  const found = await ask<{ credentials: { edges: { node: Made }[] } }>(query);
  return found.credentials.edges.map(({ node }) => node);
}

function once(operation: string): void {
  assert.deepEqual(sent, [operation, operation], 'it was refused, and then made once');
}

test('a new credential has what was typed before, and is made once', async () => {
  await page.goto(`${project}/developers`);
  await page.getByRole('button', { name: 'New credential' }).click();
  await page.getByLabel('Label').fill('Counter');
  await page.getByLabel('Limited to tags').fill('vip');
  await page.getByRole('checkbox', { name: /USERS:VIEW/ }).check();
  const create = () => page.getByRole('button', { name: 'Create', exact: true }).click();
  await asked('NewCredentialDialogMutation', create, async () => {
    assert.equal(await page.getByLabel('Label').inputValue(), 'Counter');
    assert.deepEqual(await accessibility(page, { within: 'dialog[open]' }), []);
  });
  await page.getByRole('status', { name: 'Client secret' }).waitFor();
  once('NewCredentialDialogMutation');
  assert.deepEqual(
    (await credentials()).filter(({ label }) => label === 'Counter'),
    [{ label: 'Counter', permissions: ['USERS:VIEW'], tagLimits: ['vip'] }],
  );
});

test("an endpoint's secret is made for what was typed before, and a new one once", async () => {
  await page.goto(`${project}/webhooks`);
  await page.getByRole('button', { name: 'New endpoint' }).click();
  await page.getByLabel('Label').fill('CRM');
  await page.getByLabel('Address').fill('http://127.0.0.1:9/hook');
  const add = () => page.getByRole('button', { name: 'Add', exact: true }).click();
  await asked('NewEndpointDialogMutation', add, async () => {
    assert.equal(await page.getByLabel('Address').inputValue(), 'http://127.0.0.1:9/hook');
  });
  const shown = page.getByRole('status', { name: 'Secret', exact: true });
  await shown.waitFor();
  const first = await shown.innerText();
  once('NewEndpointDialogMutation');
  await page.getByLabel('I have kept it').check();
  await page.getByRole('button', { name: 'Done' }).click();
  await closed();
  const found = await ask('{ webhookSubscriptions { edges { node { label endpoint } } } }');
  const node = { label: 'CRM', endpoint: 'http://127.0.0.1:9/hook' };
  assert.deepEqual(found, { webhookSubscriptions: { edges: [{ node }] } });

  await page.getByRole('button', { name: 'New secret for CRM' }).click();
  const rotate = () => page.getByRole('button', { name: 'Make a new secret' }).click();
  await asked('RotateSecretDialogMutation', rotate, () => Promise.resolve());
  await shown.waitFor();
  assert.notEqual(await shown.innerText(), first);
  once('RotateSecretDialogMutation');
});

test("a role's change has what was chosen before, and is made once", async () => {
  await page.goto(`${project}/settings/members`);
  await menu('Sam Support').click();
  await page.getByText('Change role and limits').click();
  await page.getByLabel('Role').selectOption({ label: 'Reviewer' });
  await page.getByLabel('Limited to tags').fill('vip');
  const save = () => page.getByRole('button', { name: 'Save' }).click();
  await asked('ChangeMemberDialogMutation', save, async () => {
    assert.equal(await page.getByLabel('Limited to tags').inputValue(), 'vip');
  });
  await closed();
  once('ChangeMemberDialogMutation');
  interface Found {
    memberships: { edges: { node: { label: string; tagLimits: string[] | null; role: { name: string } } }[] };
    auditEvents: { totalCount: number };
  }
  const changed = 'auditEvents(filters: { actions: ["Membership.Changed"] }) { totalCount }';
  const found = await ask<Found>(`{ memberships { edges { node { label tagLimits role { name } } } } ${changed} }`);
  const sam = found.memberships.edges.find(({ node }) => node.label === 'Sam Support')?.node;
  assert.deepEqual(sam, { label: 'Sam Support', tagLimits: ['vip'], role: { name: 'Reviewer' } });
  assert.equal(found.auditEvents.totalCount, 1);
});

test('an export goes on with the filters of the list, and is written down once', async () => {
  await page.goto(`${project}/users?tag=vip`);
  await page.getByText('1 user', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Export' }).click();
  const saved = page.waitForEvent('download');
  const csv = () => page.getByRole('button', { name: 'CSV, for spreadsheets' }).click();
  await asked('/export/users', csv, () => Promise.resolve());
  const lines = (await readFile(await (await saved).path(), 'utf8')).trim().split('\n');
  assert.equal(lines.length, 2, 'a head and the user with the tag');
  once('/export/users');
  interface Found {
    auditEvents: { totalCount: number };
  }
  const exports = '{ auditEvents(filters: { actions: ["Project.Exported"] }) { totalCount } }';
  assert.equal((await ask<Found>(exports)).auditEvents.totalCount, 1);
});

test('erasing goes on with the number that was typed before, and gives the receipt', async () => {
  await page.goto(`${project}/users?order=-number`);
  await page.getByRole('link', { name: 'John Doe' }).first().click();
  const number = /\d+/.exec(await page.getByText(/^No\. \d+/).first().innerText())?.[0] ?? '';
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByText('Erase', { exact: true }).click();
  const typed = page.getByLabel('Type the number of the user');
  await typed.fill(number);
  const erase = () => page.getByRole('button', { name: 'Erase for ever' }).click();
  await asked('EraseDialogMutation', erase, async () => assert.equal(await typed.inputValue(), number));
  await page.getByRole('heading', { name: `User ${number} was erased` }).waitFor();
  once('EraseDialogMutation');
});

test('without the proof nothing is made, and what was typed is there', async () => {
  const other = await newPage();
  const own = await enter(server, other, 'owner');
  await waitFiveMinutes();
  await other.goto(`${own}/developers`);
  await other.getByRole('button', { name: 'New credential' }).click();
  await other.getByLabel('Label').fill('Never');
  await other.getByRole('checkbox', { name: /USERS:VIEW/ }).check();
  await other.getByRole('button', { name: 'Create', exact: true }).click();
  await other.getByRole('dialog', { name: 'Confirm that it is you' }).getByRole('button', { name: 'Cancel' }).click();
  assert.equal(await other.getByLabel('Label').inputValue(), 'Never');
  assert.equal((await credentials()).filter(({ label }) => label === 'Never').length, 0);
  await other.context().close();
});
