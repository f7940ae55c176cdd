// What analysts and developers do on the dashboard: charts, secrets, deliveries, the Sandbox.

import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { accessibility, enter, isCutOff, visitDemo } from './dashboard.ts';
import { settled } from './rest.ts';

const { browser, newPage, page, project, server } = await visitDemo('owner');

const chart = (on: Page) => on.getByRole('img', { name: /^Proofing requests by day/ });

/** The numbers of the table below the chart, row by row. */
async function table(on: Page): Promise<number[][]> {
  await on.getByText('Show as table').click();
  const rows = on.getByRole('region', { name: /^Proofing requests by day/ }).getByRole('row');
  const cells = (row: Locator) => row.locator('td[data-align="end"]').allInnerTexts();
  const texts = await Promise.all((await rows.all()).slice(1).map(cells));
  return texts.map((row) => row.map(Number));
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

/** Checks the sums of the table, and that they are the total of the list and the bars of the chart. */
async function assertChart(on: Page, path: string): Promise<number> {
  await on.goto(path);
  await settled(on);
  const [, total = ''] = /(\d+) requests?/.exec(await on.locator('main').innerText()) ?? [];
  assert.ok(Number(total) > 0, path);
  await chart(on).waitFor();
  const numbers = await table(on);
  const days = numbers.slice(0, -1);
  for (const row of numbers) assert.equal(sum(row.slice(0, -1)), row.at(-1), path);
  const columns = numbers[0]?.map((_, index) => sum(days.map((row) => row[index] ?? 0)));
  assert.deepEqual(columns, numbers.at(-1), 'the last row has the sums');
  assert.equal(numbers.at(-1)?.at(-1), Number(total), path);
  const parts = days.flatMap((row) => row.slice(0, -1).filter((number) => number > 0));
  assert.equal(await chart(on).locator('> rect').count(), parts.length, 'a bar for each number');
  return Number(total);
}

test('the chart of proofing requests adds up to the total of the list, with every filter', async () => {
  const all = await assertChart(page, `${project}/proofing-requests`);
  const filters = ['device=ALLOW', 'state=COMPLETE&document=PASSED', 'face=no', 'time=%3E%3D2024-01-03T12%3A00%3A00Z'];
  for (const filter of filters) {
    assert.ok((await assertChart(page, `${project}/proofing-requests?${filter}`)) < all, filter);
  }
  await page.goto(`${project}/proofing-requests?state=DEVICE`);
  await page.getByText('Nothing matches these filters').waitFor();
  assert.equal(await chart(page).count(), 0, 'nothing to draw');
});

test('a member with limits has the chart of the users that it sees', async () => {
  const limited = await newPage();
  const path = `${await enter(server, limited, 'vip')}/proofing-requests`;
  assert.ok((await assertChart(limited, path)) < (await assertChart(page, `${project}/proofing-requests`)));
  await limited.context().close();
});

for (const locale of ['en-GB', 'fr-FR']) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`everybody can read the chart and its table, at 320 px too (${locale}, ${colorScheme})`, async () => {
      const viewport = { width: 320, height: 640 };
      const narrow = await (await browser.newContext({ locale, colorScheme, viewport })).newPage();
      await narrow.goto(`${await enter(server, narrow, 'owner')}/proofing-requests`);
      await narrow.locator('figure summary').click();
      await settled(narrow);
      assert.deepEqual(await accessibility(narrow), []);
      assert.equal(await isCutOff(narrow), false);
      await narrow.context().close();
    });
  }
}

test('a failed delivery says why, and is sent again under its id; a probe answers on the page', async () => {
  const received: IncomingHttpHeaders[] = [];
  const bodies: string[] = [];
  let status = 503;
  const receiver = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      bodies.push(body);
      received.push(request.headers);
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening));
  const endpoint = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  const headers = { authorization: `Bearer ${server.demo.token}`, 'content-type': 'application/json' };
  const graph = async (query: string) => {
    const answer = await fetch(server.demo.graphql, { method: 'POST', headers, body: JSON.stringify({ query }) });
    return (await answer.json()) as { data: Record<string, { remaining?: string }> };
  };
  await graph(`mutation { addWebhookSubscription(input: {
    label: "CRM", endpoint: "${endpoint}", eventTypes: ["ProofingRequest.Created"] }) { __typename } }`);
  const happen = () => graph('mutation { createProofingRequest(input: {}) { __typename } }');
  const receive = async (known: number) => {
    for (let waited = 0; received.length === known && waited < 150; waited += 1) await page.waitForTimeout(100);
    return String(received.at(-1)?.['webhook-id']);
  };
  await happen();
  const eventId = await receive(0);

  const dialog = page.getByRole('dialog');
  const open = async () => {
    await page.goto(`${project}/webhooks/log`);
    await settled(page);
    await page.getByRole('row').filter({ hasText: 'ProofingRequest.Created' }).first().click();
    await dialog.getByText('webhook-id').waitFor();
  };
  const fact = (name: string) =>
    dialog.locator('div').filter({ has: page.locator('dt', { hasText: name }) }).last().locator('dd').innerText();
  await open();
  assert.deepEqual([await fact('Answer'), await fact('Event id')], ['503', eventId]);
  assert.match(await fact('Attempts'), /^[1-3]$/);
  for (const name of ['Last attempt', 'Next attempt']) assert.match(await fact(name), /20\d\d/, name);
  assert.equal(await dialog.getByLabel('Body', { exact: true }).innerText(), bodies[0]);

  // After ten attempts in more than three days it has failed.
  for (let by: string | undefined = 'PT96H'; by && by !== 'PT0S'; ) {
    const move: string = `mutation { it: advanceSandboxClock(input: { by: "${by}" }) {
      ... on AdvanceSandboxClockSuccessPayload { remaining } } }`;
    by = (await graph(move)).data.it?.remaining;
  }
  await open();
  assert.deepEqual([await fact('Attempts'), await fact('Status')], ['10', 'Failed']);
  const attempts = dialog.getByRole('region', { name: 'Last attempts' }).getByRole('row');
  assert.equal(await attempts.count(), 11, 'a head and ten attempts');
  for (const row of (await attempts.all()).slice(1)) assert.match(await row.innerText(), /20\d\d[^]*503\s+\d+ ms/);
  assert.deepEqual(await accessibility(page), []);
  status = 204;
  const known = received.length;
  await dialog.getByRole('button', { name: 'Send again' }).click();
  assert.equal(await receive(known), eventId);
  await happen();
  assert.notEqual(await receive(known + 1), eventId);

  await page.goto(`${project}/webhooks`);
  await page.getByText('1 of 1', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Probe CRM' }).click();
  await page.getByText(/The endpoint answered 204 within \d+ ms/).waitFor();
  receiver.closeAllConnections();
  await new Promise((closed) => receiver.close(closed));
});

test('Overview shows what was refused in the last seven days, and opens the list behind each reason', async () => {
  const headers = { authorization: `Bearer ${server.demo.token}`, 'content-type': 'application/json' };
  const graph = async (query: string) => {
    const answer = await fetch(server.demo.graphql, { method: 'POST', headers, body: JSON.stringify({ query }) });
    return (await answer.json()) as {
      data: { it: { identification: { id: string } }; users: { edges: { node: { id: string } }[] } };
    };
  };
  const { data } = await graph('{ users(first: 1, filters: { statuses: [Active] }) { edges { node { id } } } }');
  const user = data.users.edges[0]?.node.id;
  await page.goto(`${project}/`);
  await page.getByRole('heading', { name: 'Identifications refused in the last seven days' }).waitFor();
  for (const reasons of ['[ExpiredDocument]', '[ExpiredDocument, FraudDetected]']) {
    const started = await graph(`mutation { it: startIdentification(input: { userId: "${user}", process: Expert }) {
      ... on StartIdentificationSuccessPayload { identification { id } } } }`);
    const { id } = started.data.it.identification;
    for (const outcome of ['levels: { expert: Pending }', `levels: { expert: Invalid }, errorReasons: ${reasons}`]) {
      await graph(`mutation { updateIdentification(input: { identificationId: "${id}", ${outcome} }) { __typename } }`);
    }
  }
  await page.reload();
  const why = page.getByRole('region', { name: 'Why identifications were refused' }).getByRole('row');
  await why.first().waitFor();
  const rows = (await why.allInnerTexts()).slice(1).map((row) => row.split('\t'));
  assert.deepEqual(rows, [
    ['The document had expired.', '2'],
    ['An attempt at fraud was detected.', '1'],
  ]);
  await page.getByRole('img', { name: 'Refused identifications by day and process' }).waitFor();
  assert.deepEqual(await accessibility(page), []);
  await page.getByRole('link', { name: 'An attempt at fraud was detected.' }).click();
  await page.waitForURL(/\/identifications\?status=Invalid&reason=FraudDetected&created=/);
  await page.waitForFunction(() => /\b1 identification\b/.test(document.querySelector('main')?.innerText ?? ''));
});

test('Developers lists the integrations, for members that may read results', async () => {
  const { memberships } = await page.evaluate(async () => {
    const answer = await fetch('/auth/state', { headers: { 'x-verigraph-client': 'dashboard' } });
    return (await answer.json()) as { memberships: { project: { id: string } }[] };
  });
  const other = memberships.find(({ project: { id } }) => !project.endsWith(id))?.project.id;
  await page.goto(`${project.replace(/[^/]+$/, String(other))}/developers`);
  const integrations = page.getByRole('region', { name: 'Integrations' });
  await integrations.getByText('0d5e0f0a-4c7b-4f7e-9f43-1f6f6f3f2a11').waitFor();
  assert.match(await integrations.innerText(), /Date of birth/);
  assert.deepEqual(await accessibility(page), []);
});

test('a scenario runs from the page, and the clock moves until nothing remains', async () => {
  await page.goto(`${project}/developers/sandbox`);
  assert.equal(await page.getByLabel('Scenario', { exact: true }).inputValue(), 'rejected-passport');
  assert.ok((await page.getByLabel('Scenario', { exact: true }).locator('option').count()) > 40);
  await page.getByText('The passport has expired. The receiver does not answer at first.', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('heading', { level: 3, name: /passport/i }).waitFor({ timeout: 20_000 });
  await page.getByRole('button', { name: '+ 30 days' }).click();
  await page.getByText(/^3\d d .*ahead of the server's clock/).waitFor();
  await settled(page);
  assert.equal(await page.getByRole('button', { name: 'Go on' }).count(), 0, 'nothing remains');
});

test('a Live project has no Sandbox page', async () => {
  const live = await newPage();
  // The demo has Sandbox projects only: the page is told that this one is Live.
  await live.route('**/auth/**', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replaceAll('SANDBOX', 'LIVE') });
  });
  const base = await enter(server, live, 'owner');
  const navigation = live.getByRole('navigation', { name: 'Navigation' });
  await navigation.getByRole('link', { name: 'Developers' }).waitFor();
  assert.equal(await navigation.getByRole('link', { name: 'Sandbox' }).count(), 0);
  await live.goto(`${base}/developers/sandbox`);
  await live.getByText('There is no such page, or your role does not open it').waitFor();
  await live.context().close();
});

test('nothing was amiss', () => {
  assert.deepEqual(browser.complaints, []);
});
