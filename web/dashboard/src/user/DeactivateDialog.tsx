import { Trans } from '@lingui/react/macro';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import type { DeactivateDialogDeactivateMutation } from './__generated__/DeactivateDialogDeactivateMutation.graphql.ts';
import type { DeactivateDialogReactivateMutation } from './__generated__/DeactivateDialogReactivateMutation.graphql.ts';

interface Props {
  userId: string;
  isDeactivated: boolean;
  onClose(): void;
}

export function DeactivateDialog({ userId, isDeactivated, onClose }: Props) {
  const deactivate = useAction<DeactivateDialogDeactivateMutation>(graphql`
    mutation DeactivateDialogDeactivateMutation($input: DeactivateUserInput!) {
      deactivateUser(input: $input) {
        __typename
        ... on DeactivateUserSuccessPayload {
          user {
            id
            status
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  const reactivate = useAction<DeactivateDialogReactivateMutation>(graphql`
    mutation DeactivateDialogReactivateMutation($input: UpdateUserInput!) {
      updateUser(input: $input) {
        __typename
        ... on UpdateUserSuccessPayload {
          user {
            id
            status
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  const action = isDeactivated ? reactivate : deactivate;
  async function submit(): Promise<void> {
    const isDone = isDeactivated
      ? await reactivate.run({ input: { userId, reactivate: true } })
      : await deactivate.run({ input: { userId } });
    if (isDone) onClose();
  }
  return (
    <Dialog
      title={isDeactivated ? <Trans>Reactivate the user</Trans> : <Trans>Deactivate the user</Trans>}
      onClose={onClose}
      onSubmit={() => void submit()}
      error={action.over()}
      actions={
        <>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" tone={isDeactivated ? 'primary' : 'danger'} isBusy={action.isBusy} autoFocus>
            {isDeactivated ? <Trans>Reactivate</Trans> : <Trans>Deactivate</Trans>}
          </Button>
        </>
      }
    >
      <p>
        {isDeactivated ? (
          <Trans>Processes can be started for the user again.</Trans>
        ) : (
          <Trans>No process can be started for the user until it is reactivated. Its data and levels stay.</Trans>
        )}
      </p>
    </Dialog>
  );
}
