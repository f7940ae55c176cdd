import { Plural, Trans } from '@lingui/react/macro';
import { Field } from '../ui/Field.tsx';
import styles from './settings.module.css';

interface Props {
  /** What screen readers say; the head of the column says it to others. */
  label: string;
  /** The form that Enter sends. */
  form: string;
  /** As stored. */
  days: number | null;
  text: string;
  error: string | undefined;
  onChange(text: string): void;
}

/** A number of days in a row of a table; on paper, the number that is stored. */
export function DaysField({ label, form, days, text, error, onChange }: Props) {
  return (
    <>
      <div className={styles.days}>
        <Field
          label={<span className="visually-hidden">{label}</span>}
          inputMode="numeric"
          autoComplete="off"
          form={form}
          value={text}
          error={error}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
      <span className={styles.printed}>
        {days === null ? <Trans>No limit</Trans> : <Plural value={days} one="# day" other="# days" />}
      </span>
    </>
  );
}
