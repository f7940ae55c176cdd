import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { useWords } from '../app/words.ts';
import { Field, SelectField } from '../ui/Field.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import type { CompleteDialogMutation } from './__generated__/CompleteDialogMutation.graphql.ts';
import { DOCUMENT_RESULTS, type DocumentResult, documentResult } from './words.ts';

interface Props {
  requestId: string;
  onClose(): void;
}

export function CompleteDialog({ requestId, onClose }: Props) {
  const { t } = useLingui();
  const words = useWords();
  const action = useAction<CompleteDialogMutation>(graphql`
    mutation CompleteDialogMutation($input: CompleteProofingRequestInput!) {
      completeProofingRequest(input: $input) {
        __typename
        ... on CompleteProofingRequestSuccessPayload {
          proofingRequest {
            id
            ...Outcome_request
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  const [result, setResult] = useState<DocumentResult>('PASSED');
  const [score, setScore] = useState('');
  async function submit(): Promise<void> {
    const faceMatchScore = score.trim() === '' ? null : Number(score);
    const input = { requestId, documentAuthenticationResult: result, faceMatchScore };
    if (await action.run({ input })) onClose();
  }
  return (
    <FormDialog
      title={<Trans>Complete the proofing request</Trans>}
      onClose={onClose}
      onSubmit={() => void submit()}
      error={action.over('documentAuthenticationResult', 'faceMatchScore')}
      submit={<Trans>Complete it</Trans>}
      isBusy={action.isBusy}
    >
      <SelectField
        label={t`Document`}
        value={result}
        error={action.at('documentAuthenticationResult')}
        autoFocus
        onChange={(event) => setResult(event.target.value as DocumentResult)}
      >
        {DOCUMENT_RESULTS.map((value) => (
          <option key={value} value={value}>
            {words(documentResult, value).text}
          </option>
        ))}
      </SelectField>
      <Field
        label={t`Similarity of the faces`}
        hint={t`From 0 to 100; left empty if the faces were not compared`}
        type="number"
        min={0}
        max={100}
        step={1}
        value={score}
        error={action.at('faceMatchScore')}
        onChange={(event) => setScore(event.target.value)}
      />
    </FormDialog>
  );
}
