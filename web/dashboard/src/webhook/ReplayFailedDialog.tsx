import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { useNumber } from '../app/use-number.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import type { ReplayFailedDialogMutation } from './__generated__/ReplayFailedDialogMutation.graphql.ts';

type Range = ReplayFailedDialogMutation['variables']['input']['createdAt'];

interface Props {
  endpoint: string;
  createdAt: Range | null;
  onClose(): void;
}

/** Sends all failed deliveries to an endpoint again, as many as the server takes at once. */
export function ReplayFailedDialog({ endpoint, createdAt, onClose }: Props) {
  const number = useNumber();
  const [left, setLeft] = useState<number | null>(null);
  const action = useAction<ReplayFailedDialogMutation>(graphql`
    mutation ReplayFailedDialogMutation($input: ReplayFailedWebhookEventsInput!) {
      replayFailedWebhookEvents(input: $input) {
        __typename
        ... on ReplayFailedWebhookEventsSuccessPayload {
          replayed
          remaining
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  async function replay(): Promise<void> {
    const answer = await action.run({ input: { webhookSubscriptionId: endpoint, createdAt } });
    const remaining = answer?.replayFailedWebhookEvents?.remaining;
    if (remaining === undefined) return;
    if (remaining === 0) onClose();
    else setLeft(remaining);
  }
  return (
    <ConfirmDialog
      title={<Trans>Send all that failed again</Trans>}
      confirm={<Trans>Send again</Trans>}
      isBusy={action.isBusy}
      error={action.over()}
      onClose={onClose}
      onConfirm={() => void replay()}
    >
      {left === null ? (
        <Trans>
          All failed deliveries to this endpoint, of the time chosen, go to it under the same webhook-id as before: 1,000
          at once, the oldest first.
        </Trans>
      ) : (
        <Trans>{number(left)} are left.</Trans>
      )}
    </ConfirmDialog>
  );
}
