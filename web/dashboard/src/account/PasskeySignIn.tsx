import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { auth } from '../app/auth.ts';
import { askPasskey } from '../app/passkey.ts';
import { session } from '../app/session.ts';
import { Button } from '../ui/Button.tsx';
import styles from './account.module.css';
import { useAuthWords } from './auth-words.ts';

/** Signs in by a passkey: the device says which account it is of. */
export function PasskeySignIn() {
  const words = useAuthWords();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function enter(): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      const { attempt, options } = await auth.beginPasskeySignIn();
      session.take(await auth.finishPasskeySignIn(attempt, await askPasskey(options)));
    } catch (error) {
      setProblem(words(error));
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
