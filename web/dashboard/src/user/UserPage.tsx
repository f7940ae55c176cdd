import { Trans, useLingui } from '@lingui/react/macro';
import { Suspense } from 'react';
import { graphql } from 'react-relay/hooks';
import { Link, useParams } from 'wouter';
import { ErrorBoundary } from '../app/ErrorMessage.tsx';
import { useLive } from '../app/relay/live.ts';
import { useSeat } from '../app/seat.tsx';
import { Tabs } from '../app/Tabs.tsx';
import { BumpContext, ChangeContext, usePageQuery } from '../app/use-page-query.ts';
import { useTitle } from '../app/use-title.ts';
import { WordBadge } from '../app/WordBadge.tsx';
import { Chip } from '../ui/Badge.tsx';
import { Icon } from '../ui/icon.tsx';
import { Message, Skeleton } from '../ui/Panel.tsx';
import type { UserPageQuery } from './__generated__/UserPageQuery.graphql.ts';
import styles from './UserPage.module.css';
import { UserActions } from './UserActions.tsx';
import { useUserChanges } from './use-user-changes.ts';
import { tabsOf } from './tabs.tsx';
import { userStatus } from './words.ts';

export function UserPage() {
  const { id = '', '*': rest = '' } = useParams<{ id: string; '*': string }>();
  const { change, bump } = useUserChanges(id);
  return (
    <ChangeContext value={change}>
      <BumpContext value={bump}>
        <Suspense fallback={<Skeleton rows={12} />}>
          <User key={id} id={id} tab={rest} />
        </Suspense>
      </BumpContext>
    </ChangeContext>
  );
}

function User({ id, tab }: { id: string; tab: string }) {
  const seat = useSeat();
  const { t } = useLingui();
  const { isLive } = useLive();
  const { user } = usePageQuery<UserPageQuery>(
    graphql`
      query UserPageQuery($id: String!, $personal: Boolean!, $erase: Boolean!) {
        user(id: $id) {
          id
          number
          refId
          status
          tags
          fullName @include(if: $personal)
          legalHoldReason @include(if: $erase)
          ...UserActions_user
        }
      }
    `,
    { id, personal: seat.can('USERS:PERSONAL'), erase: seat.can('USERS:ERASE') },
  );
  useTitle(user ? t`User ${user.number}` : t`User`);
  const back = (
    <Link href={seat.to('/users')} className={styles.back}>
      <Icon name="left" />
      <Trans>Users</Trans>
    </Link>
  );
  if (!user) {
    return (
      <div className={styles.page}>
        <header className={styles.head}>{back}</header>
        <Message title={<Trans>There is no such user, or you may not see it</Trans>} />
      </div>
    );
  }
  const tabs = tabsOf(seat);
  const current = tabs.find(({ path }) => path === tab) ?? tabs[0];
  const Content = current?.component;
  const title = user.fullName ?? t`User ${user.number}`;
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        {back}
        <div className={styles.title}>
          <h1>{title}</h1>
          <WordBadge words={userStatus} value={user.status} />
          {user.tags?.map((tag) => <Chip key={tag}>{tag}</Chip>)}
          <span className={styles.live} data-live={isLive || undefined}>
            {isLive ? <Trans>Live updates</Trans> : <Trans>Connecting</Trans>}
          </span>
          <UserActions user={user} />
        </div>
        <p className={styles.ids}>
          <Trans>No. {user.number}</Trans>
          {user.refId && (
            <>
              {' · '}
              <code>{user.refId}</code>
            </>
          )}
        </p>
        {user.legalHoldReason && (
          <p className={styles.hold}>
            <Icon name="hold" />
            <Trans>On hold: {user.legalHoldReason}</Trans>
          </p>
        )}
      </header>
      <Tabs
        label={t`Parts of the user`}
        links={tabs.map(({ path, name }) => ({
          href: seat.to(`/users/${id}${path ? `/${path}` : ''}`),
          name,
          isHere: path === current?.path,
        }))}
        isReplacing
      />
      <div className={styles.content}>
        <ErrorBoundary resetKey={tab}>
          <Suspense key={tab} fallback={<Skeleton rows={6} />}>
            {Content && <Content userId={user.id} />}
          </Suspense>
        </ErrorBoundary>
      </div>
    </div>
  );
}

export default UserPage;
