import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { FormDialog } from '../ui/FormDialog.tsx';
import { TextArea } from '../ui/TextArea.tsx';
import type { HoldDialogPlaceMutation } from './__generated__/HoldDialogPlaceMutation.graphql.ts';
import type { HoldDialogReleaseMutation } from './__generated__/HoldDialogReleaseMutation.graphql.ts';

interface Props {
  userId: string;
  isHeld: boolean;
  onClose(): void;
}

/** Places a legal hold, which keeps the data of the user from erasure, or releases it. */
export function HoldDialog({ userId, isHeld, onClose }: Props) {
  const { t } = useLingui();
  const place = useAction<HoldDialogPlaceMutation>(graphql`
    mutation HoldDialogPlaceMutation($input: PlaceLegalHoldInput!) {
      placeLegalHold(input: $input) {
        __typename
        ... on PlaceLegalHoldSuccessPayload {
          user {
            id
            legalHoldReason
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  const release = useAction<HoldDialogReleaseMutation>(graphql`
    mutation HoldDialogReleaseMutation($input: ReleaseLegalHoldInput!) {
      releaseLegalHold(input: $input) {
        __typename
        ... on ReleaseLegalHoldSuccessPayload {
          user {
            id
            status
            legalHoldReason
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  const [reason, setReason] = useState('');
  const action = isHeld ? release : place;
  async function submit(): Promise<void> {
    const isDone = isHeld ? await release.run({ input: { userId } }) : await place.run({ input: { userId, reason } });
    if (isDone) onClose();
  }
  return (
    <FormDialog
      title={isHeld ? <Trans>Release the hold</Trans> : <Trans>Place a hold</Trans>}
      onClose={onClose}
      onSubmit={() => void submit()}
      error={action.over('reason')}
      submit={isHeld ? <Trans>Release the hold</Trans> : <Trans>Place a hold</Trans>}
      isBusy={action.isBusy}
      refusal={!isHeld && reason.trim() === '' ? t`a reason is needed` : undefined}
    >
      {isHeld ? (
        <p>
          <Trans>Retention applies to the user again. If it was to be erased, it is erased at once.</Trans>
        </p>
      ) : (
        <>
          <p>
            <Trans>Nothing of the user is erased while it is on hold, not by retention either.</Trans>
          </p>
          <TextArea
            label={t`Reason`}
            value={reason}
            maxLength={1024}
            required
            autoFocus
            error={action.at('reason')}
            onChange={(event) => setReason(event.target.value)}
          />
        </>
      )}
    </FormDialog>
  );
}
