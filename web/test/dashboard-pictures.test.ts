// Twelve pages in both themes, compared with the pictures of them. "npm run pictures" takes these anew.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, type Watched } from './browser.ts';
import { enter } from './dashboard.ts';
import { compareMachine, comparePicture } from './pictures.ts';
import { settled } from './rest.ts';
import { ANNA } from './routes.ts';
import { startServer, type Server } from './server.ts';

/** The same day whenever it is looked at. The rows of the demo have fixed ids and times. */
const NOW = '2026-03-02T09:30:00Z';
const PAGES: Record<string, string> = {
  users: '/users?order=-number',
  'users-filtered': '/users?tag=vip',
  identifications: '/identifications?order=createTime',
  'proofing-requests': '/proofing-requests?order=requestTime',
  verifications: '/verifications',
  user: `/users/${ANNA}`,
  'user-identifications': `/users/${ANNA}/identifications`,
  'user-levels': `/users/${ANNA}/levels`,
  'user-proofing': `/users/${ANNA}/proofing`,
  results: '/results',
  ladder: '/settings/levels',
  roles: '/settings/roles',
};

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

for (const colorScheme of ['light', 'dark'] as const) {
  test(`twelve pages are as in their pictures (${colorScheme})`, async () => {
    const context = await browser.newContext({
      locale: 'en-GB',
      timezoneId: 'Europe/Zurich',
      colorScheme,
      reducedMotion: 'reduce',
      viewport: { width: 1280, height: 800 },
      deviceScaleFactor: 0.5,
    });
    const page = await context.newPage();
    await page.clock.setFixedTime(NOW);
    const project = await enter(server, page, 'owner');
    const machine = await compareMachine(page);
    const found: string[] = [];
    for (const [name, path] of Object.entries(PAGES)) {
      await page.goto(`${project}${path}`);
      await settled(page);
      // The socket of a user's page opens after the page.
      if (path.includes(ANNA)) await page.getByText('Live updates').waitFor();
      await page.mouse.move(0, 0);
      const amiss = await comparePicture(page, `${name}-${colorScheme}`, machine);
      if (amiss) found.push(amiss);
    }
    assert.deepEqual(found, [], machine);
    await context.close();
  });
}
