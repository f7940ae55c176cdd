import { Trans } from '@lingui/react/macro';
import { graphql, useFragment } from 'react-relay/hooks';
import { WordBadge } from '../app/WordBadge.tsx';
import { Cells, type Column } from '../ui/Grid.tsx';
import { Distance, Time } from '../ui/Time.tsx';
import type { DeliveryRow_delivery$key } from './__generated__/DeliveryRow_delivery.graphql.ts';
import { deliveryStatus } from './words.ts';

interface Props {
  delivery: DeliveryRow_delivery$key;
  columns: readonly Column[];
}

export function DeliveryRow({ delivery, columns }: Props) {
  const data = useFragment(
    graphql`
      fragment DeliveryRow_delivery on WebhookEventLog {
        eventType
        resourceId
        status
        attempts
        nextAttemptAt
        lastStatusCode
        lastDurationMilliseconds
        createdAt
        webhookSubscription {
          label
        }
      }
    `,
    delivery,
  );
  return (
    <Cells
      columns={columns}
      values={{
        time: <Time at={data.createdAt} style="second" />,
        event: data.eventType,
        object: data.resourceId,
        endpoint: data.webhookSubscription?.label ?? <Trans>Removed</Trans>,
        status: <WordBadge words={deliveryStatus} value={data.status} isPlain />,
        attempts: data.attempts,
        answer: data.lastStatusCode,
        duration: data.lastDurationMilliseconds == null ? null : `${data.lastDurationMilliseconds} ms`,
        next: data.nextAttemptAt && <Distance at={data.nextAttemptAt} />,
      }}
    />
  );
}
