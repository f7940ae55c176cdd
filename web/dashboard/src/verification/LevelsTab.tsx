import { Trans } from '@lingui/react/macro';
import { graphql, usePaginationFragment } from 'react-relay/hooks';
import { More } from '../app/More.tsx';
import { usePageQuery } from '../app/use-page-query.ts';
import { Card, Message } from '../ui/Panel.tsx';
import { Time } from '../ui/Time.tsx';
import type { LevelsTab_user$key } from './__generated__/LevelsTab_user.graphql.ts';
import type { LevelsTabQuery } from './__generated__/LevelsTabQuery.graphql.ts';
import styles from './verification.module.css';

export function LevelsTab({ userId }: { userId: string }) {
  const { user } = usePageQuery<LevelsTabQuery>(
    graphql`
      query LevelsTabQuery($id: String!) {
        user(id: $id) {
          ...LevelsTab_user
        }
      }
    `,
    { id: userId },
  );
  return user && <Grants user={user} />;
}

function Grants({ user }: { user: LevelsTab_user$key }) {
  const { data, ...paging } = usePaginationFragment(
    graphql`
      fragment LevelsTab_user on User
      @refetchable(queryName: "LevelsTabMoreQuery")
      @argumentDefinitions(count: { type: "Int", defaultValue: 50 }, cursor: { type: "String" }) {
        currentVerificationLevel {
          name
        }
        verifications(first: $count, after: $cursor) @connection(key: "LevelsTab_verifications") {
          edges {
            node {
              id
              number
              reason
              createdAt
              currentLevel {
                name
              }
              previousLevel {
                name
              }
              actor {
                label
              }
            }
          }
        }
      }
    `,
    user,
  );
  const edges = data.verifications?.edges ?? [];
  return (
    <>
      <p className={styles.now}>
        <Trans>Verification level</Trans> <strong>{data.currentVerificationLevel?.name ?? '–'}</strong>
      </p>
      {edges.length === 0 ? (
        <Message icon="verification" title={<Trans>No level was granted yet</Trans>}>
          <Trans>A user without a grant has the lowest level.</Trans>
        </Message>
      ) : (
        <Card title={<Trans>Grants, the latest first</Trans>}>
          <ol className={styles.timeline}>
            {edges.map(({ node }) => (
              <li key={node.id}>
                <div className={styles.step}>
                  <span className={styles.from}>{node.previousLevel?.name ?? '–'}</span>
                  <span aria-hidden="true">→</span>
                  <span className="visually-hidden">
                    <Trans>to</Trans>
                  </span>
                  <strong>{node.currentLevel.name}</strong>
                </div>
                <p>{node.reason}</p>
                <p className={styles.by}>
                  <Time at={node.createdAt} />
                  {node.actor && (
                    <>
                      {' · '}
                      <Trans>by {node.actor.label}</Trans>
                    </>
                  )}
                  {' · '}
                  <Trans>grant {node.number}</Trans>
                </p>
              </li>
            ))}
          </ol>
          <More {...paging} />
        </Card>
      )}
    </>
  );
}

export default LevelsTab;
