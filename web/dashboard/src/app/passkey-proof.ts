// A proof of identity by passkey, of a member that is signed in.

import { auth } from './auth.ts';
import { askPasskey, PasskeyRefused } from './passkey.ts';
import { session } from './session.ts';

export async function proveByPasskey(): Promise<void> {
  // An attempt is good for one answer of a device.
  const { attempt, options } = await auth.beginStepUp();
  if (!options) throw new PasskeyRefused('none');
  session.take(await auth.finishStepUpByPasskey(attempt, await askPasskey(options)));
  session.tellTabs();
}
