// What each role may do on the pages: docs/dashboard.md says which role holds what.

import type { Page } from 'playwright-core';
import type { Role } from './dashboard.ts';

/** Buttons that change nothing: what a list shows, and how. */
const READING = new RegExp(
  `^(${[
    'Status|Tags|Level|Verification|Created|Updated|Go to|Columns|Views|Process|Reason|Print|Request time|Device|State|Document|Face match',
    'User number|Time|refId|Endpoint|Type of event|Event id|Object id|What|User id|Id of who did it|Copy|More|(Front|Back) side.*|Selfie.*',
  ].join('|')})$`,
);
const USER = 'a user';
const REVIEWING = [
  `${USER}: Grant level`,
  `${USER}: Start an identification`,
  `${USER}/identifications: Revoke`,
  `${USER}/proofing: Complete it`,
];
const WITHOUT_MEMBERS = [
  ...REVIEWING,
  ...['Edit', 'Deactivate', 'Place a hold', 'Erase'].map((name) => `${USER}: ${name}`),
  '/users: New user',
  '/webhooks: New endpoint',
  '/webhooks/log: Send what failed again',
  ...['New credential', 'New secrets', 'Revoke'].map((name) => `/developers: ${name}`),
  ...['+ 1 hour', '+ 1 day', '+ 30 days', 'Move there', 'Run', 'Edit a copy'].map((name) => `/developers/sandbox: ${name}`),
  ...['New level', 'Change'].map((name) => `/settings/levels: ${name}`),
  '/settings/validity: Save',
  '/settings/retention: Save',
];
const ADMIN = [...WITHOUT_MEMBERS, '/settings/members: Invite a member', '/settings/members: What can be done', '/settings/roles: New role'];
const LISTS = ['users', 'identifications', 'proofing-requests', 'verifications', 'sessions', 'results', 'webhooks/log', 'audit'];

export const ACTIONS: Record<Exclude<Role, 'vip'>, readonly string[]> = {
  owner: [
    ...ADMIN,
    ...LISTS.map((list) => `/${list}: Export`),
    '/settings/project: Change',
    '/settings/sign-in: Change',
    '/settings/sign-in: Allow passkeys only',
  ],
  admin: ADMIN,
  reviewer: REVIEWING,
  support: [],
  // In a Sandbox project, as those of the demo.
  developer: WITHOUT_MEMBERS,
  auditor: [],
};

/** The actions of the page that is open. */
export async function actionsOf(page: Page, path: string, user: string): Promise<string[]> {
  const buttons = () => page.getByRole('main').getByRole('button').allInnerTexts();
  const shown = await buttons();
  const more = page.getByRole('button', { name: 'More', exact: true });
  if (await more.count()) {
    await more.click();
    await page.getByRole('button', { name: 'Print', exact: true }).waitFor();
    shown.push(...(await buttons()));
    await page.keyboard.press('Escape');
  }
  const ofUser = ['Grant level', 'Edit', 'Start an identification', 'Deactivate', 'Place a hold', 'Erase'];
  const names = shown.map((text) => text.replace(/\s+/g, ' ').replace(/ \(.*| with .*/, '').trim());
  return [...new Set(names.filter((name) => name && !READING.test(name)))].map((name) => {
    const isOfUser = path.startsWith(`/users/${user}`) && ofUser.includes(name);
    return `${isOfUser ? USER : path.replace(`/users/${user}`, USER)}: ${name}`;
  });
}
