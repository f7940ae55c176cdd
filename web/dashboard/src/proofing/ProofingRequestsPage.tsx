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
import { WordBadge } from '../app/WordBadge.tsx';
import { Button } from '../ui/Button.tsx';
import { ValuesFilter } from '../ui/Filter.tsx';
import { type Column, columnIf } from '../ui/Grid.tsx';
import { PeriodFilter } from '../ui/PeriodFilter.tsx';
import type { ProofingRequestsPageQuery } from './__generated__/ProofingRequestsPageQuery.graphql.ts';
import type { ProofingRequestsPageTotalQuery } from './__generated__/ProofingRequestsPageTotalQuery.graphql.ts';
import { filtersOf, proofingListQuery } from './list-query.ts';
import { OutcomeChart } from './OutcomeChart.tsx';
import { ProofingRow } from './ProofingRow.tsx';
import {
  DEVICE_CHECKS,
  deviceCheck,
  DOCUMENT_RESULTS,
  documentResult,
  FACE_MATCHES,
  faceMatch,
  PROOFING_ORDERS,
  PROOFING_STATES,
  proofingOrder,
  proofingState,
} from './words.ts';

type Row = NonNullable<ProofingRequestsPageQuery['response']['proofingRequests']>['edges'][number]['node'];

const NEWS = ['ProofingRequest.Created'];

export function ProofingRequestsPage() {
  const { t } = useLingui();
  const seat = useSeat();
  const [, navigate] = useLocation();
  const { value, dropped, update } = useQueryState(proofingListQuery);
  const filters = filtersOf(value);
  const view = usePages<ProofingRequestsPageQuery, Row>({
    query: graphql`
      query ProofingRequestsPageQuery(
        $first: Int
        $after: String
        $last: Int
        $before: String
        $filters: ProofingRequestFiltersInput
        $orderBy: ProofingRequestsOrderByInput
        $users: Boolean!
        $personal: Boolean!
      ) {
        proofingRequests(
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
              ...ProofingRow_request
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
    connection: (data) => data.proofingRequests,
  });
  const total = useTotal<ProofingRequestsPageTotalQuery>({
    query: graphql`
      query ProofingRequestsPageTotalQuery($filters: ProofingRequestFiltersInput) {
        proofingRequests(filters: $filters) {
          totalCount
        }
      }
    `,
    variables: { filters },
    total: (data) => data.proofingRequests?.totalCount,
    isReady: !view.isFirstLoading,
  });
  const columns = useMemo<Column[]>(
    () => [
      { key: 'time', head: t`Request time`, width: '176px', card: 'title' },
      { key: 'state', head: t`State`, width: '150px', card: 'side' },
      { key: 'device', head: t`Device`, width: '130px', card: 'line' },
      { key: 'document', head: t`Document`, width: '150px', card: 'line' },
      { key: 'face', head: t`Face match`, width: '150px' },
      ...columnIf(seat.can('USERS:VIEW'), { key: 'user', head: t`User`, width: 'minmax(160px, 1fr)' }),
    ],
    [seat, t],
  );
  return (
    <ListPage
      title={t`Proofing requests`}
      view={view}
      total={total}
      noun={<Plural value={total ?? 0} one="request" other="requests" />}
      columns={columns}
      cells={(row, shown) => <ProofingRow request={row} columns={shown} />}
      hidden={value.hide}
      onHide={(hide) => update({ hide })}
      file={{ list: 'proofingRequests', filters, orderBy: orderByOf(value.order) }}
      onOpen={(row) => row.user && navigate(seat.to(`/users/${row.user.id}/proofing`))}
      actions={
        <Button icon="print" onClick={() => window.print()}>
          <Trans>Print</Trans>
        </Button>
      }
      filters={
        <>
          <PeriodFilter label={t`Request time`} value={value.time} onChange={(time) => update({ time })} />
          <ValuesFilter
            isSingle
            label={t`Device`}
            values={DEVICE_CHECKS}
            selected={value.device ? [value.device] : []}
            name={(one) => <WordBadge words={deviceCheck} value={one} isPlain />}
            onChange={([device = null]) => update({ device })}
          />
          <ValuesFilter
            isSingle
            label={t`State`}
            values={PROOFING_STATES}
            selected={value.state ? [value.state] : []}
            name={(one) => <WordBadge words={proofingState} value={one} isPlain />}
            onChange={([state = null]) => update({ state })}
          />
          <ValuesFilter
            isSingle
            label={t`Document`}
            values={DOCUMENT_RESULTS}
            selected={value.document ? [value.document] : []}
            name={(one) => <WordBadge words={documentResult} value={one} isPlain />}
            onChange={([document = null]) => update({ document })}
          />
          <ValuesFilter
            isSingle
            label={t`Face match`}
            values={FACE_MATCHES}
            selected={value.face ? [value.face] : []}
            name={(one) => <WordBadge words={faceMatch} value={one} isPlain />}
            onChange={([face = null]) => update({ face })}
          />
        </>
      }
      order={{
        value: value.order,
        values: PROOFING_ORDERS,
        words: proofingOrder,
        onChange: (order) => update({ order }),
      }}
      chart={<OutcomeChart filters={filters} />}
      news={NEWS}
      isFiltered={filters !== null}
      onDropFilters={() => update({ time: NO_PERIOD, device: null, state: null, document: null, face: null })}
      dropped={dropped}
      onKeepDropped={() => update({})}
      empty={{
        title: <Trans>There are no proofing requests yet</Trans>,
        text: <Trans>A request begins with a check of the device, through the API.</Trans>,
      }}
    />
  );
}

export default ProofingRequestsPage;
