import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { Part } from '../app/Part.tsx';
import { useSeat } from '../app/seat.tsx';
import { usePageQuery } from '../app/use-page-query.ts';
import { useTitle } from '../app/use-title.ts';
import { OutcomeChart } from '../proofing/OutcomeChart.tsx';
import { Page } from '../ui/Page.tsx';
import { Card } from '../ui/Panel.tsx';
import type { OverviewPageQuery } from './__generated__/OverviewPageQuery.graphql.ts';
import { DeliveryFigure, IdentificationFigure, RequestFigure, SessionFigure, UserFigure } from './Figure.tsx';
import { Lapses } from './Lapses.tsx';
import { Refusals } from './Refusals.tsx';
import styles from './overview.module.css';
import { failedDeliveries, identificationsWith, inDays, lastDays, requestsWith, sessionsWith } from './views.ts';

export function OverviewPage() {
  const { environment } = useSeat().membership.project;
  return environment === 'SANDBOX' ? <SandboxOverview /> : <Overview start={Date.now()} />;
}

/** A Sandbox project has a time of its own. */
function SandboxOverview() {
  const { sandboxClock } = usePageQuery<OverviewPageQuery>(
    graphql`
      query OverviewPageQuery {
        sandboxClock {
          now
        }
      }
    `,
    {},
  );
  return <Overview start={sandboxClock ? Date.parse(sandboxClock.now) : Date.now()} />;
}

function Overview({ start }: { start: number }) {
  const { t } = useLingui();
  const seat = useSeat();
  // Asked with the same times for as long as the page is open.
  const [{ week, month }] = useState(() => ({ week: lastDays(7, start), month: inDays(30, start) }));
  useTitle(t`Overview`);
  const sevenDays = <Trans>in the last seven days</Trans>;
  const since = <Trans>in all</Trans>;
  return (
    <Page title={<Trans>Overview</Trans>}>
      <div className={styles.grid}>
        {seat.can('USERS:VIEW') && (
          <UserFigure title={<Trans>Users</Trans>} note={since} view={{ path: '/users', filters: null }} />
        )}
        {seat.can('SESSIONS:VIEW') && (
          <SessionFigure
            title={<Trans>Sessions that wait for a review</Trans>}
            note={<Trans>pending or suspected</Trans>}
            view={sessionsWith(['Pending', 'Suspected'])}
          />
        )}
        {seat.can('IDENTIFICATIONS:VIEW') && (
          <IdentificationFigure
            title={<Trans>Identifications that were refused</Trans>}
            note={sevenDays}
            view={identificationsWith({ status: ['Invalid'], created: week })}
          />
        )}
        {seat.can('IDPROOFING:VIEW') && (
          <>
            <RequestFigure
              title={<Trans>Proofing requests</Trans>}
              note={sevenDays}
              view={requestsWith({ time: week })}
            />
            <RequestFigure
              title={<Trans>Proofing requests with a denied device</Trans>}
              note={sevenDays}
              view={requestsWith({ time: week, device: 'DENY' })}
            />
            <RequestFigure
              title={<Trans>Proofing requests with a failed document</Trans>}
              note={sevenDays}
              view={requestsWith({ time: week, document: 'FAILED' })}
            />
          </>
        )}
        {seat.can('WEBHOOKS:VIEW') && (
          <DeliveryFigure title={<Trans>Failed deliveries</Trans>} note={sevenDays} view={failedDeliveries(week)} />
        )}
      </div>
      {seat.can('IDPROOFING:VIEW') && (
        <Card title={<Trans>Proofing requests of the last seven days</Trans>}>
          <OutcomeChart filters={requestsWith({ time: week }).filters} />
        </Card>
      )}
      {seat.can('IDENTIFICATIONS:VIEW') && (
        <Card title={<Trans>Identifications refused in the last seven days</Trans>}>
          <Part rows={4}>
            <Refusals time={week} />
          </Part>
        </Card>
      )}
      {seat.can('IDENTIFICATIONS:VIEW') && (
        <Card title={<Trans>Levels that lapse within 30 days</Trans>}>
          <Part>
            <Lapses until={month} />
          </Part>
        </Card>
      )}
    </Page>
  );
}

export default OverviewPage;
