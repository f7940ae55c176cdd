import { graphql, useFragment } from 'react-relay/hooks';
import { WordBadge, WordOf } from '../app/WordBadge.tsx';
import { Chip } from '../ui/Badge.tsx';
import { Cells, type Column } from '../ui/Grid.tsx';
import { Time } from '../ui/Time.tsx';
import { UserLink } from '../user/UserLink.tsx';
import type { SessionRow_session$key } from './__generated__/SessionRow_session.graphql.ts';
import styles from './session.module.css';
import { sessionStatus, verificationStep } from './words.ts';

interface Props {
  session: SessionRow_session$key;
  columns: readonly Column[];
}

export function SessionRow({ session, columns }: Props) {
  const data = useFragment(
    graphql`
      fragment SessionRow_session on VerificationSession {
        status
        steps
        refId
        createdAt
        updatedAt
        user @include(if: $users) {
          ...UserLink_user
        }
      }
    `,
    session,
  );
  return (
    <Cells
      columns={columns}
      values={{
        user: data.user && <UserLink user={data.user} />,
        status: <WordBadge words={sessionStatus} value={data.status} isPlain />,
        steps: (
          <span className={styles.steps}>
            {data.steps.map((step) => (
              <Chip key={step}>
                <WordOf words={verificationStep} value={step} />
              </Chip>
            ))}
          </span>
        ),
        refId: data.refId,
        created: <Time at={data.createdAt} />,
        updated: <Time at={data.updatedAt} />,
      }}
    />
  );
}
