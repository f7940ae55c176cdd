import { Trans } from '@lingui/react/macro';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import type { RevokeDialogMutation } from './__generated__/RevokeDialogMutation.graphql.ts';

interface Props {
  credential: { id: string; label: string };
  onClose(): void;
}

export function RevokeDialog({ credential, onClose }: Props) {
  const action = useAction<RevokeDialogMutation>(graphql`
    mutation RevokeDialogMutation($input: RevokeCredentialInput!) {
      revokeCredential(input: $input) {
        __typename
        ... on RevokeCredentialSuccessPayload {
          credential {
            id
            ...CredentialRow_credential
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
      title={<Trans>Revoke {credential.label}</Trans>}
      confirm={<Trans>Revoke it</Trans>}
      isBusy={action.isBusy}
      error={action.over()}
      onClose={onClose}
      onConfirm={() => void action.run({ input: { credentialId: credential.id } }).then((done) => done && onClose())}
    >
      <Trans>Programs that use it lose their access within seconds. It cannot be taken back.</Trans>
    </ConfirmDialog>
  );
}
