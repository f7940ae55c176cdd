import { Trans, useLingui } from '@lingui/react/macro';
import { graphql, usePaginationFragment } from 'react-relay/hooks';
import { More } from '../app/More.tsx';
import { usePageQuery } from '../app/use-page-query.ts';
import { WordOf } from '../app/WordBadge.tsx';
import { AuditLink } from '../audit/AuditLink.tsx';
import { auditAction } from '../audit/words.ts';
import { Card, Message } from '../ui/Panel.tsx';
import { Table } from '../ui/Table.tsx';
import { Time } from '../ui/Time.tsx';
import type { EventsTab_user$key } from './__generated__/EventsTab_user.graphql.ts';
import type { EventsTabQuery } from './__generated__/EventsTabQuery.graphql.ts';
import styles from './user.module.css';

/** What happened to a user. The page reads it again when an event of the user arrives, so new ones are on top. */
export function EventsTab({ userId }: { userId: string }) {
  const { user } = usePageQuery<EventsTabQuery>(
    graphql`
      query EventsTabQuery($id: String!) {
        user(id: $id) {
          ...EventsTab_user
        }
      }
    `,
    { id: userId },
  );
  if (!user) return null;
  return (
    <>
      <p className={styles.note}>
        <Trans>
          Events are kept for 30 days, unless the server's setting webhooks.keep_days says otherwise. The audit keeps who
          changed what.
        </Trans>
      </p>
      <AuditLink userId={userId} />
      <Events user={user} />
    </>
  );
}

function Events({ user }: { user: EventsTab_user$key }) {
  const { t } = useLingui();
  const { data, ...paging } = usePaginationFragment(
    graphql`
      fragment EventsTab_user on User
      @refetchable(queryName: "EventsTabMoreQuery")
      @argumentDefinitions(count: { type: "Int", defaultValue: 50 }, cursor: { type: "String" }) {
        events(first: $count, after: $cursor) @connection(key: "EventsTab_events") {
          edges {
            node {
              eventId
              eventType
              eventDate
              resourceId
            }
          }
        }
      }
    `,
    user,
  );
  const edges = data.events?.edges ?? [];
  if (edges.length === 0) return <Message icon="clock" title={<Trans>No event of this user is kept</Trans>} />;
  return (
    <Card>
      <Table
        label={t`Events`}
        heads={[{ text: t`Time` }, { text: t`What` }, { text: t`Object` }, { text: t`Event` }]}
      >
        {edges.map(({ node }) => (
          <tr key={node.eventId}>
            <td>
              <Time at={node.eventDate} style="second" />
            </td>
            <td>
              <WordOf words={auditAction} value={node.eventType} />
            </td>
            <td>
              <code>{node.resourceId}</code>
            </td>
            <td>
              <code>{node.eventId}</code>
            </td>
          </tr>
        ))}
      </Table>
      <More {...paging} />
    </Card>
  );
}

export default EventsTab;
