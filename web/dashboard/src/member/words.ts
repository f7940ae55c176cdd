import { msg } from '@lingui/core/macro';
import type { Words } from '../app/words.ts';

export const membershipStatus: Words = {
  ACTIVE: { text: msg`Active`, tone: 'ok' },
  SUSPENDED: { text: msg`Suspended`, tone: 'waiting' },
  ENDED: { text: msg`Ended`, tone: 'off' },
};

export const builtInRole: Words = {
  OWNER: { text: msg`Owner` },
  ADMIN: { text: msg`Admin` },
  REVIEWER: { text: msg`Reviewer` },
  SUPPORT: { text: msg`Support` },
  DEVELOPER: { text: msg`Developer` },
  AUDITOR: { text: msg`Auditor` },
};

/** What each permission opens. One that this build does not know is described by the server. */
export const permissionWords: Words = {
  'USERS:VIEW': { text: msg`Read users: ids, number, status, tags and times` },
  'USERS:PERSONAL': { text: msg`Read users' personal data: names, birth, nationality, telephone, e-mail` },
  'USERS:EDIT': { text: msg`Create, change and deactivate users` },
  'USERS:ERASE': { text: msg`Erase users, place legal holds on them, and set how long records are kept` },
  'USERS:MASKED': { text: msg`Read users' personal data with most letters and digits masked` },
  'IDENTIFICATIONS:VIEW': { text: msg`Read identifications and their levels` },
  'IDENTIFICATIONS:EDIT': {
    text: msg`Start identifications, report the state of their levels, and complete them`,
  },
  'IDENTIFICATIONS:MANAGE': { text: msg`Set how long levels are valid, and invalidate levels in bulk` },
  'VERIFICATIONS:VIEW': { text: msg`Read who was granted which verification level, when, why and by whom` },
  'VERIFICATIONS:GRANT': { text: msg`Grant verification levels to users` },
  'VERIFICATIONS:MANAGE': {
    text: msg`Add verification levels to the project, and set which levels are granted automatically`,
  },
  'IDPROOFING:VIEW': { text: msg`Read proofing requests` },
  'IDPROOFING:ADD': { text: msg`Start proofing requests` },
  'IDPROOFING:EDIT': { text: msg`Upload images to proofing requests and complete them` },
  'RESULTS:VIEW': { text: msg`Read verification results and the data that they release` },
  'RESULTS:ADD': { text: msg`Start verifications for relying parties` },
  'RESULTS:EDIT': { text: msg`Record the outcome of verifications` },
  'WEBHOOKS:VIEW': { text: msg`Read webhook endpoints and their deliveries` },
  'WEBHOOKS:MANAGE': { text: msg`Add, change, remove and probe webhook endpoints, and send deliveries again` },
  'SESSIONS:VIEW': { text: msg`Read verification sessions: user, state and required captures` },
  'SESSIONS:ADD': { text: msg`Start verification sessions, and create their users if necessary` },
  'SESSIONS:EDIT': {
    text: msg`Submit documents and their images to verification sessions, and complete the sessions`,
  },
  'DOCUMENTS:VIEW': {
    text: msg`Read documents: extracted data, images, and the addresses at which users were seen`,
  },
  'CREDENTIALS:MANAGE': {
    text: msg`Read, create and revoke credentials that hold no more permissions than one's own`,
  },
  'SANDBOX:MANAGE': { text: msg`In Sandbox projects: force outcomes, move the clock and run scenarios` },
  'AUDIT:VIEW': { text: msg`Read the audit of the project: who changed what, and when` },
  'MEMBERS:VIEW': { text: msg`Read the project's members, roles and invitations` },
  'MEMBERS:MANAGE': { text: msg`Invite members, change their roles, and end their access` },
  'PROJECT:MANAGE': { text: msg`Change the settings of the project` },
  'DATA:EXPORT': { text: msg`Export lists and whole users` },
};
