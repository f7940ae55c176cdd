// Passkeys: what the server asks the browser for, and what the browser answers.

/** The person closed the browser's dialog, or no device had a passkey. */
export class PasskeyRefused extends Error {}

/** What the server asks for: an object with `publicKey`, in JSON. */
export interface PasskeyOptions {
  publicKey: unknown;
}

export const hasPasskeys =
  typeof PublicKeyCredential !== 'undefined' &&
  typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function';

async function answer(ask: () => Promise<Credential | null>): Promise<unknown> {
  let credential: Credential | null;
  try {
    credential = await ask();
  } catch (error) {
    // The browser does not tell the two apart.
    if (error instanceof DOMException) throw new PasskeyRefused(error.name);
    throw error;
  }
  if (!(credential instanceof PublicKeyCredential)) throw new PasskeyRefused('none');
  return credential.toJSON();
}

export function createPasskey({ publicKey }: PasskeyOptions): Promise<unknown> {
  const options = publicKey as PublicKeyCredentialCreationOptionsJSON;
  return answer(() =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
  );
}

export function askPasskey({ publicKey }: PasskeyOptions): Promise<unknown> {
  const options = publicKey as PublicKeyCredentialRequestOptionsJSON;
  return answer(() =>
    navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
  );
}

/** Whether the browser suggests passkeys in a field of a form. */
export async function canSuggestPasskeys(): Promise<boolean> {
  return hasPasskeys && (await PublicKeyCredential.isConditionalMediationAvailable?.()) === true;
}

/** Waits until the person chooses a suggested passkey. Null if `signal` came first. */
export async function suggestPasskey({ publicKey }: PasskeyOptions, signal: AbortSignal): Promise<unknown> {
  const options = publicKey as PublicKeyCredentialRequestOptionsJSON;
  try {
    return await answer(() =>
      navigator.credentials.get({
        publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
        mediation: 'conditional',
        signal,
      }),
    );
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}
