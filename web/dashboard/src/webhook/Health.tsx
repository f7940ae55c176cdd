import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Suspense } from 'react';
import { graphql } from 'react-relay/hooks';
import { ErrorBoundary } from '../app/ErrorMessage.tsx';
import { useNumber } from '../app/use-number.ts';
import { usePageQuery } from '../app/use-page-query.ts';
import { Fact } from '../ui/Table.tsx';
import { Distance } from '../ui/Time.tsx';
import type { HealthQuery } from './__generated__/HealthQuery.graphql.ts';

/** How the deliveries of the last 24 hours to an endpoint went. All endpoints are asked for in one query. */
export function Health({ endpoint }: { endpoint: string }) {
  return (
    <ErrorBoundary>
      <Suspense fallback={null}>
        <HealthFacts endpoint={endpoint} />
      </Suspense>
    </ErrorBoundary>
  );
}

function HealthFacts({ endpoint }: { endpoint: string }) {
  const { t } = useLingui();
  const number = useNumber();
  const { webhookHealth } = usePageQuery<HealthQuery>(
    graphql`
      query HealthQuery {
        webhookHealth(hours: 24) {
          subscription {
            id
          }
          arrived
          failed
          waiting
          oldestWaitingAt
          p95Milliseconds
        }
      }
    `,
    {},
  );
  const health = webhookHealth?.find(({ subscription }) => subscription.id === endpoint);
  if (!health) return null;
  const { arrived, failed, waiting, oldestWaitingAt, p95Milliseconds: duration } = health;
  const ended = arrived + failed;
  return (
    <>
      <Fact name={t`Arrived in 24 h`}>
        {ended === 0 ? null : (
          <Trans>
            {number(arrived)} of {number(ended)}
          </Trans>
        )}
      </Fact>
      <Fact name={t`Waiting`}>
        {waiting === 0 ? null : (
          <>
            <Plural value={waiting} one="# delivery" other="# deliveries" />
            {oldestWaitingAt && (
              <>
                {', '}
                <Trans>
                  the oldest from <Distance at={oldestWaitingAt} />
                </Trans>
              </>
            )}
          </>
        )}
      </Fact>
      <Fact name={t`95 of 100 took at most`}>{duration == null ? null : `${number(duration)} ms`}</Fact>
    </>
  );
}
