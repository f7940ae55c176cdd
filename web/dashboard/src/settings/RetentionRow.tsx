import { useLingui } from '@lingui/react/macro';
import { useId, useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { useWords } from '../app/words.ts';
import type { RetentionDataClass, RetentionRowMutation } from './__generated__/RetentionRowMutation.graphql.ts';
import { daysOf } from './days.ts';
import { DaysField } from './DaysField.tsx';
import { SetForm } from './SetForm.tsx';
import { retentionClass } from './words.ts';

interface Props {
  dataClass: string;
  days: number | null;
}

/** A class of data, and for how many days it is kept. */
export function RetentionRow({ dataClass, days }: Props) {
  const { t } = useLingui();
  const id = useId();
  const name = useWords()(retentionClass, dataClass).text;
  const action = useAction<RetentionRowMutation>(graphql`
    mutation RetentionRowMutation($input: SetRetentionPolicyInput!) {
      setRetentionPolicy(input: $input) {
        __typename
        ... on SetRetentionPolicySuccessPayload {
          retentionPolicies {
            dataClass
            days
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  const [typed, setTyped] = useState<string | null>(null);
  const [isSaved, setSaved] = useState(false);
  const text = typed ?? String(days ?? '');
  const wanted = daysOf(text);
  async function submit(): Promise<void> {
    if (wanted === undefined) return;
    setSaved(false);
    const input = { dataClass: dataClass as RetentionDataClass, days: wanted };
    setSaved((await action.run({ input })) !== null);
  }
  return (
    <tr>
      <td data-label={t`Data`}>{name}</td>
      <td data-label={t`Kept for, in days`}>
        <DaysField
          label={t`Days to keep: ${name}`}
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
