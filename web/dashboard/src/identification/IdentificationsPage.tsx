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
import { ValuesFilter } from '../ui/Filter.tsx';
import { type Column, columnIf } from '../ui/Grid.tsx';
import { PeriodFilter } from '../ui/PeriodFilter.tsx';
import type { IdentificationsPageQuery } from './__generated__/IdentificationsPageQuery.graphql.ts';
import type { IdentificationsPageTotalQuery } from './__generated__/IdentificationsPageTotalQuery.graphql.ts';
import { filtersOf, IDENTIFICATION_REASONS, identificationListQuery, NO_FILTERS } from './list-query.ts';
import { IdentificationRow } from './IdentificationRow.tsx';
import { REASONS } from './reasons.ts';
import {
  IDENTIFICATION_LEVELS,
  IDENTIFICATION_ORDERS,
  IDENTIFICATION_PROCESSES,
  IDENTIFICATION_STATUSES,
  identificationLevel,
  identificationOrder,
  identificationProcess,
  identificationStatus,
} from './words.ts';

type Row = NonNullable<IdentificationsPageQuery['response']['identifications']>['edges'][number]['node'];

const NEWS = ['Identification.Created'];

export function IdentificationsPage() {
  const { t, i18n } = useLingui();
  const seat = useSeat();
  const [, navigate] = useLocation();
  const { value, dropped, update } = useQueryState(identificationListQuery);
  const filters = filtersOf(value);
  const nameOf = (reason: string) => {
    const words = REASONS[reason];
    return words ? i18n._(words.what) : reason;
  };
  const view = usePages<IdentificationsPageQuery, Row>({
    query: graphql`
      query IdentificationsPageQuery(
        $first: Int
        $after: String
        $last: Int
        $before: String
        $filters: IdentificationFiltersInput
        $orderBy: IdentificationsOrderByInput
        $users: Boolean!
        $personal: Boolean!
      ) {
        identifications(
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
              ...IdentificationRow_identification
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
    connection: (data) => data.identifications,
  });
  const total = useTotal<IdentificationsPageTotalQuery>({
    query: graphql`
      query IdentificationsPageTotalQuery($filters: IdentificationFiltersInput) {
        identifications(filters: $filters) {
          totalCount
        }
      }
    `,
    variables: { filters },
    total: (data) => data.identifications?.totalCount,
    isReady: !view.isFirstLoading,
  });
  const columns = useMemo<Column[]>(
    () => [
      ...columnIf(seat.can('USERS:VIEW'), { key: 'user', head: t`User`, width: 'minmax(160px, 1fr)', card: 'title' }),
      { key: 'process', head: t`Process`, width: '90px', card: 'side' },
      { key: 'status', head: t`Status`, width: '130px', card: 'line' },
      { key: 'levels', head: t`Levels`, width: 'minmax(150px, 1fr)' },
      { key: 'reasons', head: t`Reasons`, width: 'minmax(180px, 3fr)', card: 'line' },
      { key: 'document', head: t`Document`, width: '130px' },
      { key: 'updated', head: t`Updated`, width: '160px', align: 'end' },
    ],
    [seat, t],
  );
  return (
    <ListPage
      title={t`Identifications`}
      view={view}
      total={total}
      noun={<Plural value={total ?? 0} one="identification" other="identifications" />}
      columns={columns}
      cells={(row, shown) => <IdentificationRow identification={row} columns={shown} />}
      hidden={value.hide}
      onHide={(hide) => update({ hide })}
      file={{ list: 'identifications', filters, orderBy: orderByOf(value.order) }}
      onOpen={(row) => row.user && navigate(seat.to(`/users/${row.user.id}/identifications`))}
      filters={
        <>
          <ValuesFilter
            label={t`Status`}
            values={IDENTIFICATION_STATUSES}
            selected={value.status}
            name={(one) => <WordBadge words={identificationStatus} value={one} isPlain />}
            onChange={(status) => update({ status })}
          />
          <ValuesFilter
            label={t`Process`}
            values={IDENTIFICATION_PROCESSES}
            selected={value.process}
            name={(one) => <WordBadge words={identificationProcess} value={one} isPlain />}
            onChange={(process) => update({ process })}
          />
          <ValuesFilter
            label={t`Level`}
            values={IDENTIFICATION_LEVELS}
            selected={value.level}
            name={(one) => <WordBadge words={identificationLevel} value={one} isPlain />}
            onChange={(level) => update({ level })}
          />
          <ValuesFilter
            label={t`Reason`}
            values={IDENTIFICATION_REASONS}
            selected={value.reason}
            name={(reason) => nameOf(reason)}
            onChange={(reason) => update({ reason })}
          />
          <PeriodFilter label={t`Created`} value={value.created} onChange={(created) => update({ created })} />
          <PeriodFilter label={t`Updated`} value={value.updated} onChange={(updated) => update({ updated })} />
        </>
      }
      order={{ value: value.order, values: IDENTIFICATION_ORDERS, words: identificationOrder, onChange: (order) => update({ order }) }}
      news={NEWS}
      isFiltered={filters !== null}
      onDropFilters={() => update(NO_FILTERS)}
      dropped={dropped}
      onKeepDropped={() => update({})}
      empty={{
        title: <Trans>No identification yet</Trans>,
        text: <Trans>An identification is a run of Expert, QES or PVID, which can award levels.</Trans>,
      }}
    />
  );
}

export default IdentificationsPage;
