import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Link } from 'wouter';
import { useAuthWords } from '../account/auth-words.ts';
import { Button } from '../ui/Button.tsx';
import { proveByPasskey } from './passkey-proof.ts';
import { hasPasskeys } from './passkey.ts';
import { Mark } from './ProjectSwitch.tsx';
import styles from './ProjectsPage.module.css';
import { useSession } from './session.ts';
import { useTitle } from './use-title.ts';

/** In place of a project that is entered by passkey only, until the member has shown its passkey. */
export function PasskeyWall({ project }: { project: string }) {
  const { t } = useLingui();
  useTitle(t`Passkey needed`);
  const words = useAuthWords();
  const { state } = useSession();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const hasOwn = (state?.ownMethods?.passkeys.length ?? 0) > 0;

  async function confirm(): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      await proveByPasskey();
    } catch (error) {
      setProblem(words(error));
      setBusy(false);
    }
  }

  return (
    <main className={styles.page}>
      <Mark />
      <h1>
        <Trans>{project} is entered by passkey only</Trans>
      </h1>
      {problem && (
        <p className={styles.notice} role="alert">
          {problem}
        </p>
      )}
      {hasOwn && hasPasskeys ? (
        <>
          <p>
            <Trans>You have signed in in another way. Confirm with your passkey to go on.</Trans>
          </p>
          <p>
            <Button tone="primary" isBusy={isBusy} autoFocus onClick={() => void confirm()}>
              <Trans>Confirm with a passkey</Trans>
            </Button>
          </p>
        </>
      ) : (
        <p>
          <Trans>Add a passkey to your account, then come back.</Trans>
        </p>
      )}
      <p className={styles.foot}>
        <Link href="/account">
          <Trans>Account and devices</Trans>
        </Link>
        <Link href="/projects">
          <Trans>Your projects</Trans>
        </Link>
      </p>
    </main>
  );
}

export default PasskeyWall;
