import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { SecretDialog } from '../ui/Secret.tsx';
import type { RotateSecretDialogMutation } from './__generated__/RotateSecretDialogMutation.graphql.ts';

interface Props {
  endpoint: { readonly id: string; readonly label: string };
  onClose(): void;
}

export function RotateSecretDialog({ endpoint, onClose }: Props) {
  const { t } = useLingui();
  const action = useAction<RotateSecretDialogMutation>(
    graphql`
      mutation RotateSecretDialogMutation($input: UpdateWebhookSubscriptionInput!) {
        updateWebhookSubscription(input: $input) {
          __typename
          ... on WebhookSubscriptionSuccessPayload {
            secret
          }
          ... on Rejection {
            message
          }
        }
      }
    `,
    { isSecret: true },
  );
  const [secret, setSecret] = useState<string | null>(null);
  async function rotate(): Promise<void> {
    const answer = await action.run({ input: { id: endpoint.id, rotateSecret: true } });
    const made = answer?.updateWebhookSubscription?.secret;
    if (made) setSecret(made);
  }
  if (secret !== null) {
    return (
      <SecretDialog
        title={<Trans>Keep the secret of the endpoint</Trans>}
        text={<Trans>For one day deliveries are signed with the old secret as well.</Trans>}
        values={[{ name: t`Secret`, value: secret }]}
        onDone={onClose}
      />
    );
  }
  return (
    <ConfirmDialog
      title={<Trans>A new secret for {endpoint.label}</Trans>}
      confirm={<Trans>Make a new secret</Trans>}
      isBusy={action.isBusy}
      error={action.over()}
      onClose={onClose}
      onConfirm={() => void rotate()}
    >
      <Trans>It is shown once. For one day deliveries are signed with the old secret as well.</Trans>
    </ConfirmDialog>
  );
}
