import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { Link } from 'wouter';
import { Changes } from '../app/Changes.tsx';
import { Part } from '../app/Part.tsx';
import { useSeat } from '../app/seat.tsx';
import { useAction } from '../app/use-action.ts';
import { usePageQuery } from '../app/use-page-query.ts';
import { WordBadge, WordOf } from '../app/WordBadge.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Message } from '../ui/Panel.tsx';
import { Fact, Facts } from '../ui/Table.tsx';
import { Time } from '../ui/Time.tsx';
import type { DeliveryDialogMutation } from './__generated__/DeliveryDialogMutation.graphql.ts';
import type { DeliveryDialogQuery } from './__generated__/DeliveryDialogQuery.graphql.ts';
import { DeliveryContent } from './DeliveryContent.tsx';
import { deliveryListQuery } from './list-query.ts';
import { deliveryStatus, failure } from './words.ts';

interface Props {
  id: string;
  /** As the list has it: a delivery that waits cannot be sent again. */
  status: string;
  onClose(): void;
}

export function DeliveryDialog(props: Props) {
  return (
    <Changes>
      <Inner {...props} />
    </Changes>
  );
}

function Inner({ id, status, onClose }: Props) {
  const { t } = useLingui();
  const [isSent, setSent] = useState(false);
  const seat = useSeat();
  const action = useAction<DeliveryDialogMutation>(graphql`
    mutation DeliveryDialogMutation($input: ReplayWebhookEventInput!) {
      replayWebhookEvent(input: $input) {
        __typename
        ... on ReplayWebhookEventSuccessPayload {
          webhookEventLog {
            id
            ...DeliveryRow_delivery
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  return (
    <Dialog
      title={<Trans>Delivery</Trans>}
      isWide
      onClose={onClose}
      error={action.over()}
      onSubmit={() => void action.run({ input: { webhookEventLogId: id } }).then((answer) => setSent(answer !== null))}
      actions={
        <>
          {seat.can('WEBHOOKS:MANAGE') && (
            <Button
              type="submit"
              isBusy={action.isBusy}
              refusal={isSent || status === 'Pending' ? t`it waits to be sent` : undefined}
            >
              <Trans>Send again</Trans>
            </Button>
          )}
          <Button tone="primary" onClick={onClose}>
            <Trans>Close</Trans>
          </Button>
        </>
      }
    >
      <Part rows={5}>
        <Delivery id={id} onClose={onClose} />
      </Part>
    </Dialog>
  );
}

function Delivery({ id, onClose }: Pick<Props, 'id' | 'onClose'>) {
  const { t } = useLingui();
  const seat = useSeat();
  const { webhookEventLog: log } = usePageQuery<DeliveryDialogQuery>(
    graphql`
      query DeliveryDialogQuery($id: ID!) {
        webhookEventLog(id: $id) {
          id
          eventType
          eventId
          resourceId
          status
          attempts
          nextAttemptAt
          lastAttemptAt
          lastStatusCode
          lastDurationMilliseconds
          lastError
          createdAt
          webhookSubscription {
            label
            endpoint
          }
          ...DeliveryRow_delivery
          ...DeliveryContent_delivery
        }
      }
    `,
    { id },
  );
  if (!log) return <Message title={<Trans>There is no such delivery any more</Trans>} />;
  const others = deliveryListQuery.format({ ...deliveryListQuery.fallback, object: log.resourceId });
  return (
    <>
      <Facts>
        <Fact name={t`Event`}>{log.eventType}</Fact>
        <Fact name={t`Status`}>
          <WordBadge words={deliveryStatus} value={log.status} />
        </Fact>
        <Fact name={t`Endpoint`}>
          {log.webhookSubscription ? (
            <>
              {log.webhookSubscription.label} <code>{log.webhookSubscription.endpoint}</code>
            </>
          ) : (
            <Trans>Removed</Trans>
          )}
        </Fact>
        <Fact name={t`Attempts`}>{String(log.attempts)}</Fact>
        <Fact name={t`Answer`}>{log.lastStatusCode}</Fact>
        <Fact name={t`Took`}>{log.lastDurationMilliseconds == null ? null : `${log.lastDurationMilliseconds} ms`}</Fact>
        <Fact name={t`What went wrong`}>
          {log.lastError && <WordOf words={failure} value={log.lastError} />}
        </Fact>
        <Fact name={t`Last attempt`}>{log.lastAttemptAt && <Time at={log.lastAttemptAt} style="second" />}</Fact>
        <Fact name={t`Next attempt`}>{log.nextAttemptAt && <Time at={log.nextAttemptAt} style="second" />}</Fact>
        <Fact name={t`Created`}>
          <Time at={log.createdAt} style="second" />
        </Fact>
        <Fact name={t`Event id (webhook-id)`}>
          <code>{log.eventId}</code>
        </Fact>
        <Fact name={t`Object id`}>
          <code>{log.resourceId}</code>
          <br />
          <Link href={`${seat.to('/webhooks/log')}?${others}`} onClick={onClose}>
            <Trans>Deliveries of this object</Trans>
          </Link>
        </Fact>
      </Facts>
      <DeliveryContent delivery={log} />
    </>
  );
}
