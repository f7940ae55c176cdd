// The frame of a page with a list: its head, its filters, what was counted, and the list.

import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import styles from './List.module.css';

interface Props {
  title: ReactNode;
  /** Before the filters: a search box. */
  search?: ReactNode;
  filters?: ReactNode;
  /** At the end of the line of the title. */
  actions?: ReactNode;
  /** How many there are, and other facts of the whole list. */
  summary?: ReactNode;
  /** Order and the like, at the end of the line of the summary. */
  tools?: ReactNode;
  /** Over the rows: the whole list in one picture. */
  chart?: ReactNode;
  /** Filters of the address that were dropped because they do not parse. */
  dropped?: readonly string[];
  onKeepDropped?(): void;
  children: ReactNode;
}

export function List({ title, search, filters, actions, summary, tools, chart, dropped = [], onKeepDropped, children }: Props) {
  const { i18n } = useLingui();
  const names = new Intl.ListFormat(i18n.locale).format(dropped);
  return (
    <div className={styles.list}>
      <header className={styles.head}>
        <h1>{title}</h1>
        {search}
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {dropped.length > 0 && (
        <p className={styles.notice} role="status">
          <Trans>The address had filters that this list does not know, and they are left out: {names}.</Trans>
          {onKeepDropped && (
            <Button tone="quiet" onClick={onKeepDropped}>
              <Trans>Understood</Trans>
            </Button>
          )}
        </p>
      )}
      {filters && <div className={styles.filters}>{filters}</div>}
      {(summary || tools) && (
        <div className={styles.summary}>
          <div className={styles.facts}>{summary}</div>
          <div className={styles.tools}>{tools}</div>
        </div>
      )}
      {chart}
      {children}
    </div>
  );
}
