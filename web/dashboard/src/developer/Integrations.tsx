import { Trans, useLingui } from '@lingui/react/macro';
import { graphql, usePaginationFragment } from 'react-relay/hooks';
import { More } from '../app/More.tsx';
import { usePageQuery } from '../app/use-page-query.ts';
import { useWords } from '../app/words.ts';
import { resultScope } from '../result/words.ts';
import { Message } from '../ui/Panel.tsx';
import { Table } from '../ui/Table.tsx';
import { Time } from '../ui/Time.tsx';
import type { Integrations_query$key } from './__generated__/Integrations_query.graphql.ts';
import type { IntegrationsPageQuery } from './__generated__/IntegrationsPageQuery.graphql.ts';

/** The relying parties that read results. The operator of the server creates them. */
export function Integrations() {
  const query = usePageQuery<IntegrationsPageQuery>(
    graphql`
      query IntegrationsPageQuery {
        ...Integrations_query
      }
    `,
    {},
  );
  return <IntegrationTable query={query} />;
}

function IntegrationTable({ query }: { query: Integrations_query$key }) {
  const { t } = useLingui();
  const words = useWords();
  const { data, ...paging } = usePaginationFragment(
    graphql`
      fragment Integrations_query on Query
      @refetchable(queryName: "IntegrationsMoreQuery")
      @argumentDefinitions(count: { type: "Int", defaultValue: 50 }, cursor: { type: "String" }) {
        integrations(first: $count, after: $cursor) @connection(key: "Integrations_integrations") {
          edges {
            node {
              id
              label
              scopes
              createdAt
            }
          }
        }
      }
    `,
    query,
  );
  const edges = data.integrations?.edges ?? [];
  if (edges.length === 0) {
    return (
      <Message icon="developer" title={<Trans>There is no integration yet</Trans>}>
        <Trans>
          A relying party reads results with an integration. The operator of the server creates one with{' '}
          <code>verigraph integration create</code>.
        </Trans>
      </Message>
    );
  }
  return (
    <>
      <Table
        label={t`Integrations`}
        isStacked
        heads={[{ text: t`Label` }, { text: t`Receives` }, { text: t`Created` }]}
      >
        {edges.map(({ node }) => (
          <tr key={node.id}>
            <td data-label={t`Label`}>
              <div>
                <strong>{node.label}</strong>
                <br />
                <code>{node.id}</code>
              </div>
            </td>
            <td data-label={t`Receives`}>
              {node.scopes.map((scope) => words(resultScope, scope).text).join(', ') || '–'}
            </td>
            <td data-label={t`Created`}>
              <Time at={node.createdAt} style="date" />
            </td>
          </tr>
        ))}
      </Table>
      <More {...paging} />
    </>
  );
}
