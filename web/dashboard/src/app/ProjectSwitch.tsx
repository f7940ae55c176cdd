import { Trans } from '@lingui/react/macro';
import { Link } from 'wouter';
import { menuStyles, Popover } from '../ui/Popover.tsx';
import styles from './ProjectSwitch.module.css';
import { useSeat } from './seat.tsx';
import { useSession } from './session.ts';

export function ProjectSwitch() {
  const seat = useSeat();
  const { state } = useSession();
  const memberships = state?.memberships ?? [];
  return (
    <Popover
      look="quiet"
      label={
        <>
          <Mark />
          <span className={styles.name}>{seat.membership.project.name}</span>
        </>
      }
    >
      {(close) => (
        <>
          <p className={menuStyles.note}>
            <Trans>Your projects</Trans>
          </p>
          {memberships.map(({ id, project, role }) => (
            <Link
              key={id}
              href={`/p/${project.id}/`}
              className={menuStyles.item}
              aria-current={project.id === seat.membership.project.id ? 'true' : undefined}
              onClick={close}
            >
              <span className={styles.name}>{project.name}</span>
              <span className={styles.kind}>
                {project.environment === 'SANDBOX' ? <Trans>Sandbox</Trans> : <Trans>Live</Trans>} · {role.name}
              </span>
            </Link>
          ))}
        </>
      )}
    </Popover>
  );
}

/** The product's sign. */
export function Mark() {
  return (
    <svg className={styles.mark} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" />
      <path d="M8 9l8 15 8-15" />
    </svg>
  );
}
