// From a page to the explorer: the query that the page was made from, run there, gives what the page shows.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page, Request } from 'playwright-core';
import { openBrowser, type Watched } from './browser.ts';
import { enter } from './dashboard.ts';
import { settled } from './rest.ts';
import { ANNA } from './routes.ts';
import { startServer, type Server } from './server.ts';

interface Asked {
  query: string;
  variables: Record<string, unknown>;
}

let server: Server;
let browser: Watched;
let page: Page;
let project: string;

before(async () => {
  // Requests are in the log at this level.
  server = await startServer('--log-level', 'info');
  browser = await openBrowser();
  page = await browser.context.newPage();
  project = await enter(server, page, 'owner');
});

after(async () => {
  await browser?.close();
  if (server) assert.equal(await server.stop(), 0, 'the exit code after SIGINT');
});

const isGraph = (request: Request) => request.url() === server.demo.graphql;

/** Opens a page, and gives what it was answered, by the names of its queries. */
async function visit(path: string): Promise<Map<string, unknown>> {
  const answers = new Map<string, unknown>();
  const listen = async (request: Request) => {
    if (!isGraph(request)) return;
    const { operationName } = request.postDataJSON() as { operationName: string };
    // The browser forgets the answers of the page before.
    const answer = (await (await request.response())?.json().catch(() => null)) as { data: unknown } | null;
    if (answer) answers.set(operationName, answer.data);
  };
  page.on('requestfinished', listen);
  await page.goto(`${project}${path}`);
  await settled(page);
  page.off('requestfinished', listen);
  return answers;
}

/** Opens the explorer from the page and runs what it shows. Gives what it sent and what it was answered. */
async function runInExplorer(): Promise<{ asked: Asked; data: unknown; other: Page }> {
  const opened = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Open in the explorer' }).click();
  const other = await opened;
  const editor = other.getByRole('region', { name: 'Operation Editor' });
  await editor.locator('.view-line').filter({ hasText: 'query' }).first().waitFor();
  const sent = other.waitForRequest((request) => isGraph(request) && !/__schema/.test(request.postData() ?? ''));
  await other.getByRole('button', { name: /^Execute query/ }).click();
  const request = await sent;
  const { data } = (await (await request.response())?.json()) as { data: unknown };
  return { asked: request.postDataJSON() as Asked, data, other };
}

/** An answer without the time of the project, which goes on. */
const still = (data: unknown) => JSON.stringify(data).replaceAll(/"now":"[^"]*"/g, '');

/** The answer's pane has only the lines on the screen in the page, so what is looked for stands at the beginning. */
const PAGES: Record<string, { query: string; variables: RegExp; shown: string }> = {
  '/users?tag=vip&order=-number': { query: 'UsersPageQuery', variables: /"tags":\["vip"\]/, shown: 'Vera Beispiel' },
  '/proofing-requests?state=COMPLETE': { query: 'ProofingRequestsPageQuery', variables: /"COMPLETE"/, shown: 'COMPLETE' },
  [`/users/${ANNA}`]: { query: 'IdentityTabQuery', variables: new RegExp(ANNA), shown: 'Muster' },
  '/settings/roles': { query: 'RolesPageQuery', variables: /^\{\}$/, shown: 'builtIn' },
  // Pages of several parts have no query of their own: the first part's is handed over.
  '/review': { query: 'counts', variables: /filters/, shown: 'totalCount' },
  '/developers/sandbox': { query: 'CardQuery', variables: /^\{\}$/, shown: 'data' },
};

for (const [path, expected] of Object.entries(PAGES)) {
  test(`the query of ${path.replace(ANNA, '…')} gives in the explorer what the page shows`, async () => {
    const answers = await visit(path);
    const { asked, data, other } = await runInExplorer();
    const name = /^query (\w+)/.exec(asked.query)?.[1] ?? '';
    assert.ok(name.includes(expected.query), name);
    assert.match(JSON.stringify(asked.variables ?? {}), expected.variables);
    assert.equal(still(data), still(answers.get(name)));
    const shown = other.locator('.graphiql-response .view-line').filter({ hasText: expected.shown });
    await shown.first().waitFor();
    assert.equal(other.url(), server.demo.explorer, 'nothing of it stays in the address');
    await other.close();
  });
}

test('a page that is left at once hands over its own query, not the one before', async () => {
  await page.goto(`${project}/users`);
  await page.getByText('12 users').waitFor();
  await page.getByRole('link', { name: 'Audit', exact: true }).click();
  const { asked, other } = await runInExplorer();
  assert.match(asked.query, /^query AuditPageQuery/);
  await other.close();
});

test('neither the query nor what it was asked with is in the log', () => {
  const log = server.output();
  assert.match(log, /graphql/, 'requests are in the log');
  for (const text of ['Beispiel', 'Muster', 'UserFiltersInput', '"tags"', 'op=']) assert.ok(!log.includes(text), text);
});

test('nothing was amiss', async () => {
  const origin = new URL(server.demo.url).origin.replace(/^http/, '');
  assert.deepEqual(browser.requests.filter((url) => !/^(http|ws)/.test(url) || !url.includes(origin)), []);
  assert.deepEqual(browser.complaints, []);
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  assert.ok(!/Muster|Beispiel|vip/.test(kept), kept);
});
