// What is amiss with the whole page: no server, or a server of another build.

import { Trans } from '@lingui/react/macro';
import { useEffect } from 'react';
import { Button } from '../ui/Button.tsx';
import { Time } from '../ui/Time.tsx';
import styles from './Bands.module.css';
import { live, useLive } from './relay/live.ts';
import { session, useSession } from './session.ts';

const AGAIN_MS = 5000;

export function Bands() {
  const { awaySince } = useSession();
  const { isOutdated } = useLive();
  useEffect(() => {
    if (awaySince === null) return;
    const timer = setInterval(() => {
      void session.refresh().then(() => {
        // What was missed is read when the server is there again.
        if (session.get().awaySince === null) live.reread();
      });
    }, AGAIN_MS);
    return () => clearInterval(timer);
  }, [awaySince]);
  return (
    <div className={styles.bands} role="status">
      {awaySince !== null && (
        <p className={styles.away}>
          <Trans>
            The server has not answered since <Time at={new Date(awaySince).toISOString()} style="second" />. What is
            shown may be older; nothing can be changed until it is back.
          </Trans>
        </p>
      )}
      {isOutdated && (
        <p className={styles.news}>
          <Trans>A new version of this page is there.</Trans>
          <Button onClick={() => window.location.reload()}>
            <Trans>Load it</Trans>
          </Button>
        </p>
      )}
    </div>
  );
}
