import { Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useEffect, useState } from 'react';
import { Link } from 'wouter';
import { auth, type Device } from '../app/auth.ts';
import { session, useSession } from '../app/session.ts';
import { useTitle } from '../app/use-title.ts';
import { WordOf } from '../app/WordBadge.tsx';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Card, Skeleton } from '../ui/Panel.tsx';
import { Time } from '../ui/Time.tsx';
import styles from './account.module.css';
import { useAuthWords } from './auth-words.ts';
import { deviceName } from './device.ts';
import { SignInMethods } from './SignInMethods.tsx';
import { signInMethod } from './words.ts';

export function AccountPage() {
  const { state } = useSession();
  const { t } = useLingui();
  useTitle(t`Account and devices`);
  const member = state?.member;
  return (
    <main className={styles.account}>
      <Link href="/" className={styles.back}>
        <Icon name="left" />
        <Trans>Back</Trans>
      </Link>
      <h1>
        <Trans>Account and devices</Trans>
      </h1>
      {member && (
        <Card title={<Trans>You</Trans>}>
          <dl className={styles.facts}>
            <dt>
              <Trans>Name</Trans>
            </dt>
            <dd>{member.name}</dd>
            <dt>
              <Trans>E-mail address</Trans>
            </dt>
            <dd>{member.email}</dd>
            <dt>
              <Trans>Projects</Trans>
            </dt>
            <dd>
              {state.memberships.map(({ id, project, role }) => (
                <div key={id}>
                  {project.name}: {role.name}
                </div>
              ))}
            </dd>
          </dl>
        </Card>
      )}
      <SignInMethods />
      <Devices />
      <div>
        <Button onClick={() => void session.signOut()}>
          <Trans>Sign out</Trans>
        </Button>
      </div>
    </main>
  );
}

function Devices() {
  const words = useAuthWords();
  const [devices, setDevices] = useState<Device[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const run = useCallback(async (work: () => Promise<unknown>) => {
    setProblem(null);
    try {
      await work();
      setDevices((await auth.devices()).sessions);
    } catch (error) {
      setProblem(words(error));
    }
  }, []);
  useEffect(() => void run(async () => undefined), [run]);
  const others = devices?.filter(({ isCurrent }) => !isCurrent).length ?? 0;
  return (
    <Card
      title={<Trans>Devices that are signed in</Trans>}
      actions={
        others > 0 && (
          <Button onClick={() => void run(auth.endOtherDevices)}>
            <Trans>Sign out all others</Trans>
          </Button>
        )
      }
    >
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      {!devices && !problem && <Skeleton rows={2} />}
      <ul className={styles.devices}>
        {devices?.map((device) => (
          <li key={device.id}>
            <div className={styles.device}>
              <strong>
                {deviceName(device.userAgent) ?? <Trans>Unknown device</Trans>}
              </strong>
              <span>
                <WordOf words={signInMethod} value={device.method} />
                {device.source && <> · {device.source}</>} · <Trans>since</Trans> <Time at={device.createdAt} /> ·{' '}
                <Trans>last seen</Trans> <Time at={device.lastSeenAt} />
              </span>
            </div>
            {device.isCurrent ? (
              <Badge tone="info">
                <Trans>This device</Trans>
              </Badge>
            ) : (
              <Button onClick={() => void run(() => auth.endDevice(device.id))}>
                <Trans>End session</Trans>
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

export default AccountPage;
