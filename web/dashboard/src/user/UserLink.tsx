import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { graphql, useFragment } from 'react-relay/hooks';
import { Link } from 'wouter';
import { useSeat } from '../app/seat.tsx';
import type { UserLink_user$key } from './__generated__/UserLink_user.graphql.ts';

/** A link in a row of a list: the list has one tab stop, so the link itself is none. */
export function UserAnchor({ id, children }: { id: string; children: ReactNode }) {
  const seat = useSeat();
  return (
    <Link href={seat.to(`/users/${id}`)} tabIndex={-1}>
      {children}
    </Link>
  );
}

/** The user that something belongs to, by its number and, where that may be seen, its name. */
export function UserLink({ user }: { user: UserLink_user$key }) {
  const data = useFragment(
    graphql`
      fragment UserLink_user on User {
        id
        number
        fullName @include(if: $personal)
      }
    `,
    user,
  );
  return (
    <UserAnchor id={data.id}>
      <Trans>No. {data.number}</Trans> {data.fullName}
    </UserAnchor>
  );
}
