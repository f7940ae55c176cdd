// A table whose rows are all there: the parts of a page that have few rows.

import type { ReactNode } from 'react';
import styles from './Table.module.css';

interface Props {
  label: string;
  heads: readonly { text: ReactNode; align?: 'end' }[];
  children: ReactNode;
}

export function Table({ label, heads, children }: Props) {
  return (
    <div className={styles.frame} tabIndex={0} role="region" aria-label={label}>
      <table className={styles.table}>
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
