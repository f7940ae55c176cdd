import { Trans } from '@lingui/react/macro';
import { graphql, useFragment } from 'react-relay';
import { Link } from 'wouter';
import { useSeat } from '../app/seat.tsx';
import { WordBadge } from '../app/WordBadge.tsx';
import { HeldLevels } from '../identification/HeldLevels.tsx';
import { Chip } from '../ui/Badge.tsx';
import { Cell, type Column } from '../ui/Grid.tsx';
import { Time } from '../ui/Time.tsx';
import type { UserRow_user$key } from './__generated__/UserRow_user.graphql.ts';
import styles from './user.module.css';
import { userStatus } from './words.ts';

interface Props {
  user: UserRow_user$key;
  columns: readonly Column[];
}

export function UserRow({ user, columns }: Props) {
  const seat = useSeat();
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
  const to = seat.to(`/users/${data.id}`);
  return columns.map((column) => {
    switch (column.key) {
      case 'number':
        return (
          <Cell key="number" column={column} look="mono">
            {data.number}
          </Cell>
        );
      case 'name':
        return (
          <Cell key="name" column={column} look="strong">
            <Link href={to} tabIndex={-1}>
              {data.fullName ?? (data.status === 'Erased' ? <Trans>Erased user</Trans> : <Trans>No name</Trans>)}
            </Link>
          </Cell>
        );
      case 'refId':
        return (
          <Cell key="refId" column={column} look="mono">
            {seat.can('USERS:PERSONAL') ? (
              data.refId
            ) : (
              <Link href={to} tabIndex={-1}>
                {data.refId ?? data.number}
              </Link>
            )}
          </Cell>
        );
      case 'status':
        return (
          <Cell key="status" column={column}>
            <WordBadge words={userStatus} value={data.status} isPlain />
          </Cell>
        );
      case 'levels':
        return (
          <Cell key="levels" column={column}>
            {data.identificationLevels && <HeldLevels levels={data.identificationLevels} />}
          </Cell>
        );
      case 'verification':
        return (
          <Cell key="verification" column={column}>
            {data.currentVerificationLevel?.name}
          </Cell>
        );
      case 'tags':
        return (
          <Cell key="tags" column={column}>
            <span className={styles.tags}>{data.tags?.map((tag) => <Chip key={tag}>{tag}</Chip>)}</span>
          </Cell>
        );
      default:
        return (
          <Cell key={column.key} column={column}>
            <Time at={data.updatedAt} style="date" />
          </Cell>
        );
    }
  });
}
