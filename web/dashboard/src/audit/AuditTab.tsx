import { Trans, useLingui } from '@lingui/react/macro';
import { graphql, usePaginationFragment } from 'react-relay/hooks';
import { More } from '../app/More.tsx';
import { usePageQuery } from '../app/use-page-query.ts';
import { WordOf } from '../app/WordBadge.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { Card, Message } from '../ui/Panel.tsx';
import { Table } from '../ui/Table.tsx';
import { Time } from '../ui/Time.tsx';
import type { AuditTab_query$key } from './__generated__/AuditTab_query.graphql.ts';
import type { AuditTabQuery } from './__generated__/AuditTabQuery.graphql.ts';
import { AuditLink } from './AuditLink.tsx';
import { Who } from './Who.tsx';
import { auditAction } from './words.ts';

export function AuditTab({ userId }: { userId: string }) {
  const data = usePageQuery<AuditTabQuery>(
    graphql`
      query AuditTabQuery($filters: AuditEventFiltersInput) {
        ...AuditTab_query @arguments(filters: $filters)
      }
    `,
    { filters: { userId } },
  );
  return (
    <>
      <AuditLink userId={userId} />
      <Entries query={data} />
    </>
  );
}

function Entries({ query }: { query: AuditTab_query$key }) {
  const { t } = useLingui();
  const { data, ...paging } = usePaginationFragment(
    graphql`
      fragment AuditTab_query on Query
      @refetchable(queryName: "AuditTabMoreQuery")
      @argumentDefinitions(
        count: { type: "Int", defaultValue: 50 }
        cursor: { type: "String" }
        filters: { type: "AuditEventFiltersInput" }
      ) {
        auditEvents(first: $count, after: $cursor, filters: $filters) @connection(key: "AuditTab_auditEvents") {
          edges {
            node {
              id
              action
              resourceId
              requestId
              createdAt
              actor {
                id
                label
              }
            }
          }
        }
      }
    `,
    query,
  );
  const edges = data.auditEvents?.edges ?? [];
  if (edges.length === 0) return <Message icon="audit" title={<Trans>Nothing was recorded of this user yet</Trans>} />;
  return (
    <Card>
      <Table
        label={t`Audit`}
        heads={[{ text: t`Time` }, { text: t`What` }, { text: t`Who` }, { text: t`Object` }, { text: t`Request` }]}
      >
        {edges.map(({ node }) => (
          <tr key={node.id}>
            <td>
              <Time at={node.createdAt} style="second" />
            </td>
            <td>
              <WordOf words={auditAction} value={node.action} />
            </td>
            <td><Who actor={node.actor} /></td>
            <td>
              <code>{node.resourceId}</code>
            </td>
            <td>
              <code>{node.requestId ?? '–'}</code>{' '}
              {node.requestId && <CopyButton text={node.requestId} label={t`Copy request id`} />}
            </td>
          </tr>
        ))}
      </Table>
      <More {...paging} />
    </Card>
  );
}

export default AuditTab;
