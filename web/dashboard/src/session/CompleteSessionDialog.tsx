import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { useWords } from '../app/words.ts';
import { SelectField } from '../ui/Field.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import type { CompleteSessionDialogMutation } from './__generated__/CompleteSessionDialogMutation.graphql.ts';
import { SESSION_STATUSES, type SessionStatus, sessionStatus } from './words.ts';

interface Props {
  sessionId: string;
  onClose(): void;
}

export function CompleteSessionDialog({ sessionId, onClose }: Props) {
  const { t } = useLingui();
  const words = useWords();
  const action = useAction<CompleteSessionDialogMutation>(graphql`
    mutation CompleteSessionDialogMutation($input: CompleteVerificationSessionInput!) {
      completeVerificationSession(input: $input) {
        __typename
        ... on CompleteVerificationSessionSuccessPayload {
          verificationSession {
            id
            status
            updatedAt
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  const [status, setStatus] = useState<SessionStatus>('Successful');
  async function submit(): Promise<void> {
    if (await action.run({ input: { sessionId, status } })) onClose();
  }
  return (
    <FormDialog
      title={<Trans>Complete the session</Trans>}
      onClose={onClose}
      onSubmit={() => void submit()}
      error={action.over('status')}
      submit={<Trans>Complete it</Trans>}
      isBusy={action.isBusy}
    >
      <SelectField
        label={t`Status`}
        value={status}
        error={action.at('status')}
        autoFocus
        onChange={(event) => setStatus(event.target.value as SessionStatus)}
      >
        {SESSION_STATUSES.filter((value) => value !== 'InProgress').map((value) => (
          <option key={value} value={value}>
            {words(sessionStatus, value).text}
          </option>
        ))}
      </SelectField>
    </FormDialog>
  );
}
