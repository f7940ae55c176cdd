import { Plural } from '@lingui/react/macro';
import { WordBadge, WordOf } from '../app/WordBadge.tsx';
import { Time } from '../ui/Time.tsx';
import styles from './identification.module.css';
import { identificationLevel, identificationStatus } from './words.ts';

interface Change {
  readonly level: string;
  readonly status: string;
  readonly reason: string | null | undefined;
  readonly createdAt: string;
}

/** What became of the levels of a run, the first change on top. */
export function LevelHistory({ changes }: { changes: readonly Change[] }) {
  if (changes.length === 0) return null;
  return (
    <details className={styles.technical}>
      <summary>
        <Plural value={changes.length} one="# change of a level" other="# changes of levels" />
      </summary>
      <ol>
        {changes.map(({ level, status, reason, createdAt }, index) => (
          <li key={index}>
            <Time at={createdAt} /> <WordOf words={identificationLevel} value={level} />{' '}
            <WordBadge words={identificationStatus} value={status} isPlain /> {reason}
          </li>
        ))}
      </ol>
    </details>
  );
}
