import type { ReactNode } from 'react';
import styles from './Check.module.css';

interface Props {
  isOn: boolean;
  onChange(isOn: boolean): void;
  children: ReactNode;
}

/** Something to say yes to. */
export function Check({ isOn, onChange, children }: Props) {
  return (
    <label className={styles.check}>
      <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.target.checked)} />
      <span>{children}</span>
    </label>
  );
}
