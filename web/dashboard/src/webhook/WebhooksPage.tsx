import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql, usePaginationFragment } from 'react-relay/hooks';
import { Changes } from '../app/Changes.tsx';
import { More } from '../app/More.tsx';
import { Part } from '../app/Part.tsx';
import { useSeat } from '../app/seat.tsx';
import { Tabs } from '../app/Tabs.tsx';
import { usePageQuery } from '../app/use-page-query.ts';
import { useTitle } from '../app/use-title.ts';
import { Button } from '../ui/Button.tsx';
import { Page } from '../ui/Page.tsx';
import { Message } from '../ui/Panel.tsx';
import type { WebhooksPage_query$key } from './__generated__/WebhooksPage_query.graphql.ts';
import type { WebhooksPageQuery } from './__generated__/WebhooksPageQuery.graphql.ts';
import { EndpointCard } from './EndpointCard.tsx';
import { Health } from './Health.tsx';
import { NewEndpointDialog } from './NewEndpointDialog.tsx';
import { useWebhookTabs } from './use-webhook-tabs.ts';

export function WebhooksPage() {
  const { t } = useLingui();
  const seat = useSeat();
  const tabs = useWebhookTabs('endpoints');
  const [isAdding, setAdding] = useState(false);
  useTitle(t`Webhooks`);
  return (
    <Changes>
      <Page
        title={<Trans>Webhooks</Trans>}
        tabs={<Tabs {...tabs} />}
        actions={
          seat.can('WEBHOOKS:MANAGE') && (
            <Button tone="primary" icon="plus" onClick={() => setAdding(true)}>
              <Trans>New endpoint</Trans>
            </Button>
          )
        }
      >
        <Part rows={6}>
          <Endpoints />
        </Part>
        {isAdding && <NewEndpointDialog onClose={() => setAdding(false)} />}
      </Page>
    </Changes>
  );
}

function Endpoints() {
  const query = usePageQuery<WebhooksPageQuery>(
    graphql`
      query WebhooksPageQuery {
        ...WebhooksPage_query
      }
    `,
    {},
  );
  return <EndpointList query={query} />;
}

function EndpointList({ query }: { query: WebhooksPage_query$key }) {
  const { data, ...paging } = usePaginationFragment(
    graphql`
      fragment WebhooksPage_query on Query
      @refetchable(queryName: "WebhooksPageMoreQuery")
      @argumentDefinitions(count: { type: "Int", defaultValue: 50 }, cursor: { type: "String" }) {
        webhookSubscriptions(first: $count, after: $cursor) @connection(key: "WebhooksPage_webhookSubscriptions") {
          edges {
            node {
              id
              ...EndpointCard_endpoint
            }
          }
        }
      }
    `,
    query,
  );
  const edges = data.webhookSubscriptions?.edges ?? [];
  if (edges.length === 0) {
    return (
      <Message icon="webhook" title={<Trans>There is no endpoint yet</Trans>}>
        <Trans>An endpoint is an address of yours that is told what happens here, as it happens.</Trans>
      </Message>
    );
  }
  return (
    <>
      {edges.map(({ node }) => (
        <EndpointCard key={node.id} endpoint={node} health={<Health endpoint={node.id} />} />
      ))}
      <More {...paging} />
    </>
  );
}

export default WebhooksPage;
