// Whether everything fits, on every page: on narrow and wide screens, magnified, in a longer language, and on paper.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser, type Watched } from './browser.ts';
import { enter } from './dashboard.ts';
import { lengthen, makeLonger } from './longer.ts';
import { overflowing } from './overflow.ts';
import { amissOnPaper } from './paper.ts';
import { ROUTES } from './routes.ts';
import { startServer, type Server } from './server.ts';
import { tour } from './tour.ts';

const NARROW = { width: 320, height: 640 };
const WIDE = { width: 1280, height: 800 };

let server: Server;
let browser: Watched;

before(async () => {
  server = await startServer();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  if (server) assert.equal(await server.stop(), 0, 'the exit code after SIGINT');
});

/** What is amiss on the pages, each of them looked at as this says. */
async function everywhere(options: BrowserContextOptions, look: (page: Page) => Promise<string[]>, isLonger = false) {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  const longer = isLonger ? await makeLonger(context) : undefined;
  const page = await context.newPage();
  const found: string[] = [];
  const project = await enter(server, page, 'owner');
  const { go } = tour(page, ['light']);
  const base = new URL(project).pathname;
  for (const path of [...ROUTES.map((path) => base + path), '/dashboard/account']) {
    await go(path);
    found.push(...(await look(page)).map((text) => `${path.replace(base, '')}: ${text}`));
  }
  await context.clearCookies();
  await page.goto(`${server.demo.url}/dashboard/`);
  await page.getByRole('button').first().waitFor();
  // The sign-in form is not made for print.
  if (look !== amissOnPaper) found.push(...(await look(page)).map((text) => `sign-in: ${text}`));
  if (longer) assert.ok(longer() > 500, `${longer()} messages were longer`);
  await context.close();
  return found;
}

test('every page fits 320 px', async () => {
  assert.deepEqual(await everywhere({ viewport: NARROW }, overflowing), []);
});

test('every page fits at 200 % of the size', async () => {
  const viewport = { width: WIDE.width / 2, height: WIDE.height / 2 };
  assert.deepEqual(await everywhere({ viewport, deviceScaleFactor: 2 }, overflowing), []);
});

test('a language that is 40 % longer fits 320 px and 1,280 px', async () => {
  assert.equal(lengthen('Add <0>users</0>, 3 days'), 'AddAd <0>usersus</0>, 3 daysda');
  for (const viewport of [NARROW, WIDE]) {
    assert.deepEqual(await everywhere({ viewport }, overflowing, true), [], `${viewport.width} px`);
  }
});

test('on paper no page has controls, nothing is cut off, and heads are repeated', async () => {
  assert.deepEqual(await everywhere({ viewport: { width: 718, height: 1000 } }, amissOnPaper), []);
});
