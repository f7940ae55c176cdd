import { graphql, useFragment } from 'react-relay/hooks';
import { Cells, type Column } from '../ui/Grid.tsx';
import { Time } from '../ui/Time.tsx';
import { UserLink } from '../user/UserLink.tsx';
import type { VerificationRow_verification$key } from './__generated__/VerificationRow_verification.graphql.ts';

interface Props {
  verification: VerificationRow_verification$key;
  columns: readonly Column[];
}

export function VerificationRow({ verification, columns }: Props) {
  const data = useFragment(
    graphql`
      fragment VerificationRow_verification on Verification {
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
        user @include(if: $users) {
          ...UserLink_user
        }
      }
    `,
    verification,
  );
  return (
    <Cells
      columns={columns}
      values={{
        number: data.number,
        user: data.user && <UserLink user={data.user} />,
        levels: `${data.previousLevel?.name ?? '–'} → ${data.currentLevel.name}`,
        reason: data.reason,
        by: data.actor?.label,
        time: <Time at={data.createdAt} />,
      }}
    />
  );
}
