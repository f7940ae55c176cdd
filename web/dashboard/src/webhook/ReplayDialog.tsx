import { Plural, Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import type { ReplayDialogMutation } from './__generated__/ReplayDialogMutation.graphql.ts';

interface Props {
  ids: readonly string[];
  onClose(): void;
}

/** Sends several deliveries again, one after the other. It stops at the first that the server refuses. */
export function ReplayDialog({ ids, onClose }: Props) {
  const [sent, setSent] = useState(0);
  const action = useAction<ReplayDialogMutation>(graphql`
    mutation ReplayDialogMutation($input: ReplayWebhookEventInput!) {
      replayWebhookEvent(input: $input) {
        __typename
        ... on ReplayWebhookEventSuccessPayload {
          webhookEventLog {
            id
            status
            ...DeliveryRow_delivery
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  async function replay(): Promise<void> {
    for (const [index, id] of ids.entries()) {
      if (index < sent) continue;
      if (!(await action.run({ input: { webhookEventLogId: id } }))) return;
      setSent(index + 1);
    }
    onClose();
  }
  return (
    <ConfirmDialog
      title={<Plural value={ids.length} one="Send # delivery again" other="Send # deliveries again" />}
      confirm={<Trans>Send again</Trans>}
      isBusy={action.isBusy}
      error={action.over()}
      onClose={onClose}
      onConfirm={() => void replay()}
    >
      {sent === 0 ? (
        <Trans>Each goes to its endpoint under the same webhook-id as before.</Trans>
      ) : (
        <Trans>
          {sent} of {ids.length} were taken up.
        </Trans>
      )}
    </ConfirmDialog>
  );
}
