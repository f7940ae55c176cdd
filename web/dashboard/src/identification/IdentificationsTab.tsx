import { Trans } from '@lingui/react/macro';
import { graphql, usePaginationFragment } from 'react-relay/hooks';
import { More } from '../app/More.tsx';
import { usePageQuery } from '../app/use-page-query.ts';
import { Message } from '../ui/Panel.tsx';
import type { IdentificationsTab_user$key } from './__generated__/IdentificationsTab_user.graphql.ts';
import type { IdentificationsTabQuery } from './__generated__/IdentificationsTabQuery.graphql.ts';
import styles from './identification.module.css';
import { IdentificationCard } from './IdentificationCard.tsx';

export function IdentificationsTab({ userId }: { userId: string }) {
  const { user } = usePageQuery<IdentificationsTabQuery>(
    graphql`
      query IdentificationsTabQuery($id: String!) {
        user(id: $id) {
          ...IdentificationsTab_user
        }
      }
    `,
    { id: userId },
  );
  return user && <Runs user={user} />;
}

function Runs({ user }: { user: IdentificationsTab_user$key }) {
  const { data, ...paging } = usePaginationFragment(
    graphql`
      fragment IdentificationsTab_user on User
      @refetchable(queryName: "IdentificationsTabMoreQuery")
      @argumentDefinitions(count: { type: "Int", defaultValue: 50 }, cursor: { type: "String" }) {
        identifications(first: $count, after: $cursor) @connection(key: "IdentificationsTab_identifications") {
          edges {
            node {
              id
              ...IdentificationCard_identification
            }
          }
        }
      }
    `,
    user,
  );
  const edges = data.identifications?.edges ?? [];
  if (edges.length === 0) {
    return (
      <Message icon="identification" title={<Trans>No identification yet</Trans>}>
        <Trans>An identification is a run of Expert, QES or PVID, which can award levels.</Trans>
      </Message>
    );
  }
  return (
    <>
      <div className={styles.runs}>
        {edges.map(({ node }) => (
          <IdentificationCard key={node.id} identification={node} />
        ))}
      </div>
      <More {...paging} />
    </>
  );
}

export default IdentificationsTab;
