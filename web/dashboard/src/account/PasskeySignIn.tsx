import { Trans } from '@lingui/react/macro';
import { useCallback, useEffect, useRef, useState } from 'react';
import { auth, AuthError } from '../app/auth.ts';
import { askPasskey, canSuggestPasskeys, PasskeyRefused, suggestPasskey } from '../app/passkey.ts';
import { session } from '../app/session.ts';
import { Button } from '../ui/Button.tsx';
import styles from './account.module.css';
import { useAuthWords } from './auth-words.ts';

/** Before an attempt that waits for a choice expires, another takes its place. */
const RENEW_MS = 4 * 60_000;

/** Signs in by a passkey: the device says which account it is of. The field of the address suggests passkeys too. */
export function PasskeySignIn() {
  const words = useAuthWords();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const suggesting = useRef<AbortController | null>(null);

  const suggest = useCallback(async (): Promise<void> => {
    if (!(await canSuggestPasskeys())) return;
    const controller = new AbortController();
    suggesting.current?.abort();
    suggesting.current = controller;
    while (!controller.signal.aborted) {
      try {
        const { attempt, options } = await auth.beginPasskeySignIn();
        const limits = [controller.signal, AbortSignal.timeout(RENEW_MS)];
        const answer = await suggestPasskey(options, AbortSignal.any(limits));
        if (answer === null) continue;
        session.take(await auth.finishPasskeySignIn(attempt, answer));
        return;
      } catch (error) {
        if (controller.signal.aborted) return;
        // Without a suggestion, the button is still there.
        if (!(error instanceof PasskeyRefused) && !isQuiet(error)) setProblem(words(error));
        return;
      }
    }
  }, [words]);

  useEffect(() => {
    void suggest();
    return () => suggesting.current?.abort();
  }, []);

  async function enter(): Promise<void> {
    setBusy(true);
    setProblem(null);
    // A browser asks for one passkey at a time.
    suggesting.current?.abort();
    try {
      const { attempt, options } = await auth.beginPasskeySignIn();
      session.take(await auth.finishPasskeySignIn(attempt, await askPasskey(options)));
    } catch (error) {
      setProblem(words(error));
      void suggest();
    } finally {
      setBusy(false);
    }
  }
  return (
    <div className={styles.form}>
      <Button isBusy={isBusy} onClick={() => void enter()}>
        <Trans>Sign in with a passkey</Trans>
      </Button>
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

/** What came before anybody chose a passkey: it is said when the button is pressed. */
function isQuiet(error: unknown): boolean {
  return error instanceof AuthError && error.code !== 'BAD_SIGN_IN';
}
