// The explorer in a real browser, against the real server.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { openBrowser, type Watched } from './browser.ts';
import { startServer, type Server } from './server.ts';

const REFUSED = 'No valid token: paste one made with POST /oauth2/token';

let server: Server;
let browser: Watched;
let context: BrowserContext;
let page: Page;

// One page for all of the tests, in their order: it is one visit.
before(async () => {
  server = await startServer();
  browser = await openBrowser();
  context = browser.context;
  page = await context.newPage();
});

after(async () => {
  await browser?.close();
  if (server) assert.equal(await server.stop(), 0, 'the exit code after SIGINT');
});

const queryPane = (on = page) => on.getByRole('region', { name: 'Operation Editor' });
const responsePane = (on = page) => on.locator('.graphiql-response');
const tokenField = (on = page) => on.getByLabel('Access token', { exact: true });
const barStatus = (on = page) => on.locator('header').getByRole('status');

test('opens on the seed query', async () => {
  await page.goto(server.demo.explorer);
  await seesText(queryPane(), 'ListOfIdentifications');
  await seesText(queryPane(), 'totalCount', 'end');
  assert.equal(await tokenField().inputValue(), server.demo.token);
  assert.equal(await tokenField().getAttribute('type'), 'password');
});

test('runs it', async () => {
  await page.getByRole('button', { name: /^Execute query/ }).click();
  await seesText(responsePane(), '"totalCount": 3', 'end');
  assert.equal(await barStatus().innerText(), '');
  // Monaco would do without its workers, slowly and with a warning.
  assert.ok(page.workers().length > 0, 'no worker runs');
  if (process.env.SCREENSHOT) {
    // The beginnings are the better picture.
    for (const pane of [responsePane(), queryPane()]) {
      await pane.locator('.view-lines').click();
      await page.keyboard.press('Control+Home');
    }
    await page.mouse.move(5, 400);
    await page.waitForTimeout(500);
    await page.screenshot({ path: process.env.SCREENSHOT });
  }
});

test('shows the documentation of the type User', async () => {
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  const docs = page.getByRole('region', { name: 'Documentation Explorer' });
  await docs.getByRole('link', { name: 'User', exact: true }).first().click();
  await docs.locator('.graphiql-doc-explorer-title', { hasText: /^User$/ }).waitFor();
  // The type's own, not one of its fields'.
  const description = docs.locator('.graphiql-doc-explorer-content > .graphiql-markdown-description');
  assert.notEqual((await description.innerText()).trim(), '');
  await page.getByRole('button', { name: 'Hide Documentation Explorer' }).click();
});

test('sends a browser from the endpoint to the explorer', async () => {
  const other = await context.newPage();
  await other.goto(server.demo.graphql);
  assert.equal(other.url(), server.demo.explorer);
  await seesText(queryPane(other), 'ListOfIdentifications');
  await other.close();
});

test('brings back edits, and keeps credentials out of localStorage', async () => {
  // Credentials in the Headers pane would end up in GraphiQL's history.
  await page.getByRole('button', { name: 'Headers', exact: true }).click();
  await page.getByRole('region', { name: 'Headers' }).locator('.view-lines').last().click();
  await page.keyboard.insertText('{ "x-secret": "unforgettable" }');
  await queryPane().locator('.view-lines').click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.insertText('# edited by the test\n');
  await page.getByRole('button', { name: /^Execute query/ }).click();
  await seesText(responsePane(), '"totalCount": 3', 'end');
  // GraphiQL writes half a second after the last change.
  await page.waitForFunction(() => JSON.stringify(localStorage).includes('edited by the test'));
  await page.waitForTimeout(1000);

  const kept = await page.evaluate(() => JSON.stringify(localStorage));
  assert.ok(!kept.includes(server.demo.token), 'the token is in localStorage');
  assert.ok(!kept.includes('unforgettable'), 'the headers are in localStorage');

  await page.reload();
  await seesText(queryPane(), 'edited by the test');
  assert.equal(await tokenField().inputValue(), server.demo.token);
});

test('shows what happens while a subscription runs', async () => {
  const other = await (await browser.newContext()).newPage();
  await other.goto(server.demo.explorer);
  await seesText(queryPane(other), 'ListOfIdentifications');
  await other.getByRole('tab', { name: 'Events' }).click();
  await seesText(queryPane(other), 'subscription Events');
  const execute = other.getByRole('button', { name: /^Execute query/ });
  const stop = other.getByRole('button', { name: /^Stop query/ });
  // GraphiQL shows a tab's query a moment before it knows its operations: until then it runs the tab before.
  for (const end = Date.now() + 30_000; !(await stop.isVisible()) && Date.now() < end; ) {
    if (await execute.isVisible()) await execute.click();
    await other.waitForTimeout(500);
  }
  await stop.waitFor();
  const headers = { authorization: `Bearer ${server.demo.token}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ query: 'mutation { createProofingRequest(input: {}) { __typename } }' });
  // Whether the server listens already, nothing on the page tells.
  const deadline = Date.now() + 30_000;
  while (!(await responsePane(other).innerText()).includes('ProofingRequest') && Date.now() < deadline) {
    await fetch(server.demo.graphql, { method: 'POST', headers, body });
    await other.waitForTimeout(300);
  }
  await seesText(responsePane(other), '"eventType": "ProofingRequest.Created"');
  await stop.click();
  await other.close();
});

test('sent no request to anywhere else, and nothing was amiss', () => {
  const origin = new URL(server.demo.url).origin;
  const others = browser.requests.filter((url) => new URL(url).origin !== origin);
  assert.ok(browser.requests.length > 10, 'requests were not seen');
  assert.deepEqual(others, []);
  assert.deepEqual(browser.complaints, []);
});

// The browser itself reports the failing requests below as errors, so what
// follows comes after the test for complaints.

test('says so when there is no token', async () => {
  await tokenField().fill('');
  await seesText(barStatus(), REFUSED);
  await tokenField().fill(`Bearer ${server.demo.token}\n`);
  await barStatus().getByText(REFUSED).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Execute query/ }).click();
  await seesText(responsePane(), '"totalCount": 3', 'end');
});

test('has a query of its own when the server offers none', async () => {
  const other = await (await browser.newContext()).newPage();
  await other.route('**/explorer/config.json', (route) => route.fulfill({ status: 404 }));
  await other.goto(server.demo.explorer);
  await seesText(queryPane(other), 'query Viewer');
  await seesText(barStatus(other), REFUSED);
});

test('shows a readable error when the network fails', async () => {
  await page.route('**/graphql', (route) => route.abort());
  await page.getByRole('button', { name: /^Execute query/ }).click();
  await seesText(responsePane(), 'No answer from the server');
});

/**
 * Waits until the element shows the text. Monaco renders only the lines in
 * view, so "end" moves the pane's editor to its last line first; and it wraps
 * and indents as it likes, so white space does not count.
 */
async function seesText(pane: ReturnType<typeof queryPane>, text: string, where?: 'end') {
  const deadline = Date.now() + 30_000;
  let seen = '';
  while (Date.now() < deadline) {
    if (where === 'end') {
      await pane.locator('.view-lines').click();
      await page.keyboard.press('Control+End');
    }
    seen = await pane.innerText({ timeout: 30_000 });
    if (withoutSpace(seen).includes(withoutSpace(text))) return;
    await page.waitForTimeout(100);
  }
  assert.fail(`"${text}" did not show up in:\n${seen}`);
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '');
}
