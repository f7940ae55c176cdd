import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { Link } from 'wouter';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Message } from '../ui/Panel.tsx';
import { Mark } from './ProjectSwitch.tsx';
import styles from './ProjectsPage.module.css';
import { session, useSession } from './session.ts';
import { useTitle } from './use-title.ts';

export function ProjectsPage() {
  const { state, lostProject } = useSession();
  const { t } = useLingui();
  useTitle(t`Projects`);
  useEffect(() => () => session.loseProject(false), []);
  const memberships = state?.memberships ?? [];
  return (
    <main className={styles.page}>
      <Mark />
      <h1>
        <Trans>Your projects</Trans>
      </h1>
      {lostProject && (
        <p className={styles.notice} role="status">
          <Trans>There is no such project, or you have no seat in it any more.</Trans>
        </p>
      )}
      {memberships.length === 0 && (
        <Message title={<Trans>You have no seat in a project</Trans>}>
          <Trans>Ask an owner of a project to invite you.</Trans>
        </Message>
      )}
      <ul className={styles.list}>
        {memberships.map(({ id, project, role }) => (
          <li key={id}>
            <Link href={`/p/${project.id}/`}>
              <strong>{project.name}</strong>
              <span>
                {project.environment === 'SANDBOX' ? <Trans>Sandbox</Trans> : <Trans>Live</Trans>} · {role.name}
              </span>
              <Icon name="right" />
            </Link>
          </li>
        ))}
      </ul>
      <p className={styles.foot}>
        <Link href="/account">
          <Trans>Account and devices</Trans>
        </Link>
        <Button tone="quiet" onClick={() => void session.signOut()}>
          <Trans>Sign out</Trans>
        </Button>
      </p>
    </main>
  );
}
