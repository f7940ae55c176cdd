import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Words } from '../app/words.ts';

export const builtInRole: Words<'OWNER' | 'ADMIN' | 'REVIEWER' | 'SUPPORT' | 'DEVELOPER' | 'AUDITOR'> = {
  OWNER: { text: msg`Owner` },
  ADMIN: { text: msg`Admin` },
  REVIEWER: { text: msg`Reviewer` },
  SUPPORT: { text: msg`Support` },
  DEVELOPER: { text: msg`Developer` },
  AUDITOR: { text: msg`Auditor` },
};

export const signInMethod: Words<'PASSWORD' | 'PASSKEY' | 'OIDC' | 'DEMO' | 'LINK'> = {
  PASSWORD: { text: msg`Password and code` },
  PASSKEY: { text: msg`Passkey` },
  OIDC: { text: msg`Company sign-in` },
  DEMO: { text: msg`Demo` },
  LINK: { text: msg`Invitation` },
};

interface DemoRole {
  name: MessageDescriptor;
  does: MessageDescriptor;
}

const DEMO_ROLES: Record<string, DemoRole> = {
  owner: { name: msg`Owner`, does: msg`sees and does everything` },
  admin: { name: msg`Admin`, does: msg`everything but the project itself and its export` },
  reviewer: { name: msg`Reviewer`, does: msg`decides on people, documents and levels` },
  support: { name: msg`Support`, does: msg`reads only, with names and addresses masked` },
  developer: { name: msg`Developer`, does: msg`webhooks, credentials and the sandbox` },
  auditor: { name: msg`Auditor`, does: msg`reads the record of changes, nothing personal` },
  vip: { name: msg`Limited to vip`, does: msg`sees only the users that carry the tag` },
};

/** A role of the demo; one that this build does not know has its name alone. */
export function demoRole(role: string): DemoRole {
  const plain = { id: role, message: role };
  return DEMO_ROLES[role] ?? { name: plain, does: { id: ' ', message: ' ' } };
}
