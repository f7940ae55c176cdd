import { Trans, useLingui } from '@lingui/react/macro';
import { useId, useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { useWords } from '../app/words.ts';
import { identificationLevel } from '../identification/words.ts';
import { Check } from '../ui/Check.tsx';
import type { IdentificationLevel, ValidityRowMutation } from './__generated__/ValidityRowMutation.graphql.ts';
import { daysOf } from './days.ts';
import { DaysField } from './DaysField.tsx';
import { SetForm } from './SetForm.tsx';
import styles from './settings.module.css';

interface Props {
  level: string;
  days: number | null;
  untilDocumentExpires: boolean;
}

/** A level, and for how long it is valid. */
export function ValidityRow({ level, days, untilDocumentExpires }: Props) {
  const { t } = useLingui();
  const id = useId();
  const name = useWords()(identificationLevel, level).text;
  const action = useAction<ValidityRowMutation>(graphql`
    mutation ValidityRowMutation($input: SetLevelValidityInput!) {
      setLevelValidity(input: $input) {
        __typename
        ... on SetLevelValiditySuccessPayload {
          levelValidities {
            level
            days
            untilDocumentExpires
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  const [typed, setTyped] = useState<string | null>(null);
  const [chosen, setChosen] = useState<boolean | null>(null);
  const [isSaved, setSaved] = useState(false);
  const text = typed ?? String(days ?? '');
  const withDocument = chosen ?? untilDocumentExpires;
  const wanted = daysOf(text);
  async function submit(): Promise<void> {
    if (wanted === undefined) return;
    setSaved(false);
    const input = { level: level as IdentificationLevel, days: wanted, untilDocumentExpires: withDocument };
    setSaved((await action.run({ input })) !== null);
  }
  return (
    <tr>
      <td data-label={t`Level`}>{name}</td>
      <td data-label={t`Valid for, in days`}>
        <DaysField
          label={t`Days of validity: ${name}`}
          form={id}
          days={days}
          text={text}
          error={action.at('days')}
          onChange={(next) => {
            setTyped(next);
            setSaved(false);
          }}
        />
      </td>
      <td data-label={t`Ends with the document`}>
        <div className={styles.choice}>
          <Check
            isOn={withDocument}
            onChange={(isOn) => {
              setChosen(isOn);
              setSaved(false);
            }}
          >
            <span className="visually-hidden">{t`Ends with the document: ${name}`}</span>
            <span aria-hidden="true">{withDocument ? <Trans>Yes</Trans> : <Trans>No</Trans>}</span>
          </Check>
        </div>
      </td>
      <td data-align="end">
        <SetForm
          id={id}
          name={name}
          isBusy={action.isBusy}
          isSaved={isSaved}
          error={action.over('days')}
          refusal={wanted === undefined ? t`a whole number of days is needed` : undefined}
          onSubmit={() => void submit()}
        />
      </td>
    </tr>
  );
}
