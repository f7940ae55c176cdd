import { useLingui } from '@lingui/react/macro';
import { useWords } from '../app/words.ts';
import { Field, SelectField } from '../ui/Field.tsx';
import type { FormField, FormValues } from './form.ts';
import styles from './UserPage.module.css';
import { notificationChannel } from './words.ts';

interface Props {
  values: FormValues;
  at(field: string): string | undefined;
  onChange(values: FormValues): void;
}

/** The fields of a user that people may write. */
export function UserForm({ values, at, onChange }: Props) {
  const { t } = useLingui();
  const words = useWords();
  const field = (name: FormField) => ({
    name,
    value: values[name],
    error: at(name),
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => onChange({ ...values, [name]: event.target.value }),
  });
  const country = { maxLength: 3, spellCheck: false, hint: t`Three letters, as in CHE` };
  return (
    <div className={styles.fields}>
      <Field label={t`Given name`} {...field('firstName')} autoFocus />
      <Field label={t`All given names`} {...field('allFirstNames')} />
      <Field label={t`Family name`} {...field('lastName')} />
      <Field label={t`Family name at birth`} {...field('birthLastName')} />
      <Field label={t`Preferred family name`} {...field('preferredLastName')} />
      <Field label={t`Date of birth`} type="date" {...field('birthDate')} />
      <Field label={t`Place of birth`} {...field('birthCity')} />
      <Field label={t`Country of birth`} {...country} {...field('birthCountry')} />
      <Field label={t`Nationality`} {...country} {...field('nationalityCCA3')} />
      <Field
        label={t`Mobile telephone`}
        type="tel"
        hint={t`With + and the country's code`}
        {...field('mobilePhoneNumber')}
      />
      <Field
        label={t`Verified e-mail addresses`}
        hint={t`Separated by commas`}
        spellCheck={false}
        {...field('verifiedEmails')}
      />
      <SelectField label={t`Prefers notifications by`} {...field('preferredNotificationChannel')}>
        <option value="">–</option>
        {Object.keys(notificationChannel).map((value) => (
          <option key={value} value={value}>
            {words(notificationChannel, value).text}
          </option>
        ))}
      </SelectField>
      <Field label="refId" hint={t`Your own id of the user`} spellCheck={false} {...field('refId')} />
      <Field label={t`Tags`} hint={t`Separated by commas`} spellCheck={false} {...field('tags')} />
    </div>
  );
}
