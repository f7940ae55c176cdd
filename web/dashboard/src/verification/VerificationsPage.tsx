import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { graphql } from 'react-relay/hooks';
import { useLocation } from 'wouter';
import { ListPage } from '../app/ListPage.tsx';
import { NO_PERIOD, orderByOf } from '../app/query.ts';
import { useSeat } from '../app/seat.tsx';
import { usePages } from '../app/use-pages.ts';
import { useQueryState } from '../app/use-query-state.ts';
import { useTotal } from '../app/use-total.ts';
import { NumberFilter, ValuesFilter } from '../ui/Filter.tsx';
import { type Column, columnIf } from '../ui/Grid.tsx';
import { PeriodFilter } from '../ui/PeriodFilter.tsx';
import type { VerificationsPageQuery } from './__generated__/VerificationsPageQuery.graphql.ts';
import type { VerificationsPageTotalQuery } from './__generated__/VerificationsPageTotalQuery.graphql.ts';
import { filtersOf, verificationListQuery } from './list-query.ts';
import { useLadder } from './use-ladder.ts';
import { VerificationRow } from './VerificationRow.tsx';
import { VERIFICATION_ORDERS, verificationOrder } from './words.ts';

type Row = NonNullable<VerificationsPageQuery['response']['verifications']>['edges'][number]['node'];

const NEWS = ['Verification.Granted'];

export function VerificationsPage() {
  const { t } = useLingui();
  const seat = useSeat();
  const ladder = useLadder();
  const [, navigate] = useLocation();
  const { value, dropped, update } = useQueryState(verificationListQuery);
  const filters = filtersOf(value);
  const view = usePages<VerificationsPageQuery, Row>({
    query: graphql`
      query VerificationsPageQuery(
        $first: Int
        $after: String
        $last: Int
        $before: String
        $filters: VerificationFiltersInput
        $orderBy: VerificationsOrderByInput
        $users: Boolean!
        $personal: Boolean!
      ) {
        verifications(
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
              ...VerificationRow_verification
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
    connection: (data) => data.verifications,
  });
  const total = useTotal<VerificationsPageTotalQuery>({
    query: graphql`
      query VerificationsPageTotalQuery($filters: VerificationFiltersInput) {
        verifications(filters: $filters) {
          totalCount
        }
      }
    `,
    variables: { filters },
    total: (data) => data.verifications?.totalCount,
    isReady: !view.isFirstLoading,
  });
  const columns = useMemo<Column[]>(
    () => [
      { key: 'number', head: t`No.`, width: '72px', align: 'end', card: 'side', look: 'mono' },
      ...columnIf(seat.can('USERS:VIEW'), { key: 'user', head: t`User`, width: 'minmax(160px, 1fr)', card: 'title' }),
      { key: 'levels', head: t`From → to`, width: '180px', card: 'line' },
      { key: 'reason', head: t`Reason`, width: 'minmax(180px, 2fr)', card: 'line' },
      { key: 'by', head: t`By`, width: 'minmax(100px, 1fr)' },
      { key: 'time', head: t`Time`, width: '160px', align: 'end' },
    ],
    [seat, t],
  );
  return (
    <ListPage
      title={t`Verifications`}
      view={view}
      total={total}
      noun={<Plural value={total ?? 0} one="grant" other="grants" />}
      columns={columns}
      cells={(row, shown) => <VerificationRow verification={row} columns={shown} />}
      hidden={value.hide}
      onHide={(hide) => update({ hide })}
      file={{ list: 'verifications', filters, orderBy: orderByOf(value.order) }}
      onOpen={(row) => row.user && navigate(seat.to(`/users/${row.user.id}/levels`))}
      filters={
        <>
          <NumberFilter label={t`User number`} value={value.user} onChange={(user) => update({ user })} />
          <ValuesFilter
            label={t`Level`}
            values={ladder.map(({ id }) => id)}
            selected={value.level}
            name={(id) => ladder.find((level) => level.id === id)?.name ?? id}
            onChange={(level) => update({ level })}
          />
          <PeriodFilter label={t`Time`} value={value.time} onChange={(time) => update({ time })} />
        </>
      }
      order={{
        value: value.order,
        values: VERIFICATION_ORDERS,
        words: verificationOrder,
        onChange: (order) => update({ order }),
      }}
      news={NEWS}
      isFiltered={filters !== null}
      onDropFilters={() => update({ user: null, level: [], time: NO_PERIOD })}
      dropped={dropped}
      onKeepDropped={() => update({})}
      empty={{
        title: <Trans>No level was granted yet</Trans>,
        text: <Trans>Levels are granted on the page of a user, or through the API.</Trans>,
      }}
    />
  );
}

export default VerificationsPage;
