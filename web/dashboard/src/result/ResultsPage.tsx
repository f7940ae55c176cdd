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
import type { ResultsPageQuery } from './__generated__/ResultsPageQuery.graphql.ts';
import type { ResultsPageTotalQuery } from './__generated__/ResultsPageTotalQuery.graphql.ts';
import { filtersOf, NO_FILTERS, resultListQuery } from './list-query.ts';
import { ResultRow } from './ResultRow.tsx';
import {
  RESULT_ORDERS,
  RESULT_STATUSES,
  resultOrder,
  resultStatus,
} from './words.ts';

type Row = NonNullable<ResultsPageQuery['response']['verificationResults']>['edges'][number]['node'];

const NEWS = ['VerificationResult.Started'];

export function ResultsPage() {
  const { t } = useLingui();
  const seat = useSeat();
  const [, navigate] = useLocation();
  const { value, dropped, update } = useQueryState(resultListQuery);
  const filters = filtersOf(value);
  const view = usePages<ResultsPageQuery, Row>({
    query: graphql`
      query ResultsPageQuery(
        $first: Int
        $after: String
        $last: Int
        $before: String
        $filters: VerificationResultFiltersInput
        $orderBy: VerificationResultsOrderByInput
        $users: Boolean!
        $personal: Boolean!
      ) {
        verificationResults(
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
              ...ResultRow_result
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
    connection: (data) => data.verificationResults,
  });
  const total = useTotal<ResultsPageTotalQuery>({
    query: graphql`
      query ResultsPageTotalQuery($filters: VerificationResultFiltersInput) {
        verificationResults(filters: $filters) {
          totalCount
        }
      }
    `,
    variables: { filters },
    total: (data) => data.verificationResults?.totalCount,
    isReady: !view.isFirstLoading,
  });
  const columns = useMemo<Column[]>(
    () => [
      ...columnIf(seat.can('USERS:VIEW'), { key: 'user', head: t`User`, width: 'minmax(160px, 1fr)', card: 'title' }),
      { key: 'status', head: t`Status`, width: '130px', card: 'side' },
      { key: 'scopes', head: t`Scopes`, width: 'minmax(200px, 2fr)', card: 'line' },
      { key: 'correlation', head: t`Correlation`, width: 'minmax(140px, 1fr)', look: 'mono' },
      { key: 'verified', head: t`Verified`, width: '160px', align: 'end' },
      { key: 'created', head: t`Created`, width: '160px', align: 'end' },
    ],
    [seat, t],
  );
  return (
    <ListPage
      title={t`Results`}
      view={view}
      total={total}
      noun={<Plural value={total ?? 0} one="result" other="results" />}
      columns={columns}
      cells={(row, shown) => <ResultRow result={row} columns={shown} />}
      hidden={value.hide}
      onHide={(hide) => update({ hide })}
      file={{ list: 'verificationResults', filters, orderBy: orderByOf(value.order) }}
      onOpen={(row) => row.user && navigate(seat.to(`/users/${row.user.id}/results`))}
      filters={
        <>
          <ValuesFilter
            label={t`Status`}
            values={RESULT_STATUSES}
            selected={value.status}
            name={(one) => <WordBadge words={resultStatus} value={one} isPlain />}
            onChange={(status) => update({ status })}
          />
          <PeriodFilter label={t`Created`} value={value.created} onChange={(created) => update({ created })} />
        </>
      }
      order={{ value: value.order, values: RESULT_ORDERS, words: resultOrder, onChange: (order) => update({ order }) }}
      news={NEWS}
      isFiltered={filters !== null}
      onDropFilters={() => update(NO_FILTERS)}
      dropped={dropped}
      onKeepDropped={() => update({})}
      empty={{
        title: <Trans>No result yet</Trans>,
        text: <Trans>A result is what an integration learns of a person.</Trans>,
      }}
    />
  );
}

export default ResultsPage;
