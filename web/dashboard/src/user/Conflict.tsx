import { Trans, useLingui } from '@lingui/react/macro';
import { useWords } from '../app/words.ts';
import { Table } from '../ui/Table.tsx';
import type { Difference } from './conflict.ts';
import { fieldName } from './field-names.ts';
import type { FormValues } from './form.ts';
import styles from './UserPage.module.css';

interface Props {
  differences: readonly Difference[];
  values: FormValues;
  onChange(values: FormValues): void;
}

/** Theirs and yours, field by field: one of the two is taken. */
export function Conflict({ differences, values, onChange }: Props) {
  const { t } = useLingui();
  const words = useWords();
  return (
    <>
      <p role="alert">
        <Trans>Somebody else has changed this user in the meantime. Choose what is to be kept.</Trans>
      </p>
      <Table label={t`Theirs and yours`} heads={[{ text: t`Field` }, { text: t`Theirs` }, { text: t`Yours` }]}>
        {differences.map(({ field, theirs, yours }) => {
          const name = words(fieldName, field).text;
          const choice = (value: string, label: string) => (
            <td>
              <label className={styles.choice}>
                <input
                  type="radio"
                  name={field}
                  aria-label={`${name}: ${label}`}
                  checked={values[field] === value}
                  onChange={() => onChange({ ...values, [field]: value })}
                />
                <span>{value === '' ? '–' : value}</span>
              </label>
            </td>
          );
          return (
            <tr key={field}>
              <th scope="row">{name}</th>
              {choice(theirs, t`Theirs`)}
              {choice(yours, t`Yours`)}
            </tr>
          );
        })}
      </Table>
    </>
  );
}
