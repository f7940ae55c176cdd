// Pages that stay open while something changes: a permission, the server, the time.

import assert from 'node:assert/strict';
import { connect, createServer, type Server as TcpServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { ANNA, enter, ROOM, visitDemo } from '../dashboard.ts';
import { settled } from '../rest.ts';

const MINUTE_MS = 60_000;

const { ask, browser, newPage, project, server } = await visitDemo('owner');

test('a permission that is taken away while a page is open takes its fields from the screen', async () => {
  interface Found {
    memberships: { edges: { node: { id: string; label: string } }[] };
    roles: { id: string; name: string }[];
  }
  const { memberships, roles } = await ask<Found>('{ memberships { edges { node { id label } } } roles { id name } }');
  const member = memberships.edges.find(({ node }) => node.label === 'Adam Admin')?.node.id;
  const role = roles.find(({ name }) => name === 'Auditor')?.id;
  const other = await newPage();
  const own = await enter(server, other, 'admin');
  await other.goto(`${own}/users/${ANNA}`);
  await other.getByText('Live updates').waitFor();
  await other.getByRole('button', { name: 'Edit', exact: true }).click();
  await other.getByLabel('Place of birth').fill('Chur');
  const personal = await other.getByLabel('Given name', { exact: true }).inputValue();
  assert.notEqual(personal, '');

  const answers: string[] = [];
  await ask(`mutation { changeMembership(input: { membershipId: "${member}", roleId: "${role}" }) { __typename } }`);
  other.on('response', (response) => {
    if (response.url().endsWith('/graphql')) void response.text().then((text) => answers.push(text), () => undefined);
  });
  await other.getByRole('button', { name: 'Edit', exact: true }).waitFor({ state: 'detached', timeout: 2000 * ROOM });
  assert.equal(await other.getByText(personal).count(), 0);
  // What was typed can be copied; what the form was filled with is not part of it.
  await other.getByRole('dialog', { name: 'You may do less here than before' }).waitFor();
  assert.equal(await other.getByLabel('What you typed').inputValue(), 'Place of birth: Chur');
  await other.getByRole('dialog').getByText('Close', { exact: true }).click();
  await settled(other);
  assert.ok(answers.length > 0, 'the page was read again');
  assert.deepEqual(
    answers.filter((text) => /FORBIDDEN/.test(text) || text.includes(personal)),
    [],
    'nothing of it is asked for again',
  );
  await other.context().close();
});

/** A way to the server that can be cut. */
async function openWay(): Promise<{ url: string; cut(): Promise<void>; mend(): Promise<void>; close(): void }> {
  const target = new URL(server.demo.url);
  const open = new Set<Socket>();
  let listener: TcpServer | undefined;
  let port = 0;
  async function mend(): Promise<void> {
    listener = createServer((socket) => {
      const there = connect(Number(target.port), target.hostname);
      for (const end of [socket, there]) {
        open.add(end);
        end.on('error', () => undefined).on('close', () => open.delete(end));
      }
      socket.pipe(there).pipe(socket);
    });
    await new Promise<void>((done) => listener?.listen(port, '127.0.0.1', done));
    port = (listener.address() as AddressInfo).port;
  }
  async function cut(): Promise<void> {
    const closed = new Promise((done) => listener?.close(done));
    for (const socket of open) socket.destroy();
    await closed;
  }
  await mend();
  return { url: `http://127.0.0.1:${port}`, cut, mend, close: () => void cut() };
}

test('with the server away for a minute the page says so, loses no draft, and is right again', async () => {
  const way = await openWay();
  const context = await browser.newContext({ locale: 'en-GB' });
  const other = await context.newPage();
  const errors: string[] = [];
  other.on('pageerror', (error) => errors.push(error.message));
  other.on('console', (message) => {
    // The browser itself says that an address did not answer.
    if (message.type() === 'error' && !/net::ERR_/.test(message.text())) errors.push(message.text());
  });
  await enter({ ...server, demo: { ...server.demo, url: way.url } }, other, 'owner');
  await other.goto(`${way.url}${new URL(project).pathname}/users/${ANNA}`);
  await other.getByText('Live updates').waitFor();
  await other.getByRole('button', { name: 'Edit', exact: true }).click();
  await other.getByLabel('Place of birth').fill('Glarus');

  await way.cut();
  await other.getByRole('button', { name: 'Save' }).click();
  await other.getByText('The server has not answered since').waitFor({ timeout: 10_000 });
  await ask(`mutation { updateUser(input: { userId: "${ANNA}", firstName: "Annika" }) { __typename } }`);
  await other.waitForTimeout(MINUTE_MS);
  assert.equal(await other.getByLabel('Place of birth').inputValue(), 'Glarus');

  await way.mend();
  const since = Date.now();
  await other.getByText('The server has not answered since').waitFor({ state: 'detached', timeout: 30_000 });
  await other.getByText('Annika').first().waitFor({ state: 'attached', timeout: 30_000 - (Date.now() - since) });
  assert.equal(await other.getByLabel('Place of birth').inputValue(), 'Glarus');
  assert.deepEqual(errors, []);
  await context.close();
  way.close();
});

test('an image opens after ten minutes on the page, and the browser keeps nothing of it', async () => {
  const context = await browser.newContext({ locale: 'en-GB' });
  const other = await context.newPage();
  await other.clock.install();
  const own = await enter(server, other, 'owner');
  await other.goto(`${own}/users?order=-number`);
  await other.getByRole('link', { name: 'John Doe' }).first().click();
  await other.getByRole('link', { name: 'Documents' }).click();
  const open = other.getByRole('button', { name: /^Front side/ }).first();
  await open.waitFor();
  await other.clock.fastForward(10 * MINUTE_MS);
  const asked = other.waitForResponse(/\/images\//);
  await open.click();
  const image = other.getByRole('img', { name: 'Front side' });
  await image.waitFor();
  const response = await asked;
  assert.equal(response.headers()['cache-control'], 'no-store');
  await other.getByRole('button', { name: 'Turn to the right' }).click();
  await other.getByRole('button', { name: 'Larger' }).click();
  assert.deepEqual(await image.evaluate(({ style }) => [style.rotate, style.inlineSize]), ['90deg', '150%']);
  const again = await fetch(response.url(), { headers: { cookie: (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ') } });
  assert.equal(again.status, 403);
  const kept = await other.evaluate(async (url) => {
    const copy = await fetch(url, { cache: 'only-if-cached', mode: 'same-origin' }).then(
      ({ status }) => status,
      () => 'none',
    );
    return { caches: await caches.keys(), workers: (await navigator.serviceWorker.getRegistrations()).length, copy };
  }, response.url());
  assert.deepEqual({ ...kept, copy: kept.copy === 504 ? 'none' : kept.copy }, { caches: [], workers: 0, copy: 'none' });
  await context.close();
});
