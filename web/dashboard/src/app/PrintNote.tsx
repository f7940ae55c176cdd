// What stands above a page on paper: what it is of, who printed it, and when.

import { Trans } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { Time } from '../ui/Time.tsx';
import styles from './PrintNote.module.css';
import { useSeat } from './seat.tsx';

export function PrintNote() {
  const { member, membership } = useSeat();
  const [at, setAt] = useState(() => new Date().toISOString());
  useEffect(() => {
    const set = () => setAt(new Date().toISOString());
    window.addEventListener('beforeprint', set);
    return () => window.removeEventListener('beforeprint', set);
  }, []);
  return (
    <div className={styles.note}>
      <p>
        <Trans>
          {membership.project.name}: printed by {member.name}, <Time at={at} />
        </Trans>
      </p>
      <p>{window.location.href}</p>
    </div>
  );
}
