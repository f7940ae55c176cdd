// The jobs of compliance, with the keyboard alone, and in as few clicks as they may take. `keyboard.ts` says what a click is.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { accessibility, ANNA, startDemo } from './dashboard.ts';
import { begin } from './jobs.ts';
import { settled } from './rest.ts';

const stage = await startDemo();
const { ask, server } = stage;

/** Which filter has it, and what it is called there. */
const OUTCOMES = [
  ['DENY', 'Device', 'Denied'],
  ['REVIEW', 'Device', 'To review'],
  ['FAILED', 'Document', 'Failed'],
  ['ATTENTION', 'Document', 'Needs attention'],
] as const;

for (const [value, filter, name] of OUTCOMES) {
  test(`5: compliance lists the requests of a period with ${value}, with totals, and prints them`, async () => {
    const { page, keyboard, to, button, end } = await begin(stage, 'admin');
    await keyboard.press(to('Proofing requests'));
    await keyboard.filter(/^Request time/, async () => {
      for (const end of ['From', 'To']) {
        await keyboard.to(page.getByLabel(end, { exact: true }));
        // Day and month alike, and noon: the browser has its own order of them.
        await page.keyboard.type(end === 'From' ? '01012024' : '02022024');
        await page.keyboard.press('Tab');
        await page.keyboard.type('1200P');
      }
    });
    await keyboard.filter(new RegExp(`^${filter}`), async () => {
      await keyboard.tick(page.getByRole('checkbox', { name }));
    });
    const field = filter === 'Device' ? 'deviceCheckResult' : 'documentAuthenticationResult';
    assert.match(new URL(page.url()).search, new RegExp(`${filter.toLowerCase()}=${value}`));
    const time = 'requestTime: { greaterThanOrEqual: "2024-01-01T12:00:00Z", lessThanOrEqual: "2024-02-02T12:00:00Z" }';
    const asked = `{ proofingRequests(filters: { ${field}: ${value}, ${time} }) { totalCount } }`;
    const { totalCount } = (await ask<{ proofingRequests: { totalCount: number } }>(asked)).proofingRequests;
    await settled(page);
    await page.getByText(totalCount === 1 ? '1 request' : `${totalCount} requests`, { exact: true }).waitFor();
    const rows = page.getByRole('grid', { name: 'Proofing requests' }).getByRole('row');
    assert.equal(await rows.count(), totalCount + 1, 'a head and the requests');
    await keyboard.press(button('Print'));
    assert.equal(await page.evaluate(() => Reflect.get(window, 'printed')), true);
    assert.ok(keyboard.clicks() <= 2);
    await end();
  });
}

test('6: compliance holds a user', async () => {
  const { page, keyboard, users, find, button, dialog, closed, end } = await begin(stage, 'admin');
  await find('example-started');
  await keyboard.openRow(users, 'example-started');
  await keyboard.choose(button('More'), 'Place a hold');
  await keyboard.type(page.getByRole('textbox', { name: 'Reason' }), 'Asked for by a court');
  await keyboard.send(dialog.getByRole('button', { name: 'Place a hold' }));
  await closed();
  await page.getByText('On hold: Asked for by a court').waitFor();
  assert.ok(keyboard.clicks() <= 3);
  const query = '{ user(id: "018b89e8-3b20-7000-8000-000000000003") { legalHoldReason } }';
  assert.deepEqual(await ask(query), { user: { legalHoldReason: 'Asked for by a court' } });
  await end();
});

test('6: compliance erases a user, and has the receipt as a file that proves it', async () => {
  const { page, keyboard, users, find, button, dialog, end } = await begin(stage, 'admin');
  await find('example-canceled');
  await keyboard.openRow(users, 'example-canceled');
  await keyboard.choose(button('More'), 'Erase');
  await keyboard.type(page.getByRole('textbox', { name: 'Type the number of the user' }), '6');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'User 6 was erased' }).waitFor();
  assert.deepEqual(await accessibility(page, { within: 'dialog[open]' }), []);
  const saved = page.waitForEvent('download');
  await keyboard.send(button('Save as a file'));
  const file = await (await saved).path();
  assert.ok((await dialog.innerText()).includes((await readFile(file, 'utf8')).trim().slice(0, 40)));
  assert.match(await server.command('verify-receipt', file), /^valid: user 018b89ea-fa40-7000-8000-000000000006 /);
  assert.ok(keyboard.clicks() <= 3);
  assert.deepEqual(await ask('{ user(id: "018b89ea-fa40-7000-8000-000000000006") { status } }'), { user: { status: 'Erased' } });
  await end();
});

test('6: compliance sets retention', async () => {
  const { page, keyboard, to, part, end } = await begin(stage, 'admin');
  await keyboard.press(to('Settings'));
  await keyboard.press(part('Retention'));
  await keyboard.type(page.getByRole('textbox', { name: 'Days to keep: Images of documents' }), '3650');
  await page.keyboard.press('Enter');
  await page.getByRole('row').filter({ hasText: 'Images of documents' }).getByText('Saved').waitFor();
  assert.ok(keyboard.clicks() <= 2);
  const { retentionPolicies } = await ask<{ retentionPolicies: object[] }>('{ retentionPolicies { dataClass days } }');
  assert.deepEqual(
    retentionPolicies.filter((policy) => Reflect.get(policy, 'days') !== null),
    [{ dataClass: 'DocumentImages', days: 3650 }],
  );
  await end();
});

test('6: compliance sets validity, and sees what lapses next', async () => {
  const { page, keyboard, to, part, end } = await begin(stage, 'admin');
  await keyboard.press(to('Settings'));
  await keyboard.press(part('Validity'));
  await keyboard.type(page.getByRole('textbox', { name: 'Days of validity: qes' }), '20');
  await keyboard.tick(page.getByRole('checkbox', { name: 'Ends with the document: qes' }));
  await keyboard.send(page.getByRole('button', { name: 'Save: qes' }));
  await page.getByRole('row').filter({ hasText: 'qes' }).getByText('Saved').waitFor();
  assert.ok(keyboard.clicks() <= 2);
  const query = '{ levelValidities { level days untilDocumentExpires } }';
  const { levelValidities } = await ask<{ levelValidities: object[] }>(query);
  const qes = levelValidities.find((validity) => Reflect.get(validity, 'level') === 'qes');
  assert.deepEqual(qes, { level: 'qes', days: 20, untilDocumentExpires: true });

  const { it } = await ask<{ it: { identification: { id: string } } }>(`mutation {
    it: startIdentification(input: { userId: "${ANNA}", process: QES }) {
      ... on StartIdentificationSuccessPayload { identification { id } } } }`);
  for (const status of ['Pending', 'Valid']) {
    await ask(`mutation { updateIdentification(input: {
      identificationId: "${it.identification.id}", levels: { qes: ${status} } }) { __typename } }`);
  }
  await keyboard.press(to('Overview'));
  const lapses = page.getByRole('region', { name: 'Levels that lapse within 30 days' });
  await lapses.getByRole('row').filter({ hasText: /qes.*Anna Muster.*in 20 days/s }).waitFor();
  assert.ok(keyboard.clicks() <= 2);
  await end();
});

test('7: compliance says who saw or changed a person, when, and by which request', async () => {
  const clerk = await begin(stage, 'reviewer');
  await clerk.find('client-222');
  await clerk.keyboard.openRow(clerk.users, 'client-222');
  await clerk.page.getByRole('heading', { level: 1, name: 'Clara Klient' }).waitFor();
  await settled(clerk.page);
  await clerk.end();
  const { page, keyboard, users, find, part, to, end } = await begin(stage, 'admin');
  await find('client-222');
  await keyboard.openRow(users, 'client-222');
  await keyboard.press(part('Audit'));
  const seen = page.getByRole('row').filter({ hasText: /User viewed.*Rosa Reviewer/s });
  await seen.waitFor();
  assert.ok(keyboard.clicks() <= 2);
  const viewed = `{ auditEvents(first: 10, filters: { actions: ["User.Viewed"],
    userId: "018b8a25-9240-7000-8000-000000000046" }) { edges { node { requestId createdAt actor { label } } } } }`;
  interface Viewed {
    auditEvents: { edges: { node: { requestId: string; createdAt: string; actor: { label: string } } }[] };
  }
  const { auditEvents } = await ask<Viewed>(viewed);
  const { node } = auditEvents.edges.find(({ node: { actor } }) => actor.label === 'Rosa Reviewer') ?? {};
  assert.ok(node);
  assert.ok((await seen.innerText()).includes(node.requestId), 'the request');
  assert.equal(await seen.locator('time').getAttribute('datetime'), node.createdAt, 'the time');

  // The same from the list of all entries.
  await keyboard.press(to('Audit'));
  await keyboard.filter(/^User id/, async () => {
    await page.keyboard.type('018b8a25-9240-7000-8000-000000000046');
    await page.keyboard.press('Enter');
  });
  await page.getByRole('grid').getByRole('row').filter({ hasText: node.requestId }).waitFor();
  assert.ok(keyboard.clicks() <= 2);
  await end();
});
