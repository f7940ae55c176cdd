import { Trans } from '@lingui/react/macro';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import type { SuspendMemberDialogMutation } from './__generated__/SuspendMemberDialogMutation.graphql.ts';

interface Props {
  member: { id: string; label: string };
  isSuspended: boolean;
  onClose(): void;
}

export function SuspendMemberDialog({ member, isSuspended, onClose }: Props) {
  const action = useAction<SuspendMemberDialogMutation>(graphql`
    mutation SuspendMemberDialogMutation($input: SuspendMemberInput!) {
      suspendMember(input: $input) {
        __typename
        ... on MembershipSuccessPayload {
          membership {
            id
            ...MemberRow_membership
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  const input = { membershipId: member.id, isSuspended: !isSuspended };
  return (
    <ConfirmDialog
      title={isSuspended ? <Trans>Lift the suspension of {member.label}</Trans> : <Trans>Suspend {member.label}</Trans>}
      confirm={isSuspended ? <Trans>Lift the suspension</Trans> : <Trans>Suspend</Trans>}
      isBusy={action.isBusy}
      error={action.over()}
      onClose={onClose}
      onConfirm={() => void action.run({ input }).then((done) => done && onClose())}
    >
      {isSuspended ? (
        <Trans>The member has access again, with the same role and number.</Trans>
      ) : (
        <Trans>
          Within two seconds the member has no access to this project, until the suspension is lifted. It keeps its role
          and its number. Other projects are not concerned.
        </Trans>
      )}
    </ConfirmDialog>
  );
}
