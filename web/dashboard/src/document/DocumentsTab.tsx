import { Trans } from '@lingui/react/macro';
import { graphql } from 'react-relay/hooks';
import { useSeat } from '../app/seat.tsx';
import { usePageQuery } from '../app/use-page-query.ts';
import { WordBadge } from '../app/WordBadge.tsx';
import { sessionStatus } from '../session/words.ts';
import { Message } from '../ui/Panel.tsx';
import { Time } from '../ui/Time.tsx';
import type { DocumentsTabQuery } from './__generated__/DocumentsTabQuery.graphql.ts';
import styles from './document.module.css';
import { DocumentCard } from './DocumentCard.tsx';

/** The documents of a user, by the session that they came in. */
export function DocumentsTab({ userId }: { userId: string }) {
  const seat = useSeat();
  const { user } = usePageQuery<DocumentsTabQuery>(
    graphql`
      query DocumentsTabQuery($id: String!, $personal: Boolean!, $sessions: Boolean!, $levels: Boolean!) {
        user(id: $id) {
          ...DocumentCard_user
          verificationSessions(first: 100) @include(if: $sessions) {
            edges {
              node {
                id
                status
                createdAt
                documents {
                  ...documentKey @relay(mask: false)
                  ...DocumentCard_document
                }
              }
            }
          }
          identifications(first: 100) @include(if: $levels) {
            edges {
              node {
                id
                process
                createdAt
                documents {
                  ...documentKey @relay(mask: false)
                  ...DocumentCard_document
                }
              }
            }
          }
        }
      }
    `,
    {
      id: userId,
      personal: seat.can('USERS:PERSONAL'),
      sessions: seat.can('SESSIONS:VIEW'),
      levels: seat.can('IDENTIFICATIONS:VIEW'),
    },
  );
  if (!user) return null;
  const sessions = (user.verificationSessions?.edges ?? []).map(({ node }) => node);
  const shown = new Set(sessions.flatMap(({ documents }) => documents?.map(({ id }) => id) ?? []));
  const runs = (user.identifications?.edges ?? [])
    .map(({ node }) => ({ ...node, documents: node.documents?.filter(({ id }) => !shown.has(id)) ?? [] }))
    .filter(({ documents }) => documents.length > 0);
  const isEmpty = runs.length === 0 && sessions.every(({ documents }) => !documents?.length);
  if (isEmpty) {
    return (
      <Message icon="identification" title={<Trans>No document yet</Trans>}>
        <Trans>Documents come in with a session, or with an identification.</Trans>
      </Message>
    );
  }
  return (
    <>
      {sessions
        .filter(({ documents }) => documents && documents.length > 0)
        .map((session) => (
          <section key={session.id} className={styles.group}>
            <h2 className={styles.groupHead}>
              <Trans>
                Session of <Time at={session.createdAt} />
              </Trans>
              <WordBadge words={sessionStatus} value={session.status} />
            </h2>
            {session.documents?.map((document) => (
              <DocumentCard key={document.id} document={document} user={user} />
            ))}
          </section>
        ))}
      {runs.map((run) => (
        <section key={run.id} className={styles.group}>
          <h2 className={styles.groupHead}>
            <Trans>
              {run.process} of <Time at={run.createdAt} />
            </Trans>
          </h2>
          {run.documents.map((document) => (
            <DocumentCard key={document.id} document={document} user={user} />
          ))}
        </section>
      ))}
    </>
  );
}

export default DocumentsTab;
