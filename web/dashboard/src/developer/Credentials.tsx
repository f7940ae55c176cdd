import { Trans, useLingui } from '@lingui/react/macro';
import { graphql, usePaginationFragment } from 'react-relay/hooks';
import { More } from '../app/More.tsx';
import { usePageQuery } from '../app/use-page-query.ts';
import { Message } from '../ui/Panel.tsx';
import { Table } from '../ui/Table.tsx';
import type { Credentials_query$key } from './__generated__/Credentials_query.graphql.ts';
import type { CredentialsPageQuery } from './__generated__/CredentialsPageQuery.graphql.ts';
import { CredentialRow } from './CredentialRow.tsx';

export function Credentials() {
  const query = usePageQuery<CredentialsPageQuery>(
    graphql`
      query CredentialsPageQuery {
        ...Credentials_query
      }
    `,
    {},
  );
  return <CredentialTable query={query} />;
}

function CredentialTable({ query }: { query: Credentials_query$key }) {
  const { t } = useLingui();
  const { data, ...paging } = usePaginationFragment(
    graphql`
      fragment Credentials_query on Query
      @refetchable(queryName: "CredentialsMoreQuery")
      @argumentDefinitions(count: { type: "Int", defaultValue: 50 }, cursor: { type: "String" }) {
        credentials(first: $count, after: $cursor) @connection(key: "Credentials_credentials") {
          edges {
            node {
              id
              ...CredentialRow_credential
            }
          }
        }
      }
    `,
    query,
  );
  const edges = data.credentials?.edges ?? [];
  if (edges.length === 0) {
    return (
      <Message icon="developer" title={<Trans>There is no credential yet</Trans>}>
        <Trans>A program signs in with a credential. Each should have its own.</Trans>
      </Message>
    );
  }
  return (
    <>
      <Table
        label={t`Credentials`}
        isStacked
        heads={[
          { text: t`No.`, align: 'end' },
          { text: t`Label` },
          { text: t`Permissions` },
          { text: t`Limited to` },
          { text: t`Created` },
          { text: t`Last used` },
          { text: t`State` },
          { text: <span className="visually-hidden">{t`Actions`}</span>, align: 'end' },
        ]}
      >
        {edges.map(({ node }) => (
          <CredentialRow key={node.id} credential={node} />
        ))}
      </Table>
      <More {...paging} />
    </>
  );
}
