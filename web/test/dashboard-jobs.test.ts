// The jobs of clerks and of support, with the keyboard alone, and in as few clicks as they may take. `keyboard.ts` says what a
// click is. The others' are in `dashboard-jobs-compliance.test.ts` and
// `dashboard-jobs-owners.test.ts`.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ANNA, startDemo } from './dashboard.ts';
import { begin } from './jobs.ts';
import { settled } from './rest.ts';

/** A customer of the demo, whom a clerk may know by any of these. */
const CLAUS = '018b8a26-7ca0-7000-8000-000000000047';
const KNOWN_BY = ['17', 'client-17', 'user-17@example.com', '+41791234017', 'claus kunde'];

/** A customer whose passport was lit too badly, and has a wrong digit: 3 is read where the date of birth makes 2 due. */
const ERIKSSON = `
name: A passport that is refused, and a session that is open
steps:
  - user: { firstName: Anna Maria, lastName: Eriksson, birthDate: 1974-08-12, nationality: UTO }
  - identification: { process: Expert }
  - session: { steps: [ID_DOCUMENT] }
  - document:
      type: Passport
      fields: { firstName: Anna Maria, lastName: Eriksson, dateOfBirth: 1974-08-12, idNumber: L898902C3 }
      mrz:
        - P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<
        - L898902C36UTO7408123F3204153ZE184226B<<<<<10
  - report: { expert: Pending }
  - report: { expert: Invalid, reasons: [BadDocumentLighting] }
`;

const WRONG = 'The check digit of the date of birth is wrong.';

const stage = await startDemo();
const { ask } = stage;

await ask(`mutation { runScenario(input: { scenario: ${JSON.stringify(ERIKSSON)} }) { __typename } }`);
const { it } = await ask<{ it: { identification: { id: string } } }>(`mutation {
  it: startIdentification(input: { userId: "${CLAUS}", process: PVID }) {
    ... on StartIdentificationSuccessPayload { identification { id } } } }`);
for (const change of ['levels: { pvid: Pending }', 'levels: { pvid: Valid }, validUntil: "2028-03-03T12:00:00Z"']) {
  await ask(`mutation { updateIdentification(input: {
    identificationId: "${it.identification.id}", ${change} }) { __typename } }`);
}

test('1: a clerk finds a customer by whatever it is known by, and says which levels it has, and until when', async () => {
  const { page, keyboard, users, find, main, end } = await begin(stage, 'reviewer');
  for (const text of KNOWN_BY) {
    await find(text);
    await keyboard.openRow(users, 'Claus Kunde');
    await page.getByRole('heading', { level: 1, name: 'Claus Kunde' }).waitFor();
    const levels = main.getByRole('listitem');
    await levels.filter({ hasText: /^PVID\s*Valid\s*until 3 Mar 2028/ }).waitFor();
    await levels.filter({ hasText: /^Verification level\s*Level 0/ }).waitFor();
    assert.ok(keyboard.clicks() <= 1, text);
    await keyboard.press(main.getByRole('link', { name: 'Users' }));
    await page.getByText('13 users').waitFor();
    keyboard.clicks();
  }
  await end();
});

test('2: a clerk says why an identification was refused, and what to do next', async () => {
  const { page, keyboard, users, find, part, end } = await begin(stage, 'reviewer');
  await find('eriksson');
  await keyboard.openRow(users, 'Eriksson');
  await keyboard.press(part('Identifications'));
  const run = page.getByRole('article', { name: 'Expert' });
  await run.getByText('The document was lit too badly to be read.').waitFor();
  await run.getByText('Ask for a new recording in daylight.').waitFor();
  assert.ok(keyboard.clicks() <= 2);
  await end();
});

test('3: a clerk compares a document with its zone, digit by digit, and with the record', async () => {
  const { page, keyboard, users, find, part, end } = await begin(stage, 'reviewer');
  await find('eriksson');
  await keyboard.openRow(users, 'Eriksson');
  await keyboard.press(part('Documents'));
  const zone = page.getByRole('region', { name: 'Machine-readable zone' });
  const birth = zone.getByRole('row').filter({ hasText: 'birth' });
  await keyboard.to(birth);
  assert.equal(await zone.locator('mark').innerText(), '740812', 'the field is marked in its line');
  const cells = (await birth.getByRole('cell').allInnerTexts()).map((text) => text.trim());
  assert.deepEqual(cells.slice(1), ['740812', '3 / 2', '12 August 1974', '12 August 1974', WRONG]);
  assert.ok(keyboard.clicks() <= 3);
  await end();
});

test('4: a clerk grants a level with a reason', async () => {
  const { page, keyboard, users, find, part, button, end } = await begin(stage, 'reviewer');
  await find('eriksson');
  await keyboard.openRow(users, 'Eriksson');
  await keyboard.press(part('Levels'));
  await keyboard.press(button('Grant level'));
  await keyboard.select(page.getByRole('combobox', { name: 'Level' }), 'Level 1');
  await keyboard.type(page.getByRole('textbox', { name: 'Reason' }), 'Seen at the counter');
  await keyboard.send(button('Grant'));
  const grant = page.getByRole('listitem').filter({ hasText: 'Seen at the counter' });
  await grant.getByText('by Rosa Reviewer').waitFor();
  assert.ok(keyboard.clicks() <= 3);
  interface Granted {
    verifications: { edges: { node: { reason: string; currentLevel: { name: string } } }[] };
  }
  const { verifications } = await ask<Granted>('{ verifications(first: 1) { edges { node { reason currentLevel { name } } } } }');
  assert.deepEqual(verifications.edges[0]?.node, { reason: 'Seen at the counter', currentLevel: { name: 'Level 1' } });
  await end();
});

test('4: a clerk completes a proofing request', async () => {
  const { page, keyboard, users, find, part, button, closed, end } = await begin(stage, 'reviewer');
  await find('anna muster');
  await keyboard.openRow(users, 'Anna Muster');
  await keyboard.press(part('Proofing'));
  await keyboard.press(button('Complete it'));
  await keyboard.select(page.getByRole('combobox', { name: 'Document' }), /^Passed$/i);
  await keyboard.type(page.getByRole('spinbutton', { name: 'Similarity of the faces' }), '93');
  await page.keyboard.press('Enter');
  await closed();
  await page.getByRole('row').nth(1).getByText('93').waitFor();
  assert.ok(keyboard.clicks() <= 3);
  interface Requests {
    user: { proofingRequests: { edges: { node: object }[] } };
  }
  const { user } = await ask<Requests>(`{ user(id: "${ANNA}") { proofingRequests(first: 1) { edges { node {
    state documentAuthenticationResult faceMatchScore } } } } }`);
  assert.deepEqual(user.proofingRequests.edges[0]?.node, {
    state: 'COMPLETE',
    documentAuthenticationResult: 'PASSED',
    faceMatchScore: 93,
  });
  await end();
});

test('4: a clerk completes a session', async () => {
  const { page, keyboard, users, find, part, button, closed, dialog, end } = await begin(stage, 'reviewer');
  await find('eriksson');
  await keyboard.openRow(users, 'Eriksson');
  await keyboard.press(part('Sessions'));
  await keyboard.press(button('Complete it'));
  await keyboard.select(page.getByRole('combobox', { name: 'Status' }), /suspected/i);
  await keyboard.send(dialog.getByRole('button', { name: 'Complete it' }));
  await closed();
  await page.getByRole('cell').getByText(/suspected/i).waitFor();
  assert.ok(keyboard.clicks() <= 3);
  const { verificationSessions } = await ask<{ verificationSessions: { edges: { node: object }[] } }>(
    '{ verificationSessions(first: 1) { edges { node { status } } } }',
  );
  assert.deepEqual(verificationSessions.edges[0]?.node, { status: 'Suspected' });
  await end();
});

test('8: support confirms status and next step to a caller, and learns no more than the caller said', async () => {
  const { page, keyboard, users, find, main, end } = await begin(stage, 'support');
  await find('user-5@example.com');
  await keyboard.openRow(users, 'example-invalid');
  await main.getByRole('listitem').filter({ hasText: /^qes\s*Invalid/ }).waitFor();
  await main.getByText('The document had expired.').waitFor();
  await main.getByText('Ask for a document that is still valid.').waitFor();
  await settled(page);
  assert.ok(keyboard.clicks() <= 1);
  for (const personal of ['Max', 'user-5@', '+41791234005']) {
    assert.equal(await page.getByText(personal).count(), 0, personal);
  }
  await end();
});
