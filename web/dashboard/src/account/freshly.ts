// Changes that ask for a fresh sign-in.

import { AuthError } from '../app/auth.ts';
import { proveAnew } from '../app/step-up.ts';

/** Does it, once the member has confirmed who it is, if that is needed. */
export async function freshly<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isStale = error instanceof AuthError && error.code === 'FRESH_SIGN_IN_NEEDED';
    if (!isStale || !(await proveAnew())) throw error;
    return work();
  }
}
