// A visit of the dashboard: signing in to the demo, finding rows, and the checks that hold for every page.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContextOptions, CDPSession, Page } from 'playwright-core';
import { openBrowser, type Watched } from './browser.ts';
import { unaudited } from './changes.ts';
import { type Server, startServer } from './server.ts';

/** A user of the demo: Anna Muster. */
export const ANNA = '018b89e6-6660-7000-8000-000000000001';

/** A debug build shares its machine with all other tests, which makes each of its steps longer: it is held to twice the time. */
export const ROOM = process.env.SERVER_BIN ? 1 : 2;

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export type Role = 'owner' | 'admin' | 'reviewer' | 'support' | 'developer' | 'auditor' | 'vip';

/** What the sign-in of the demo calls the roles, in both languages. */
const NAMES: Record<Role, RegExp> = {
  owner: /^(Owner|Propriétaire)/,
  admin: /^(Admin|Administrateur)/,
  reviewer: /^(Reviewer|Vérificateur)/,
  support: /^(Support|Assistance)/,
  developer: /^(Developer|Développeur)/,
  auditor: /^(Auditor|Auditeur)/,
  vip: /^(Limited to vip|Limité à vip)/,
};

/** The demo and a browser, for all tests of a file. */
export interface Stage {
  server: Server;
  browser: Watched;
  /** A page in English that stores nothing for others. */
  newPage(options?: BrowserContextOptions): Promise<Page>;
  /** Asks the graph as the demo's credential. */
  ask<T>(query: string): Promise<T>;
  /** An address of the server under a name: an IP address has no passkeys, and is one site with a provider's. */
  named(path: string): string;
}

/** One page for all tests of a file, in their order: it is one visit. */
export interface Visit extends Stage {
  page: Page;
  /** The address of the project's pages. */
  project: string;
}

/** Starts the demo and a browser. They stop after the tests of the file. */
export async function startDemo(): Promise<Stage> {
  const server = await startServer();
  let browser: Watched | undefined;
  async function ask<T>(query: string): Promise<T> {
    const headers = { authorization: `Bearer ${server.demo.token}`, 'content-type': 'application/json' };
    const answer = await fetch(server.demo.graphql, { method: 'POST', headers, body: JSON.stringify({ query }) });
    return ((await answer.json()) as { data: T }).data;
  }
  after(async () => {
    await browser?.close();
    const find = () => unaudited(browser?.changes ?? [], ask).catch((error: unknown) => [String(error)]);
    let missing = await find();
    // The list of the audit ends before a change that another transaction is still writing.
    for (const deadline = Date.now() + 5000; missing.length > 0 && Date.now() < deadline; missing = await find()) await sleep(500);
    assert.equal(await server.stop(), 0, 'the exit code after SIGINT');
    assert.deepEqual(missing, [], 'changes that are not in the audit under the name of their member');
  });
  const watched = (browser = await openBrowser());
  return {
    server,
    browser: watched,
    newPage: async (options = {}) => (await watched.newContext({ locale: 'en-GB', ...options })).newPage(),
    ask,
    named: (path) => server.demo.url.replace('127.0.0.1', 'localhost') + path,
  };
}

/** Starts the demo and a browser, and signs in. */
export async function visitDemo(role: Role): Promise<Visit> {
  const stage = await startDemo();
  const page = await stage.browser.context.newPage();
  return { ...stage, page, project: await enter(stage.server, page, role) };
}

/** Signs in with one click and ends on the demo's project. Gives the address of the project's pages. */
export async function enter(server: Server, page: Page, role: Role): Promise<string> {
  await page.goto(`${server.demo.url}/dashboard/`);
  await page.getByRole('button', { name: NAMES[role] }).click();
  await page.waitForURL(/\/dashboard\/p\/[^/]+\/./);
  const [project] = /^.*\/dashboard\/p\/[^/]+/.exec(page.url()) ?? [];
  assert.ok(project, `no project in ${page.url()}`);
  return project;
}

/** Gives the browser a device that has a screen lock, which the person opens at once. */
export async function addDevice(page: Page): Promise<{ cdp: CDPSession; authenticatorId: string }> {
  // A device without a person at it would take the suggestion of the sign-in page before anything is pressed.
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
  });
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, authenticatorId };
}

/** What of the page is looked at. */
interface Look {
  /** A part of it: a selector. The whole page if left out. */
  within?: string;
  /** All rules if left out. */
  rules?: readonly string[];
}

/** What is wrong with the page for readers who cannot see or use it as others do. */
export async function accessibility(page: Page, look: Look = {}): Promise<string[]> {
  if (!(await page.evaluate(() => Reflect.has(window, 'axe')))) await page.evaluate(AXE);
  return page.evaluate(async ({ within, rules }) => {
    const axe = Reflect.get(window, 'axe') as {
      run(context: unknown, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
    };
    // The style sheets need not be fetched again. The start of an element's HTML says which element it is.
    const options = { resultTypes: ['violations'], preload: false, selectors: false, ...(rules && { runOnly: rules }) };
    const { violations } = await axe.run(within ?? document, options);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
  }, look);
}

/** Whether the page is wider than the screen. */
export function isCutOff(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}
