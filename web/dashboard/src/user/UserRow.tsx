import { Trans } from '@lingui/react/macro';
import { graphql, useFragment } from 'react-relay/hooks';
import { WordBadge } from '../app/WordBadge.tsx';
import { HeldLevels } from '../identification/HeldLevels.tsx';
import { Chip } from '../ui/Badge.tsx';
import { Cells, type Column } from '../ui/Grid.tsx';
import { Time } from '../ui/Time.tsx';
import type { UserRow_user$key } from './__generated__/UserRow_user.graphql.ts';
import styles from './user.module.css';
import { UserAnchor } from './UserLink.tsx';
import { userStatus } from './words.ts';

interface Props {
  user: UserRow_user$key;
  columns: readonly Column[];
}

export function UserRow({ user, columns }: Props) {
  const data = useFragment(
    graphql`
      fragment UserRow_user on User {
        id
        number
        refId
        status
        tags
        updatedAt
        fullName @include(if: $personal)
        masked @include(if: $masked) {
          fullName
        }
        identificationLevels @include(if: $levels) {
          ...HeldLevels_levels
        }
        currentVerificationLevel @include(if: $grants) {
          name
        }
      }
    `,
    user,
  );
  const hasName = columns.some(({ key }) => key === 'name');
  const name = data.fullName ?? data.masked?.fullName ?? (data.status === 'Erased' ? <Trans>Erased user</Trans> : <Trans>No name</Trans>);
  return (
    <Cells
      columns={columns}
      values={{
        number: hasName ? data.number : <UserAnchor id={data.id}>{data.number}</UserAnchor>,
        name: <UserAnchor id={data.id}>{name}</UserAnchor>,
        refId: data.refId,
        status: <WordBadge words={userStatus} value={data.status} isPlain />,
        levels: data.identificationLevels && <HeldLevels levels={data.identificationLevels} />,
        verification: data.currentVerificationLevel?.name,
        tags: data.tags && data.tags.length > 0 && (
          <span className={styles.tags}>
            {data.tags.map((tag) => (
              <Chip key={tag}>{tag}</Chip>
            ))}
          </span>
        ),
        updated: <Time at={data.updatedAt} style="date" />,
      }}
    />
  );
}
