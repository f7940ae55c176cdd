import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Suspense, useMemo, useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { ListPage } from '../app/ListPage.tsx';
import { useSeat } from '../app/seat.tsx';
import { Tabs } from '../app/Tabs.tsx';
import { usePages } from '../app/use-pages.ts';
import { useQueryState } from '../app/use-query-state.ts';
import { useTotal } from '../app/use-total.ts';
import { WordOf } from '../app/WordBadge.tsx';
import { Button } from '../ui/Button.tsx';
import { TextFilter, TextsFilter, ValuesFilter } from '../ui/Filter.tsx';
import type { Column } from '../ui/Grid.tsx';
import { PeriodFilter } from '../ui/PeriodFilter.tsx';
import type { DeliveriesPageQuery } from './__generated__/DeliveriesPageQuery.graphql.ts';
import type { DeliveriesPageTotalQuery } from './__generated__/DeliveriesPageTotalQuery.graphql.ts';
import { DeliveryDialog } from './DeliveryDialog.tsx';
import { DeliveryRow } from './DeliveryRow.tsx';
import { EndpointFilter } from './EndpointFilter.tsx';
import { deliveryListQuery, filtersOf, NO_FILTERS } from './list-query.ts';
import { ReplayDialog } from './ReplayDialog.tsx';
import { ReplayFailedDialog } from './ReplayFailedDialog.tsx';
import { MOST_REPLAYS, replayable } from './replay.ts';
import { useWebhookTabs } from './use-webhook-tabs.ts';
import { DELIVERY_STATUSES, deliveryStatus } from './words.ts';

type Row = NonNullable<DeliveriesPageQuery['response']['webhookEventLogs']>['edges'][number]['node'];

export function DeliveriesPage() {
  const { t } = useLingui();
  const seat = useSeat();
  const tabs = useWebhookTabs('log');
  const { value, dropped, update } = useQueryState(deliveryListQuery);
  const [open, setOpen] = useState<{ id: string; status: string } | null>(null);
  const [replayed, setReplayed] = useState<readonly string[] | null>(null);
  const [isReplayingAll, setReplayingAll] = useState(false);
  const filters = filtersOf(value);
  const view = usePages<DeliveriesPageQuery, Row>({
    query: graphql`
      query DeliveriesPageQuery(
        $first: Int
        $after: String
        $last: Int
        $before: String
        $filters: WebhookEventLogFiltersInput
      ) {
        webhookEventLogs(first: $first, after: $after, last: $last, before: $before, filters: $filters) {
          edges {
            node {
              id
              status
              ...DeliveryRow_delivery
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
    connection: (data) => data.webhookEventLogs,
  });
  const total = useTotal<DeliveriesPageTotalQuery>({
    query: graphql`
      query DeliveriesPageTotalQuery($filters: WebhookEventLogFiltersInput) {
        webhookEventLogs(filters: $filters) {
          totalCount
        }
      }
    `,
    variables: { filters },
    total: (data) => data.webhookEventLogs?.totalCount,
    isReady: !view.isFirstLoading,
  });
  const columns = useMemo<Column[]>(
    () => [
      { key: 'time', head: t`Time`, width: '168px', card: 'line' },
      { key: 'event', head: t`Event`, width: 'minmax(150px, 2fr)', card: 'title', look: 'strong' },
      { key: 'object', head: t`Object`, width: 'minmax(90px, 1fr)', look: 'mono' },
      { key: 'endpoint', head: t`Endpoint`, width: 'minmax(90px, 1fr)', card: 'line' },
      { key: 'status', head: t`Status`, width: '104px', card: 'side' },
      { key: 'attempts', head: t`Attempts`, width: '84px', align: 'end' },
      { key: 'answer', head: t`Answer`, width: '76px', align: 'end' },
      { key: 'duration', head: t`Took`, width: '84px', align: 'end' },
      { key: 'next', head: t`Next attempt`, width: '116px', align: 'end' },
    ],
    [t],
  );
  const rows = Array.from({ length: view.loaded }, (_, index) => view.pages.row(index));
  const failed = replayable(rows);
  return (
    <>
      <ListPage
        title={t`Deliveries`}
        view={view}
        total={total}
        noun={<Plural value={total ?? 0} one="delivery" other="deliveries" />}
        columns={columns}
        cells={(row, shown) => <DeliveryRow delivery={row} columns={shown} />}
        hidden={value.hide}
        onHide={(hide) => update({ hide })}
        file={{ list: 'webhookEventLogs', filters }}
        onOpen={(row) => setOpen(row)}
        search={<Tabs {...tabs} isInline />}
        actions={
          seat.can('WEBHOOKS:MANAGE') && (
            <>
              {value.endpoint && (
                <Button onClick={() => setReplayingAll(true)}>
                  <Trans>Send all that failed again</Trans>
                </Button>
              )}
              <Button
                onClick={() => setReplayed(failed)}
                refusal={failed.length === 0 ? t`none of the deliveries shown has failed` : undefined}
                title={t`The first ${MOST_REPLAYS} of this list that failed`}
              >
                <Trans>Send what failed again</Trans>
              </Button>
            </>
          )
        }
        filters={
          <>
            <PeriodFilter label={t`Created`} value={value.time} onChange={(time) => update({ time })} />
            <Suspense fallback={null}>
              <EndpointFilter value={value.endpoint} onChange={(endpoint) => update({ endpoint })} />
            </Suspense>
            <ValuesFilter
              label={t`Status`}
              values={DELIVERY_STATUSES}
              selected={value.status}
              name={(status) => <WordOf words={deliveryStatus} value={status} />}
              onChange={(status) => update({ status })}
            />
            <TextsFilter
              label={t`Type of event`}
              placeholder="Identification.Updated"
              selected={value.type}
              onChange={(type) => update({ type })}
            />
            <TextFilter label={t`Event id`} value={value.event} onChange={(event) => update({ event })} />
            <TextFilter label={t`Object id`} value={value.object} onChange={(object) => update({ object })} />
          </>
        }
        isFiltered={filters !== null}
        onDropFilters={() => update(NO_FILTERS)}
        dropped={dropped}
        onKeepDropped={() => update({})}
        empty={{
          title: <Trans>Nothing was sent yet</Trans>,
          text: <Trans>Every event that an endpoint is told of stands here, with each attempt to deliver it.</Trans>,
        }}
      />
      {open !== null && <DeliveryDialog id={open.id} status={open.status} onClose={() => setOpen(null)} />}
      {isReplayingAll && value.endpoint && (
        <ReplayFailedDialog
          endpoint={value.endpoint}
          createdAt={filters?.createdAt ?? null}
          onClose={() => {
            setReplayingAll(false);
            view.pages.restart();
          }}
        />
      )}
      {replayed && <ReplayDialog ids={replayed} onClose={() => setReplayed(null)} />}
    </>
  );
}

export default DeliveriesPage;
