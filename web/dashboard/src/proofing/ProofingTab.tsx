import { Trans, useLingui } from '@lingui/react/macro';
import { graphql, usePaginationFragment } from 'react-relay/hooks';
import { More } from '../app/More.tsx';
import { usePageQuery } from '../app/use-page-query.ts';
import { Card, Message } from '../ui/Panel.tsx';
import { Table } from '../ui/Table.tsx';
import { Time } from '../ui/Time.tsx';
import type { ProofingTab_user$key } from './__generated__/ProofingTab_user.graphql.ts';
import type { ProofingTabQuery } from './__generated__/ProofingTabQuery.graphql.ts';
import { Outcome } from './Outcome.tsx';

export function ProofingTab({ userId }: { userId: string }) {
  const { user } = usePageQuery<ProofingTabQuery>(
    graphql`
      query ProofingTabQuery($id: String!) {
        user(id: $id) {
          ...ProofingTab_user
        }
      }
    `,
    { id: userId },
  );
  return user && <Requests user={user} />;
}

function Requests({ user }: { user: ProofingTab_user$key }) {
  const { t } = useLingui();
  const { data, ...paging } = usePaginationFragment(
    graphql`
      fragment ProofingTab_user on User
      @refetchable(queryName: "ProofingTabMoreQuery")
      @argumentDefinitions(count: { type: "Int", defaultValue: 50 }, cursor: { type: "String" }) {
        proofingRequests(first: $count, after: $cursor) @connection(key: "ProofingTab_proofingRequests") {
          edges {
            node {
              id
              requestTime
              ...Outcome_request
            }
          }
        }
      }
    `,
    user,
  );
  const edges = data.proofingRequests?.edges ?? [];
  if (edges.length === 0) {
    return <Message icon="proofing" title={<Trans>No proofing request yet</Trans>} />;
  }
  return (
    <Card>
      <Table
        label={t`Proofing requests`}
        heads={[
          { text: t`Request time` },
          { text: t`State` },
          { text: t`Device` },
          { text: t`Document` },
          { text: t`Face match` },
        ]}
      >
        {edges.map(({ node }) => (
          <tr key={node.id}>
            <td>
              <Time at={node.requestTime} />
            </td>
            <Outcome request={node} />
          </tr>
        ))}
      </Table>
      <More {...paging} />
    </Card>
  );
}

export default ProofingTab;
