// A table whose rows are all there: the parts of a page that have few rows.

import type { ReactNode } from 'react';
import styles from './Table.module.css';

interface Props {
  label: string;
  heads: readonly { text: ReactNode; align?: 'end' }[];
  /** On a narrow screen each row is a card. Its cells say what they are by `data-label`. */
  isStacked?: boolean;
  children: ReactNode;
}

export function Table({ label, heads, isStacked = false, children }: Props) {
  return (
    <div className={styles.frame} tabIndex={0} role="region" aria-label={label}>
      <table className={styles.table} data-stacked={isStacked || undefined}>
        <thead>
          <tr>
            {heads.map(({ text, align }, index) => (
              <th key={index} scope="col" data-align={align}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** Names and values, one line each. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={styles.facts}>{children}</dl>;
}

export function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  const isEmpty = children === null || children === undefined || children === '' || children === false;
  return (
    <div>
      <dt>{name}</dt>
      <dd data-empty={isEmpty || undefined}>{isEmpty ? '–' : children}</dd>
    </div>
  );
}
