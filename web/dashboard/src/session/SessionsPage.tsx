import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { graphql } from 'react-relay/hooks';
import { useLocation } from 'wouter';
import { ListPage } from '../app/ListPage.tsx';
import { orderByOf } from '../app/query.ts';
import { useSeat } from '../app/seat.tsx';
import { usePages } from '../app/use-pages.ts';
import { useQueryState } from '../app/use-query-state.ts';
import { useTotal } from '../app/use-total.ts';
import { WordBadge } from '../app/WordBadge.tsx';
import { TextsFilter, ValuesFilter } from '../ui/Filter.tsx';
import { type Column, columnIf } from '../ui/Grid.tsx';
import { PeriodFilter } from '../ui/PeriodFilter.tsx';
import type { SessionsPageQuery } from './__generated__/SessionsPageQuery.graphql.ts';
import type { SessionsPageTotalQuery } from './__generated__/SessionsPageTotalQuery.graphql.ts';
import { filtersOf, NO_FILTERS, sessionListQuery } from './list-query.ts';
import { SessionRow } from './SessionRow.tsx';
import {
  SESSION_ORDERS,
  SESSION_STATUSES,
  sessionOrder,
  sessionStatus,
} from './words.ts';

type Row = NonNullable<SessionsPageQuery['response']['verificationSessions']>['edges'][number]['node'];

const NEWS = ['VerificationSession.Created'];

export function SessionsPage() {
  const { t } = useLingui();
  const seat = useSeat();
  const [, navigate] = useLocation();
  const { value, dropped, update } = useQueryState(sessionListQuery);
  const filters = filtersOf(value);
  const view = usePages<SessionsPageQuery, Row>({
    query: graphql`
      query SessionsPageQuery(
        $first: Int
        $after: String
        $last: Int
        $before: String
        $filters: VerificationSessionFiltersInput
        $orderBy: VerificationSessionsOrderByInput
        $users: Boolean!
        $personal: Boolean!
      ) {
        verificationSessions(
          first: $first
          after: $after
          last: $last
          before: $before
          filters: $filters
          orderBy: $orderBy
        ) {
          edges {
            node {
              id
              user @include(if: $users) {
                id
              }
              ...SessionRow_session
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
    variables: {
      filters,
      orderBy: orderByOf(value.order),
      users: seat.can('USERS:VIEW'),
      personal: seat.can('USERS:PERSONAL'),
    },
    connection: (data) => data.verificationSessions,
  });
  const total = useTotal<SessionsPageTotalQuery>({
    query: graphql`
      query SessionsPageTotalQuery($filters: VerificationSessionFiltersInput) {
        verificationSessions(filters: $filters) {
          totalCount
        }
      }
    `,
    variables: { filters },
    total: (data) => data.verificationSessions?.totalCount,
    isReady: !view.isFirstLoading,
  });
  const columns = useMemo<Column[]>(
    () => [
      ...columnIf(seat.can('USERS:VIEW'), { key: 'user', head: t`User`, width: 'minmax(160px, 1fr)', card: 'title' }),
      { key: 'status', head: t`Status`, width: '130px', card: 'side' },
      { key: 'steps', head: t`Steps`, width: 'minmax(200px, 2fr)', card: 'line' },
      { key: 'refId', head: 'refId', width: 'minmax(140px, 1fr)', look: 'mono' },
      { key: 'created', head: t`Created`, width: '160px', align: 'end' },
      { key: 'updated', head: t`Updated`, width: '160px', align: 'end' },
    ],
    [seat, t],
  );
  return (
    <ListPage
      title={t`Sessions`}
      view={view}
      total={total}
      noun={<Plural value={total ?? 0} one="session" other="sessions" />}
      columns={columns}
      cells={(row, shown) => <SessionRow session={row} columns={shown} />}
      hidden={value.hide}
      onHide={(hide) => update({ hide })}
      file={{ list: 'verificationSessions', filters, orderBy: orderByOf(value.order) }}
      onOpen={(row) => row.user && navigate(seat.to(`/users/${row.user.id}/sessions`))}
      filters={
        <>
          <ValuesFilter
            label={t`Status`}
            values={SESSION_STATUSES}
            selected={value.status}
            name={(one) => <WordBadge words={sessionStatus} value={one} isPlain />}
            onChange={(status) => update({ status })}
          />
          <TextsFilter label="refId" selected={value.refId} onChange={(refId) => update({ refId })} />
          <PeriodFilter label={t`Created`} value={value.created} onChange={(created) => update({ created })} />
        </>
      }
      order={{ value: value.order, values: SESSION_ORDERS, words: sessionOrder, onChange: (order) => update({ order }) }}
      news={NEWS}
      isFiltered={filters !== null}
      onDropFilters={() => update(NO_FILTERS)}
      dropped={dropped}
      onKeepDropped={() => update({})}
      empty={{
        title: <Trans>No session yet</Trans>,
        text: <Trans>A session collects the documents of a user, step by step.</Trans>,
      }}
    />
  );
}

export default SessionsPage;
