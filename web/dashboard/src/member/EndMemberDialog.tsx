import { Trans } from '@lingui/react/macro';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import type { EndMemberDialogEndMutation } from './__generated__/EndMemberDialogEndMutation.graphql.ts';
import type { EndMemberDialogSignOutMutation } from './__generated__/EndMemberDialogSignOutMutation.graphql.ts';

interface Props {
  member: { id: string; label: string };
  onClose(): void;
}

export function EndMemberDialog({ member, onClose }: Props) {
  const action = useAction<EndMemberDialogEndMutation>(graphql`
    mutation EndMemberDialogEndMutation($input: EndMembershipInput!) {
      endMembership(input: $input) {
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
  return (
    <ConfirmDialog
      title={<Trans>End the access of {member.label}</Trans>}
      confirm={<Trans>End the access</Trans>}
      isBusy={action.isBusy}
      error={action.over()}
      onClose={onClose}
      onConfirm={() => void action.run({ input: { membershipId: member.id } }).then((done) => done && onClose())}
    >
      <Trans>
        Within two seconds nothing of this project can be read or changed with this account. What the member did stays
        under its name.
      </Trans>
    </ConfirmDialog>
  );
}

export function SignOutMemberDialog({ member, onClose }: Props) {
  const action = useAction<EndMemberDialogSignOutMutation>(graphql`
    mutation EndMemberDialogSignOutMutation($input: SignOutMemberInput!) {
      signOutMember(input: $input) {
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
  return (
    <ConfirmDialog
      title={<Trans>Sign out {member.label} everywhere</Trans>}
      confirm={<Trans>Sign out everywhere</Trans>}
      isBusy={action.isBusy}
      error={action.over()}
      onClose={onClose}
      onConfirm={() => void action.run({ input: { membershipId: member.id } }).then((done) => done && onClose())}
    >
      <Trans>All devices of this account are signed out. It can sign in again.</Trans>
    </ConfirmDialog>
  );
}
