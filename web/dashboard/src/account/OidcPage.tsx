// Where an identity provider sends the browser back to. The page finishes the sign-in by a request of its own: the
// session's cookie is not sent with a navigation that another site began.

import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { auth } from '../app/auth.ts';
import { Mark } from '../app/ProjectSwitch.tsx';
import { session } from '../app/session.ts';
import { useTitle } from '../app/use-title.ts';
import { Skeleton } from '../ui/Panel.tsx';
import styles from './account.module.css';
import { useAuthWords } from './auth-words.ts';

export function OidcPage() {
  const { t } = useLingui();
  const words = useAuthWords();
  const [callback] = useState(() => Object.fromEntries(new URLSearchParams(window.location.search)));
  const [problem, setProblem] = useState<string | null>(null);
  useTitle(t`Sign in`);
  useEffect(() => {
    // A code is accepted once, so it is of no use in the history.
    window.history.replaceState(null, '', window.location.pathname);
    const { state, code, iss, error } = callback;
    auth.finishOidc({ state, code, iss, error }).then(
      () => {
        session.tellTabs();
        // Does nothing but in a window that a page of this server has opened for it.
        window.close();
        window.location.replace('/dashboard/');
      },
      (failure: unknown) => setProblem(words(failure)),
    );
    // Once, when the page is opened.
  }, [callback]);
  return (
    <main className={styles.sign}>
      <Mark />
      {problem === null ? (
        <Skeleton rows={2} />
      ) : (
        <>
          <h1>
            <Trans>You are not signed in</Trans>
          </h1>
          <p className={styles.problem} role="alert">
            {problem}
          </p>
          <a href="/dashboard/">
            <Trans>To the sign-in</Trans>
          </a>
        </>
      )}
    </main>
  );
}

export default OidcPage;
