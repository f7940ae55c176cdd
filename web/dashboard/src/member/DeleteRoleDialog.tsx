import { Trans } from '@lingui/react/macro';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import type { DeleteRoleDialogMutation } from './__generated__/DeleteRoleDialogMutation.graphql.ts';

interface Props {
  role: { readonly id: string; readonly name: string };
  onClose(): void;
}

export function DeleteRoleDialog({ role, onClose }: Props) {
  const action = useAction<DeleteRoleDialogMutation>(graphql`
    mutation DeleteRoleDialogMutation($input: DeleteRoleInput!) {
      deleteRole(input: $input) {
        __typename
        ... on Rejection {
          message
        }
      }
    }
  `);
  return (
    <ConfirmDialog
      title={<Trans>Delete the role {role.name}</Trans>}
      confirm={<Trans>Delete</Trans>}
      isBusy={action.isBusy}
      error={action.over()}
      onClose={onClose}
      onConfirm={() => void action.run({ input: { roleId: role.id } }).then((done) => done && onClose())}
    >
      <Trans>Nobody has this role. It cannot be brought back, but made again.</Trans>
    </ConfirmDialog>
  );
}
