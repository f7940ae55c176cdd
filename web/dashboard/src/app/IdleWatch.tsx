// Ends the sight of the pages when nobody is at them, a little before the server ends the session.

import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { isActive } from './activity.ts';
import { session, useSession } from './session.ts';

const NOTICE_MS = 120_000;
const PING_MS = 60_000;

export function IdleWatch() {
  const { state } = useSession();
  const { i18n } = useLingui();
  const [left, setLeft] = useState(Number.POSITIVE_INFINITY);
  const idleAt = state?.session?.idleAt;
  const expiresAt = state?.session?.expiresAt;
  useEffect(() => {
    if (!idleAt || !expiresAt) return;
    const end = Math.min(Date.parse(idleAt), Date.parse(expiresAt));
    let last = Date.now();
    const timer = setInterval(() => {
      const now = Date.now();
      setLeft(end - now);
      if (now >= end) session.lock();
      else if (isActive(now) && now - last >= PING_MS) {
        last = now;
        void session.refresh(true);
      }
    }, 1000);
    return () => clearInterval(timer);
  }, [idleAt, expiresAt]);
  if (left > NOTICE_MS) return null;
  const seconds = Math.max(0, Math.round(left / 1000));
  return (
    <Dialog
      title={<Trans>Are you still there?</Trans>}
      onClose={() => void session.refresh(true)}
      actions={
        <Button tone="primary" autoFocus onClick={() => void session.refresh(true)}>
          <Trans>Stay signed in</Trans>
        </Button>
      }
    >
      <p>
        <Trans>You will be signed out in {i18n.number(seconds)} s. What is open stays for you.</Trans>
      </p>
    </Dialog>
  );
}
