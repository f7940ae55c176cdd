// A state as a sign and a word, never by its colour alone.

import type { ReactNode } from 'react';
import styles from './Badge.module.css';
import { Icon, type IconName } from './icon.tsx';

export type Tone = 'ok' | 'refused' | 'waiting' | 'info' | 'off' | 'none';

const SIGNS: Record<Tone, IconName | null> = {
  ok: 'check',
  refused: 'cross',
  waiting: 'clock',
  info: null,
  off: 'dash',
  none: 'none',
};

interface Props {
  tone: Tone;
  /** Without a ground: for lists, where many badges stand side by side. */
  isPlain?: boolean;
  title?: string | undefined;
  children: ReactNode;
}

export function Badge({ tone, isPlain = false, title, children }: Props) {
  const sign = SIGNS[tone];
  return (
    <span className={isPlain ? styles.plain : styles.badge} data-tone={tone} title={title}>
      {sign && <Icon name={sign} />}
      <span className={styles.word}>{children}</span>
    </span>
  );
}

/** A word of the client's own: a tag, a type. */
export function Chip({ children }: { children: ReactNode }) {
  return <span className={styles.chip}>{children}</span>;
}
