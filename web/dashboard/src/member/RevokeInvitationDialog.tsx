import { Trans } from '@lingui/react/macro';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import type { RevokeInvitationDialogMutation } from './__generated__/RevokeInvitationDialogMutation.graphql.ts';

interface Props {
  invitation: { id: string; email: string };
  onClose(): void;
}

export function RevokeInvitationDialog({ invitation, onClose }: Props) {
  const action = useAction<RevokeInvitationDialogMutation>(graphql`
    mutation RevokeInvitationDialogMutation($input: RevokeInvitationInput!) {
      revokeInvitation(input: $input) {
        __typename
        ... on RevokeInvitationSuccessPayload {
          invitationId
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  return (
    <ConfirmDialog
      title={<Trans>Revoke the invitation of {invitation.email}</Trans>}
      confirm={<Trans>Revoke</Trans>}
      isBusy={action.isBusy}
      error={action.over()}
      onClose={onClose}
      onConfirm={() =>
        void action.run({ input: { invitationId: invitation.id } }).then((done) => done && onClose())
      }
    >
      <Trans>Its link stops working. The person can be invited again.</Trans>
    </ConfirmDialog>
  );
}
