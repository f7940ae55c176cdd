import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql, useFragment } from 'react-relay/hooks';
import { Link } from 'wouter';
import { useSeat } from '../app/seat.tsx';
import { WordBadge, WordOf } from '../app/WordBadge.tsx';
import { Card } from '../ui/Panel.tsx';
import { Fact, Facts } from '../ui/Table.tsx';
import { Time } from '../ui/Time.tsx';
import type { EndpointCard_endpoint$key } from './__generated__/EndpointCard_endpoint.graphql.ts';
import { EndpointActions } from './EndpointActions.tsx';
import { deliveryListQuery } from './list-query.ts';
import styles from './webhook.module.css';
import { bodyKind, endpointStatus } from './words.ts';

interface Props {
  endpoint: EndpointCard_endpoint$key;
  /** How its deliveries of the last day went. */
  health: React.ReactNode;
}

export function EndpointCard({ endpoint, health }: Props) {
  const { t } = useLingui();
  const seat = useSeat();
  const [said, setSaid] = useState<React.ReactNode>(null);
  const data = useFragment(
    graphql`
      fragment EndpointCard_endpoint on WebhookSubscription {
        id
        label
        endpoint
        bodyKind
        eventTypes
        status
        consecutiveFailures
        failingSince
        previousSecretUntil
        createdAt
        ...EndpointActions_endpoint
      }
    `,
    endpoint,
  );
  const deliveries = deliveryListQuery.format({ ...deliveryListQuery.fallback, endpoint: data.id });
  return (
    <Card
      title={
        <span className={styles.title}>
          {data.label} <WordBadge words={endpointStatus} value={data.status} />
        </span>
      }
      actions={seat.can('WEBHOOKS:MANAGE') && <EndpointActions endpoint={data} onSay={setSaid} />}
    >
      {said && (
        <div className={styles.said} role="status">
          {said}
        </div>
      )}
      <Facts>
        <Fact name={t`Address`}>
          <code className={styles.address}>{data.endpoint}</code>
        </Fact>
        <Fact name={t`Events`}>
          {data.eventTypes.includes('*') ? <Trans>All of them</Trans> : data.eventTypes.join(', ')}
        </Fact>
        <Fact name={t`Body`}>
          <WordOf words={bodyKind} value={data.bodyKind} />
        </Fact>
        {health}
        <Fact name={t`Failing since`}>
          {data.failingSince && (
            <>
              <Time at={data.failingSince} />{' '}
              <Plural value={data.consecutiveFailures} one="(# failure in a row)" other="(# failures in a row)" />
            </>
          )}
        </Fact>
        {data.previousSecretUntil && (
          <Fact name={t`Signed with the old secret too, until`}>
            <Time at={data.previousSecretUntil} />
          </Fact>
        )}
        <Fact name={t`Created`}>
          <Time at={data.createdAt} />
        </Fact>
        <Fact name={t`Deliveries`}>
          <Link href={`${seat.to('/webhooks/log')}?${deliveries}`}>
            <Trans>Open them</Trans>
          </Link>
        </Fact>
      </Facts>
    </Card>
  );
}
