// The frame of every page of a project.

import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useEffect, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { Icon } from '../ui/icon.tsx';
import { ExplorerLink } from './ExplorerLink.tsx';
import { MemberMenu } from './MemberMenu.tsx';
import { PrintNote } from './PrintNote.tsx';
import { ProjectSwitch } from './ProjectSwitch.tsx';
import { pagesOf } from './routes.tsx';
import { useSeat } from './seat.tsx';
import styles from './Shell.module.css';

export function Shell({ children }: { children: ReactNode }) {
  const seat = useSeat();
  const { t } = useLingui();
  const { project } = seat.membership;
  const limits = seat.membership.tagLimits;
  const [isOpen, setOpen] = useState(false);
  const [path] = useLocation();
  useEffect(() => setOpen(false), [path]);
  return (
    <div className={styles.shell} data-sandbox={project.environment === 'SANDBOX' || undefined}>
      <a className={styles.skip} href="#main">
        <Trans>Skip to the content</Trans>
      </a>
      <header>
        <div className={styles.header}>
          <button
            type="button"
            className={styles.toggle}
            aria-expanded={isOpen}
            aria-controls="navigation"
            aria-label={t`Navigation`}
            onClick={() => setOpen(!isOpen)}
          >
            <Icon name="menu" />
          </button>
          <ProjectSwitch />
          {limits && (
            <span className={styles.limits}>
              <Icon name="tag" />
              <span>
                <Trans>Limited to: {limits.join(', ')}</Trans>
              </span>
            </span>
          )}
          <div className={styles.end}>
            <ExplorerLink />
            <MemberMenu />
          </div>
        </div>
        {project.environment === 'SANDBOX' && (
          <div className={styles.band}>
            <span>
              <Trans>Sandbox: nobody here is a real person</Trans>
            </span>
          </div>
        )}
      </header>
      <div className={styles.body}>
        <nav id="navigation" className={styles.nav} data-open={isOpen || undefined} aria-label={t`Navigation`}>
          <Navigation />
        </nav>
        <main id="main" className={styles.main} tabIndex={-1}>
          <PrintNote />
          {children}
        </main>
      </div>
    </div>
  );
}

function Navigation() {
  const seat = useSeat();
  const { i18n } = useLingui();
  const [path] = useLocation();
  const pages = pagesOf(seat);
  const isBelow = (own: string) => `${path}/`.startsWith(own === '/' ? seat.to('/') : `${seat.to(own)}/`);
  // The longest address that this one begins with: a page below another one may have its own entry.
  const here = pages
    .filter(({ nav, path: own }) => nav && isBelow(own))
    .map(({ path: own }) => own)
    .sort((a, b) => b.length - a.length)[0];
  let group: string | undefined;
  return pages.map(({ path: own, nav }) => {
    if (!nav) return null;
    const to = seat.to(own);
    const isHere = own === here;
    const isNewGroup = nav.group?.id !== group;
    group = nav.group?.id;
    return (
      <div key={own} className={styles.entry}>
        {isNewGroup && nav.group && <h2 className={styles.group}>{i18n._(nav.group)}</h2>}
        <Link href={to} className={styles.link} aria-current={isHere ? 'page' : undefined}>
          <Icon name={nav.icon} />
          {i18n._(nav.name)}
        </Link>
      </div>
    );
  });
}
