import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { graphql } from 'react-relay/hooks';
import { useLocation } from 'wouter';
import { ListPage } from '../app/ListPage.tsx';
import { useSeat } from '../app/seat.tsx';
import { usePages } from '../app/use-pages.ts';
import { useQueryState } from '../app/use-query-state.ts';
import { useTotal } from '../app/use-total.ts';
import { WordOf } from '../app/WordBadge.tsx';
import { Button } from '../ui/Button.tsx';
import { TextFilter, ValuesFilter } from '../ui/Filter.tsx';
import type { Column } from '../ui/Grid.tsx';
import { PeriodFilter } from '../ui/PeriodFilter.tsx';
import type { AuditPageQuery } from './__generated__/AuditPageQuery.graphql.ts';
import type { AuditPageTotalQuery } from './__generated__/AuditPageTotalQuery.graphql.ts';
import { AuditRow } from './AuditRow.tsx';
import { auditListQuery, filtersOf, NO_FILTERS } from './list-query.ts';
import { auditAction } from './words.ts';

type Row = NonNullable<AuditPageQuery['response']['auditEvents']>['edges'][number]['node'];

const ACTIONS = Object.keys(auditAction);

export function AuditPage() {
  const { t } = useLingui();
  const seat = useSeat();
  const [, navigate] = useLocation();
  const { value, dropped, update } = useQueryState(auditListQuery);
  const filters = filtersOf(value);
  const view = usePages<AuditPageQuery, Row>({
    query: graphql`
      query AuditPageQuery(
        $first: Int
        $after: String
        $last: Int
        $before: String
        $filters: AuditEventFiltersInput
      ) {
        auditEvents(first: $first, after: $after, last: $last, before: $before, filters: $filters) {
          edges {
            node {
              id
              userId
              ...AuditRow_event
            }
          }
          pageInfo {
            hasNextPage
            hasPreviousPage
            startCursor
            endCursor
          }
        }
      }
    `,
    variables: { filters },
    connection: (data) => data.auditEvents,
  });
  const total = useTotal<AuditPageTotalQuery>({
    query: graphql`
      query AuditPageTotalQuery($filters: AuditEventFiltersInput) {
        auditEvents(filters: $filters) {
          totalCount
        }
      }
    `,
    variables: { filters },
    total: (data) => data.auditEvents?.totalCount,
    isReady: !view.isFirstLoading,
  });
  const columns = useMemo<Column[]>(
    () => [
      { key: 'time', head: t`Time`, width: '180px', card: 'side' },
      { key: 'action', head: t`What`, width: 'minmax(180px, 2fr)', card: 'title', look: 'strong' },
      { key: 'who', head: t`Who`, width: 'minmax(120px, 1fr)', card: 'line' },
      { key: 'object', head: t`Object`, width: 'minmax(130px, 2fr)', look: 'mono' },
      { key: 'user', head: t`User`, width: 'minmax(130px, 2fr)', look: 'mono' },
      { key: 'request', head: t`Request`, width: 'minmax(130px, 2fr)', look: 'mono', card: 'line' },
    ],
    [t],
  );
  return (
    <ListPage
      title={t`Audit`}
      view={view}
      total={total}
      noun={<Plural value={total ?? 0} one="entry" other="entries" />}
      columns={columns}
      cells={(row, shown) => <AuditRow event={row} columns={shown} />}
      hidden={value.hide}
      onHide={(hide) => update({ hide })}
      file={{ list: 'auditEvents', filters }}
      onOpen={(row) => row.userId && seat.can('USERS:VIEW') && navigate(seat.to(`/users/${row.userId}/audit`))}
      actions={
        <Button icon="print" onClick={() => window.print()}>
          <Trans>Print</Trans>
        </Button>
      }
      filters={
        <>
          <PeriodFilter label={t`Time`} value={value.time} onChange={(time) => update({ time })} />
          <ValuesFilter
            label={t`What`}
            values={ACTIONS}
            selected={value.action}
            name={(action) => <WordOf words={auditAction} value={action} />}
            onChange={(action) => update({ action })}
          />
          <TextFilter label={t`User id`} value={value.user} onChange={(user) => update({ user })} />
          <TextFilter label={t`Object id`} value={value.object} onChange={(object) => update({ object })} />
          <TextFilter label={t`Id of who did it`} value={value.actor} onChange={(actor) => update({ actor })} />
        </>
      }
      isFiltered={filters !== null}
      onDropFilters={() => update(NO_FILTERS)}
      dropped={dropped}
      onKeepDropped={() => update({})}
      empty={{
        title: <Trans>Nothing was recorded yet</Trans>,
        text: <Trans>Every change is recorded here: what, when, by whom, and by which request.</Trans>,
      }}
    />
  );
}

export default AuditPage;
