// The jobs of developers and of owners, with the keyboard alone, and in as few clicks as they may take. `keyboard.ts` says what
// a click is.

import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { enter, startDemo } from './dashboard.ts';
import { begin } from './jobs.ts';
import { startOidcProvider } from './oidc-provider.ts';

const stage = await startDemo();
const { ask, newPage, server } = stage;
/** Within which an access ends. */
const END_MS = 2000;
/** A scenario takes its time on a busy machine. */
const SCENARIO_MS = 30_000;

test('9: a developer makes a credential', async () => {
  const { page, keyboard, to, button, keep, end } = await begin(stage, 'developer');
  await keyboard.press(to('Developers'));
  await keyboard.press(button('New credential'));
  await keyboard.type(page.getByRole('textbox', { name: 'Label' }), 'Desk');
  await keyboard.tick(page.getByRole('checkbox', { name: /SESSIONS:VIEW/ }));
  await keyboard.send(button('Create'));
  const id = await page.getByRole('status', { name: 'Client id' }).innerText();
  const secret = await keep('Client secret');
  assert.ok(keyboard.clicks() <= 3);
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret });
  assert.equal((await fetch(`${server.demo.url}/oauth2/token`, { method: 'POST', body })).status, 200);
  await end();
});

test('9: a developer adds an endpoint, sees why a delivery failed, and sends it again', async () => {
  const received: IncomingHttpHeaders[] = [];
  let status = 503;
  const receiver = createServer((request, response) => {
    request.resume().on('end', () => {
      received.push(request.headers);
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening));
  const { page, keyboard, to, part, button, dialog, keep, end } = await begin(stage, 'developer');
  await keyboard.press(to('Webhooks'));
  await keyboard.press(button('New endpoint'));
  await keyboard.type(page.getByRole('textbox', { name: 'Label' }), 'CRM');
  const address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  await keyboard.type(page.getByRole('textbox', { name: 'Address' }), address);
  await page.keyboard.press('Enter');
  await keep('Secret');
  assert.ok(keyboard.clicks() <= 3);
  await page.getByText(address).waitFor();

  await ask('mutation { createProofingRequest(input: {}) { __typename } }');
  for (let waited = 0; received.length === 0 && waited < 150; waited += 1) await page.waitForTimeout(100);
  for (let by = 'PT96H'; by !== 'PT0S'; ) {
    const move = `mutation { it: advanceSandboxClock(input: { by: "${by}" }) {
      ... on AdvanceSandboxClockSuccessPayload { remaining } } }`;
    by = (await ask<{ it: { remaining: string } }>(move)).it.remaining;
  }
  await keyboard.press(to('Webhooks'));
  await keyboard.press(part('Deliveries'));
  await keyboard.openRow(page.getByRole('grid', { name: 'Deliveries' }), /ProofingRequest\.Created.*Failed/s);
  await dialog.getByText('503').first().waitFor();
  const known = received.length;
  status = 204;
  await keyboard.send(dialog.getByRole('button', { name: 'Send again' }));
  for (let waited = 0; received.length === known && waited < 150; waited += 1) await page.waitForTimeout(100);
  assert.equal(received.at(-1)?.['webhook-id'], received[0]?.['webhook-id']);
  assert.ok(keyboard.clicks() <= 3);
  await end();
  receiver.closeAllConnections();
  await new Promise((closed) => receiver.close(closed));
});

test('9: a developer forces an outcome in a Sandbox project', async () => {
  const { page, keyboard, to, button, end } = await begin(stage, 'developer');
  await keyboard.press(to('Sandbox'));
  await keyboard.select(page.getByRole('combobox', { name: 'Scenario' }), /^rejected-passport/);
  await keyboard.send(button('Run'));
  const happened = page.getByRole('region', { name: 'What happened' });
  await happened.getByRole('row').filter({ hasText: /report.*Invalid/s }).waitFor({ timeout: SCENARIO_MS });
  assert.ok(keyboard.clicks() <= 3);
  await end();
});

test('10: an owner invites a person with a role and tag limits', async () => {
  const { page, keyboard, to, button, keep, end } = await begin(stage, 'owner');
  await keyboard.press(to('Settings'));
  await keyboard.press(button('Invite a member'));
  await keyboard.type(page.getByRole('textbox', { name: 'E-mail address' }), 'new@example.org');
  await keyboard.select(page.getByRole('combobox', { name: 'Role' }), 'Reviewer');
  await keyboard.type(page.getByRole('textbox', { name: 'Limited to tags' }), 'vip');
  await page.keyboard.press('Enter');
  assert.match(await keep('Link'), /\/dashboard\/link#/);
  assert.ok(keyboard.clicks() <= 3);
  const { invitations } = await ask<{ invitations: object[] }>('{ invitations { email tagLimits role { name } } }');
  assert.deepEqual(invitations, [{ email: 'new@example.org', tagLimits: ['vip'], role: { name: 'Reviewer' } }]);
  await end();
});

test('10: an owner gives another role and tag limits, and ends an access within two seconds', async () => {
  const other = await newPage();
  const project = await enter(server, other, 'reviewer');
  await other.getByRole('grid', { name: 'Users' }).waitFor();
  const { page, keyboard, to, button, dialog, closed, end } = await begin(stage, 'owner');
  const menu = () => button('What can be done with Rosa Reviewer');
  await keyboard.press(to('Settings'));
  await keyboard.choose(menu(), 'Change role and limits');
  await keyboard.select(page.getByRole('combobox', { name: 'Role' }), 'Support');
  await keyboard.type(page.getByRole('textbox', { name: 'Limited to tags' }), 'vip');
  await keyboard.send(button('Save'));
  await closed();
  assert.ok(keyboard.clicks() <= 3);
  await other.getByText('Limited to: vip').waitFor();

  await keyboard.press(to('Settings'));
  await keyboard.choose(menu(), 'End the access');
  await keyboard.send(dialog.getByRole('button', { name: 'End the access' }));
  await closed();
  await page.waitForTimeout(END_MS);
  const seats = await other.evaluate(async () => {
    const answer = await fetch('/auth/state', { headers: { 'x-verigraph-client': 'dashboard' } });
    return (await answer.json()) as { memberships: { project: { id: string } }[] };
  });
  assert.deepEqual(seats.memberships.filter((seat) => project.endsWith(seat.project.id)), []);
  await other.getByRole('grid').waitFor({ state: 'detached' });
  assert.ok(keyboard.clicks() <= 3);
  await other.context().close();
  await end();
});

test("10: an owner connects the company's sign-in, by the command that the page names", async () => {
  const { page, project, keyboard, to, part, end } = await begin(stage, 'owner');
  const provider = await startOidcProvider();
  after(() => provider.close());
  await server.command('oidc', 'add', 'Acme', '--issuer', provider.issuer, '--client-id', 'verigraph', '--groups-claim', 'groups');
  await server.command('oidc', 'map', 'Acme', '--group', 'clerks', '--project', project, '--role', 'Reviewer');
  await keyboard.press(to('Settings'));
  await keyboard.press(part('Sign-in'));
  await page.getByText('verigraph oidc', { exact: true }).waitFor();
  const groups = page.getByRole('region', { name: 'Groups of Acme' });
  await groups.getByRole('row').filter({ hasText: /clerks.*Reviewer/s }).waitFor();
  assert.ok(keyboard.clicks() <= 3);
  await end();
});
