import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { WordOf } from '../app/WordBadge.tsx';
import { Field } from '../ui/Field.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import type {
  RetentionDialogMutation,
  RetentionDataClass,
} from './__generated__/RetentionDialogMutation.graphql.ts';
import { daysOf } from './days.ts';
import { retentionClass } from './words.ts';

interface Props {
  dataClass: string;
  days: number | null;
  onClose(): void;
}

export function RetentionDialog({ dataClass, days, onClose }: Props) {
  const { t } = useLingui();
  const action = useAction<RetentionDialogMutation>(graphql`
    mutation RetentionDialogMutation($input: SetRetentionPolicyInput!) {
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
  const [text, setText] = useState(days === null ? '' : String(days));
  const wanted = daysOf(text);
  async function submit(): Promise<void> {
    if (wanted === undefined) return;
    const input = { dataClass: dataClass as RetentionDataClass, days: wanted };
    if (await action.run({ input })) onClose();
  }
  return (
    <FormDialog
      title={<WordOf words={retentionClass} value={dataClass} />}
      onClose={onClose}
      onSubmit={() => void submit()}
      error={action.over('days')}
      submit={<Trans>Save</Trans>}
      isBusy={action.isBusy}
      refusal={wanted === undefined ? t`a whole number of days is needed` : undefined}
    >
      <Field
        label={t`Days to keep it`}
        hint={t`Left empty, it is kept without a limit. What is older now is erased soon after.`}
        inputMode="numeric"
        value={text}
        error={action.at('days')}
        autoFocus
        onChange={(event) => setText(event.target.value)}
      />
    </FormDialog>
  );
}
