import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql, usePaginationFragment } from 'react-relay/hooks';
import { More } from '../app/More.tsx';
import { useSeat } from '../app/seat.tsx';
import { usePageQuery } from '../app/use-page-query.ts';
import { WordBadge, WordOf } from '../app/WordBadge.tsx';
import { Chip } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { Card, Message } from '../ui/Panel.tsx';
import { Table } from '../ui/Table.tsx';
import { Time } from '../ui/Time.tsx';
import type { SessionsTab_user$key } from './__generated__/SessionsTab_user.graphql.ts';
import type { SessionsTabQuery } from './__generated__/SessionsTabQuery.graphql.ts';
import { CompleteSessionDialog } from './CompleteSessionDialog.tsx';
import styles from './session.module.css';
import { sessionStatus, verificationStep } from './words.ts';

export function SessionsTab({ userId }: { userId: string }) {
  const { user } = usePageQuery<SessionsTabQuery>(
    graphql`
      query SessionsTabQuery($id: String!) {
        user(id: $id) {
          ...SessionsTab_user
        }
      }
    `,
    { id: userId },
  );
  return user && <Sessions user={user} />;
}

function Sessions({ user }: { user: SessionsTab_user$key }) {
  const { t } = useLingui();
  const mayComplete = useSeat().can('SESSIONS:EDIT');
  const [open, setOpen] = useState<string | null>(null);
  const { data, ...paging } = usePaginationFragment(
    graphql`
      fragment SessionsTab_user on User
      @refetchable(queryName: "SessionsTabMoreQuery")
      @argumentDefinitions(count: { type: "Int", defaultValue: 50 }, cursor: { type: "String" }) {
        verificationSessions(first: $count, after: $cursor) @connection(key: "SessionsTab_verificationSessions") {
          edges {
            node {
              id
              status
              flowId
              refId
              steps
              createdAt
              updatedAt
            }
          }
        }
      }
    `,
    user,
  );
  const edges = data.verificationSessions?.edges ?? [];
  if (edges.length === 0) return <Message icon="session" title={<Trans>No session yet</Trans>} />;
  return (
    <Card>
      <Table
        label={t`Sessions`}
        heads={[
          { text: t`Created` },
          { text: t`Status` },
          { text: t`Steps` },
          { text: t`Flow` },
          { text: 'refId' },
          { text: t`Updated`, align: 'end' },
          ...(mayComplete ? [{ text: <span className="visually-hidden">{t`Actions`}</span> }] : []),
        ]}
      >
        {edges.map(({ node }) => (
          <tr key={node.id}>
            <td>
              <Time at={node.createdAt} />
            </td>
            <td>
              <WordBadge words={sessionStatus} value={node.status} isPlain />
            </td>
            <td>
              <span className={styles.steps}>
                {node.steps.map((step) => (
                  <Chip key={step}>
                    <WordOf words={verificationStep} value={step} />
                  </Chip>
                ))}
              </span>
            </td>
            <td>
              <code>{node.flowId}</code>
            </td>
            <td>
              <code>{node.refId}</code>
            </td>
            <td data-align="end">
              <Time at={node.updatedAt} style="date" />
            </td>
            {mayComplete && (
              <td data-align="end">
                {(node.status === 'InProgress' || node.status === 'Pending') && (
                  <Button onClick={() => setOpen(node.id)}>
                    <Trans>Complete it</Trans>
                  </Button>
                )}
              </td>
            )}
          </tr>
        ))}
      </Table>
      <More {...paging} />
      {open && <CompleteSessionDialog sessionId={open} onClose={() => setOpen(null)} />}
    </Card>
  );
}

export default SessionsTab;
