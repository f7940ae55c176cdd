// Personal data in answers, and search texts in addresses, storage and logs.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enter, startDemo } from './dashboard.ts';
import { ROUTES } from './routes.ts';
import { tour } from './tour.ts';

const { ask, newPage, server } = await startDemo();

/** Last names of the demo that are words of the graph as well. */
const WORDS = ['Expired', 'Canceled', 'Invalid', 'Pending', 'Started'];

interface Person {
  firstName: string | null;
  allFirstNames: string | null;
  lastName: string | null;
  birthLastName: string | null;
  fullName: string | null;
  birthDate: string | null;
  mobilePhoneNumber: string | null;
  verifiedEmails: string[] | null;
}

test('no answer that Support gets on any page has a name, a birth date, a whole address or number, or an image', async () => {
  const fields = 'firstName allFirstNames lastName birthLastName fullName birthDate mobilePhoneNumber verifiedEmails';
  const { users } = await ask<{ users: { edges: { node: Person }[] } }>(`{ users(first: 100) { edges { node { ${fields} } } } }`);
  const personal = new Set(users.edges.flatMap(({ node }) => Object.values(node).flat().filter((it) => it !== null && !WORDS.includes(it))));
  assert.ok(personal.has('Muster') && personal.has('user-1@example.com') && personal.size > 30, `${personal.size} values`);

  const page = await newPage({ reducedMotion: 'reduce' });
  const answers: Promise<string>[] = [];
  const images: string[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    // The browser forgets the answers of the page before.
    if (pathname === '/graphql') answers.push(response.text().catch(() => ''));
    if (pathname.startsWith('/images/')) images.push(pathname);
  });
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => answers.push(Promise.resolve(String(payload)))));
  const project = await enter(server, page, 'support');
  const { go } = tour(page, ['light']);
  for (const path of ROUTES) await go(new URL(project).pathname + path);

  const texts = await Promise.all(answers);
  assert.ok(texts.length > ROUTES.length && texts.some((text) => text.includes('"masked"')), `${texts.length} answers`);
  const leaked = texts.flatMap((text) => [...personal].filter((value) => text.includes(`"${value}"`)));
  assert.deepEqual([...new Set(leaked)], []);
  assert.deepEqual(images, []);
  await page.context().close();
});

test('John Doe is found by number, reference and name; the texts are in no address, title, storage or log', async () => {
  interface Found {
    users: { edges: { node: { number: number; refId: string | null; fullName: string | null } }[] };
  }
  const { users } = await ask<Found>('{ users(first: 100) { edges { node { number refId fullName } } } }');
  const john = users.edges.find(({ node }) => node.fullName === 'John Doe')?.node;
  assert.ok(john);
  const page = await newPage();
  const visited: string[] = [];
  page.on('framenavigated', (frame) => visited.push(frame.url()));
  page.on('request', (request) => visited.push(request.url()));
  const project = await enter(server, page, 'owner');
  const texts = [String(john.number), ...(john.refId ? [john.refId] : []), 'doe', 'DOÉ', 'john doe'];
  assert.equal(texts.length, 5);
  for (const text of texts) {
    await page.getByRole('searchbox', { name: 'Search' }).fill(text);
    await page.keyboard.press('Enter');
    // A reference that looks like an id opens the user.
    await page.locator('main').getByText('John Doe').first().waitFor();
    visited.push(page.url(), await page.title());
    const stored = () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, document.cookie]);
    visited.push(await page.evaluate(stored));
    await page.goto(`${project}/users`);
    await page.getByText('12 users').waitFor();
  }
  const searched = /doe|do(é|%c3%a9)/i;
  assert.deepEqual(visited.filter((text) => searched.test(text)), []);
  assert.deepEqual(server.output().split('\n').filter((line) => searched.test(line)), []);
  await page.context().close();
});

test('the dashboard is sent with its content security policy and referrer policy', async () => {
  const { headers } = await fetch(`${server.demo.url}/dashboard/`);
  const policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; base-uri 'none'; " +
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
  const expected = {
    'content-security-policy': policy,
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-cache',
  };
  const seen = Object.fromEntries(Object.keys(expected).map((name) => [name, headers.get(name)]));
  assert.deepEqual(seen, expected);
});

test('a page that a browser keeps when it is left is empty, and is read anew when it is shown again', async () => {
  const page = await newPage();
  await enter(server, page, 'owner');
  await page.getByRole('link', { name: 'Anna Muster' }).waitFor();
  // Playwright disables the back/forward cache, so the test dispatches its events.
  const left = await page.evaluate(() => {
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    return document.body.innerHTML;
  });
  assert.equal(left, '');
  const read = page.waitForEvent('load');
  await page.evaluate(() => void window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await read;
  await page.getByRole('link', { name: 'Anna Muster' }).waitFor();
  await page.context().close();
});
