import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { useWords } from '../app/words.ts';
import { SelectField } from '../ui/Field.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import type { OutcomeDialogMutation } from './__generated__/OutcomeDialogMutation.graphql.ts';
import { verificationOutcome } from './words.ts';

interface Props {
  resultId: string;
  onClose(): void;
}

type Outcome = OutcomeDialogMutation['variables']['input']['outcome'];

export function OutcomeDialog({ resultId, onClose }: Props) {
  const { t } = useLingui();
  const words = useWords();
  const action = useAction<OutcomeDialogMutation>(graphql`
    mutation OutcomeDialogMutation($input: RecordVerificationOutcomeInput!) {
      recordVerificationOutcome(input: $input) {
        __typename
        ... on RecordVerificationOutcomeSuccessPayload {
          verificationResult {
            id
            status
            verifiedAt
            ...Released_result
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  const [outcome, setOutcome] = useState<Outcome>('VERIFIED');
  async function submit(): Promise<void> {
    if (await action.run({ input: { verificationResultId: resultId, outcome } })) onClose();
  }
  return (
    <FormDialog
      title={<Trans>Record the outcome</Trans>}
      onClose={onClose}
      onSubmit={() => void submit()}
      error={action.over('outcome')}
      submit={<Trans>Record it</Trans>}
      isBusy={action.isBusy}
    >
      <p>
        <Trans>The integration learns the outcome. It is final.</Trans>
      </p>
      <SelectField
        label={t`Outcome`}
        value={outcome}
        error={action.at('outcome')}
        autoFocus
        onChange={(event) => setOutcome(event.target.value as Outcome)}
      >
        {Object.keys(verificationOutcome).map((value) => (
          <option key={value} value={value}>
            {words(verificationOutcome, value).text}
          </option>
        ))}
      </SelectField>
    </FormDialog>
  );
}
