// The frame of a page that is no list: its head, its tabs, and what it has below each other.

import type { ReactNode } from 'react';
import styles from './Page.module.css';

interface Props {
  title: ReactNode;
  actions?: ReactNode;
  /** Links to the other parts of the same page. */
  tabs?: ReactNode;
  children: ReactNode;
}

export function Page({ title, actions, tabs, children }: Props) {
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{title}</h1>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {tabs}
      <div className={styles.content}>{children}</div>
    </div>
  );
}

/** Buttons or fields side by side, in as many lines as they need. */
export function Row({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}

/** Text within a card. */
export function Note({ children }: { children: ReactNode }) {
  return <div className={styles.note}>{children}</div>;
}
