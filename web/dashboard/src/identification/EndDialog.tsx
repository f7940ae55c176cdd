import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { TextArea } from '../ui/TextArea.tsx';
import type { EndDialogCancelMutation } from './__generated__/EndDialogCancelMutation.graphql.ts';
import type { EndDialogRevokeMutation } from './__generated__/EndDialogRevokeMutation.graphql.ts';

interface Props {
  identificationId: string;
  /** A run that is under way is cancelled; levels that were awarded are revoked. */
  kind: 'cancel' | 'revoke';
  onClose(): void;
}

export function EndDialog({ identificationId, kind, onClose }: Props) {
  const { t } = useLingui();
  const cancel = useAction<EndDialogCancelMutation>(graphql`
    mutation EndDialogCancelMutation($input: CancelIdentificationInput!) {
      cancelIdentification(input: $input) {
        __typename
        ... on CancelIdentificationSuccessPayload {
          identification {
            ...IdentificationCard_identification
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  const revoke = useAction<EndDialogRevokeMutation>(graphql`
    mutation EndDialogRevokeMutation($input: RevokeIdentificationInput!) {
      revokeIdentification(input: $input) {
        __typename
        ... on RevokeIdentificationSuccessPayload {
          identification {
            ...IdentificationCard_identification
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  const [reason, setReason] = useState('');
  const isRevoke = kind === 'revoke';
  const action = isRevoke ? revoke : cancel;
  async function submit(): Promise<void> {
    const input = { identificationId, reason };
    const isDone = isRevoke
      ? await revoke.run({ input })
      : await cancel.run({ input: reason.trim() === '' ? { identificationId } : input });
    if (isDone) onClose();
  }
  return (
    <Dialog
      title={isRevoke ? <Trans>Revoke the levels</Trans> : <Trans>Cancel the identification</Trans>}
      onClose={onClose}
      onSubmit={() => void submit()}
      error={action.over('reason')}
      actions={
        <>
          <Button onClick={onClose}>
            <Trans>Back</Trans>
          </Button>
          <Button
            type="submit"
            tone="danger"
            isBusy={action.isBusy}
            refusal={isRevoke && reason.trim() === '' ? t`a reason is needed` : undefined}
          >
            {isRevoke ? <Trans>Revoke</Trans> : <Trans>Cancel the identification</Trans>}
          </Button>
        </>
      }
    >
      <p>
        {isRevoke ? (
          <Trans>The user loses the levels of this identification at once. This cannot be undone.</Trans>
        ) : (
          <Trans>The run ends without a level. This cannot be undone.</Trans>
        )}
      </p>
      <TextArea
        label={t`Reason`}
        value={reason}
        maxLength={1024}
        required={isRevoke}
        autoFocus
        error={action.at('reason')}
        onChange={(event) => setReason(event.target.value)}
      />
    </Dialog>
  );
}
