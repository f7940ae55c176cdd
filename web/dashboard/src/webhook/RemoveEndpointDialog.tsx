import { Trans } from '@lingui/react/macro';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import type { RemoveEndpointDialogMutation } from './__generated__/RemoveEndpointDialogMutation.graphql.ts';

interface Props {
  endpoint: { readonly id: string; readonly label: string };
  onClose(): void;
}

export function RemoveEndpointDialog({ endpoint, onClose }: Props) {
  const action = useAction<RemoveEndpointDialogMutation>(graphql`
    mutation RemoveEndpointDialogMutation($input: RemoveWebhookSubscriptionInput!) {
      removeWebhookSubscription(input: $input) {
        __typename
        ... on RemoveWebhookSubscriptionSuccessPayload {
          webhookSubscriptionId @deleteRecord
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  return (
    <ConfirmDialog
      title={<Trans>Remove {endpoint.label}</Trans>}
      confirm={<Trans>Remove it</Trans>}
      isBusy={action.isBusy}
      error={action.over()}
      onClose={onClose}
      onConfirm={() => void action.run({ input: { id: endpoint.id } }).then((done) => done && onClose())}
    >
      <Trans>Nothing is sent to it any more, what waits included.</Trans>
    </ConfirmDialog>
  );
}
