import { useLingui } from '@lingui/react';
import { Icon } from '../ui/icon.tsx';
import styles from './identification.module.css';
import { REASONS } from './reasons.ts';

/** Reasons in words, each with what to do about it. A reason that this build does not know is shown as it is. */
export function ReasonList({ reasons }: { reasons: readonly string[] }) {
  const { i18n } = useLingui();
  return (
    <ul className={styles.reasons}>
      {reasons.map((reason) => {
        const words = Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined;
        return (
          <li key={reason}>
            <Icon name="cross" />
            <span className={styles.what}>{words ? i18n._(words.what) : reason}</span>
            {words && <span className={styles.advice}>{i18n._(words.advice)}</span>}
          </li>
        );
      })}
    </ul>
  );
}
