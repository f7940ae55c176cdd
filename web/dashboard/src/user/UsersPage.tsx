import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, Suspense, useMemo, useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useLocation } from 'wouter';
import { lazyPage } from '../app/lazy-page.ts';
import { ListPage } from '../app/ListPage.tsx';
import { NO_PERIOD, orderByOf, rangeOf } from '../app/query.ts';
import { type Seat, useSeat } from '../app/seat.tsx';
import { usePages } from '../app/use-pages.ts';
import { useQueryState } from '../app/use-query-state.ts';
import { useTotal } from '../app/use-total.ts';
import { WordBadge } from '../app/WordBadge.tsx';
import { Button } from '../ui/Button.tsx';
import { TextsFilter, ValuesFilter } from '../ui/Filter.tsx';
import { IDENTIFICATION_LEVELS, identificationLevel } from '../identification/words.ts';
import { type Column, columnIf } from '../ui/Grid.tsx';
import { Icon } from '../ui/icon.tsx';
import { PeriodFilter } from '../ui/PeriodFilter.tsx';
import { LadderFilter } from '../verification/LadderFilter.tsx';
import type { UsersPageQuery } from './__generated__/UsersPageQuery.graphql.ts';
import type { UsersPageSearchQuery } from './__generated__/UsersPageSearchQuery.graphql.ts';
import type { UsersPageSearchTotalQuery } from './__generated__/UsersPageSearchTotalQuery.graphql.ts';
import type { UsersPageTotalQuery } from './__generated__/UsersPageTotalQuery.graphql.ts';
import type { UserRow_user$key } from './__generated__/UserRow_user.graphql.ts';
import { GoTo } from './GoTo.tsx';
import { userListQuery } from './list-query.ts';
import { idIn } from './search.ts';
import styles from './user.module.css';
import { UserRow } from './UserRow.tsx';
import { USER_ORDERS, USER_STATUSES, userOrder, userStatus } from './words.ts';

const NewUserDialog = lazyPage(() => import('./NewUserDialog.tsx'));

const QUERY = graphql`
  query UsersPageQuery(
    $first: Int
    $after: String
    $last: Int
    $before: String
    $filters: UserFiltersInput
    $orderBy: UsersOrderByInput
    $personal: Boolean!
    $masked: Boolean!
    $levels: Boolean!
    $grants: Boolean!
  ) {
    users(first: $first, after: $after, last: $last, before: $before, filters: $filters, orderBy: $orderBy) {
      edges {
        node {
          id
          ...UserRow_user
        }
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
  }
`;

const TOTAL = graphql`
  query UsersPageTotalQuery($filters: UserFiltersInput) {
    users(filters: $filters) {
      totalCount
    }
  }
`;

const SEARCH = graphql`
  query UsersPageSearchQuery(
    $text: String!
    $first: Int
    $after: String
    $last: Int
    $before: String
    $filters: UserFiltersInput
    $orderBy: UsersOrderByInput
    $personal: Boolean!
    $masked: Boolean!
    $levels: Boolean!
    $grants: Boolean!
  ) {
    userSearch(search: { text: $text }, filters: $filters) {
      notOffered
      users(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy) {
        edges {
          node {
            id
            ...UserRow_user
          }
        }
        pageInfo {
          hasNextPage
          hasPreviousPage
          startCursor
          endCursor
        }
      }
    }
  }
`;

const SEARCH_TOTAL = graphql`
  query UsersPageSearchTotalQuery($text: String!, $filters: UserFiltersInput) {
    userSearch(search: { text: $text }, filters: $filters) {
      users {
        totalCount
      }
    }
  }
`;

const NEWS = ['User.Created'];

// The same function for every drawing of the page: rows are drawn anew where it is another one.
const cells = (row: UserRow_user$key, shown: readonly Column[]) => <UserRow user={row} columns={shown} />;

export function UsersPage() {
  const { t } = useLingui();
  const seat = useSeat();
  const [, navigate] = useLocation();
  const { value, dropped, update } = useQueryState(userListQuery);
  // The text that was looked for stays in memory alone.
  const [search, setSearch] = useState('');
  const [isNameOff, setNameOff] = useState(false);
  const [isNew, setNew] = useState(false);

  const [createdAt, updatedAt] = [rangeOf(value.created), rangeOf(value.updated)];
  const filters = {
    ...(value.status.length > 0 && { statuses: [...value.status] }),
    ...(value.tag.length > 0 && { tags: [...value.tag] }),
    ...(value.level.length > 0 && { validLevels: [...value.level] }),
    ...(value.verification.length > 0 && { verificationLevelIds: [...value.verification] }),
    ...(createdAt && { createdAt }),
    ...(updatedAt && { updatedAt }),
  };
  const text = search.trim();
  const hasFilters = Object.keys(filters).length > 0;
  const isFiltered = hasFilters || text !== '';
  const variables = {
    ...(text !== '' && { text }),
    filters: hasFilters ? filters : null,
    orderBy: orderByOf(value.order),
    personal: seat.can('USERS:PERSONAL'),
    masked: isMasked(seat),
    levels: seat.can('IDENTIFICATIONS:VIEW'),
    grants: seat.can('VERIFICATIONS:VIEW'),
  };
  const view = usePages<UsersPageQuery | UsersPageSearchQuery, Row>({
    query: text === '' ? QUERY : SEARCH,
    variables: variables as UsersPageSearchQuery['variables'],
    connection: (data) => {
      if (!('userSearch' in data)) return data.users;
      setNameOff(data.userSearch?.notOffered.includes('NAME') ?? false);
      return data.userSearch?.users;
    },
  });
  const total = useTotal<UsersPageTotalQuery | UsersPageSearchTotalQuery>({
    query: text === '' ? TOTAL : SEARCH_TOTAL,
    variables: (text === ''
      ? { filters: variables.filters }
      : { text, filters: variables.filters }) as UsersPageSearchTotalQuery['variables'],
    total: (data) => ('userSearch' in data ? data.userSearch?.users?.totalCount : data.users?.totalCount),
    isReady: !view.isFirstLoading,
  });
  const columns = useMemo<Column[]>(
    () => [
      { key: 'number', head: t`No.`, width: '72px', align: 'end', card: 'side', look: 'mono' },
      ...columnIf(seat.can('USERS:PERSONAL') || isMasked(seat), {
        key: 'name',
        head: t`Name`,
        width: 'minmax(160px, 2fr)',
        card: 'title',
        look: 'strong',
        note: t`Names are sealed, so the list cannot be ordered by them`,
      }),
      {
        key: 'refId',
        head: 'refId',
        width: 'minmax(140px, 2fr)',
        card: seat.can('USERS:PERSONAL') || isMasked(seat) ? 'line' : 'title',
        look: 'mono',
      },
      { key: 'status', head: t`Status`, width: '116px', card: 'line' },
      ...columnIf(seat.can('IDENTIFICATIONS:VIEW'), { key: 'levels', head: t`Levels`, width: '176px' }),
      ...columnIf(seat.can('VERIFICATIONS:VIEW'), {
        key: 'verification',
        head: t`Verification`,
        width: 'minmax(100px, 1fr)',
      }),
      { key: 'tags', head: t`Tags`, width: 'minmax(100px, 1fr)' },
      { key: 'updated', head: t`Updated`, width: '124px', align: 'end' },
    ],
    [seat, t],
  );

  function look(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get('text') ?? '');
    const id = idIn(text);
    if (id) navigate(seat.to(`/users/${id}`));
    else setSearch(text);
  }

  return (
    <ListPage
      title={t`Users`}
      view={view}
      total={total}
      noun={<Plural value={total ?? 0} one="user" other="users" />}
      columns={columns}
      cells={cells}
      hidden={value.hide}
      onHide={(hide) => update({ hide })}
      // What was looked for by a text is not in a file.
      file={text === '' ? { list: 'users', filters: variables.filters, orderBy: variables.orderBy } : undefined}
      tools={<GoTo onDay={(created) => update({ created, order: '-createdAt' })} />}
      onOpen={(row) => navigate(seat.to(`/users/${row.id}`))}
      search={
        <>
          <form role="search" className={styles.search} onSubmit={look}>
            <Icon name="search" />
            <input
              name="text"
              type="search"
              autoComplete="off"
              spellCheck={false}
              aria-label={t`Search`}
              placeholder={t`Number, refId, e-mail, telephone or name`}
              onChange={(event) => event.target.value === '' && setSearch('')}
            />
          </form>
          {text !== '' && isNameOff && (
            <p role="status" className={styles.note}>
              <Trans>This project does not search by name. Numbers and whole addresses are found.</Trans>
            </p>
          )}
        </>
      }
      filters={
        <>
          <ValuesFilter
            label={t`Status`}
            values={USER_STATUSES}
            selected={value.status}
            name={(status) => <WordBadge words={userStatus} value={status} isPlain />}
            onChange={(status) => update({ status })}
          />
          <TextsFilter
            label={t`Tags`}
            placeholder={t`Tag`}
            selected={value.tag}
            onChange={(tag) => update({ tag })}
          />
          {seat.can('IDENTIFICATIONS:VIEW') && (
            <ValuesFilter
              label={t`Level`}
              values={IDENTIFICATION_LEVELS}
              selected={value.level}
              name={(level) => <WordBadge words={identificationLevel} value={level} isPlain />}
              onChange={(level) => update({ level })}
            />
          )}
          {seat.can('VERIFICATIONS:VIEW') && (
            <LadderFilter selected={value.verification} onChange={(verification) => update({ verification })} />
          )}
          <PeriodFilter label={t`Created`} value={value.created} onChange={(created) => update({ created })} />
          <PeriodFilter label={t`Updated`} value={value.updated} onChange={(updated) => update({ updated })} />
        </>
      }
      actions={
        seat.can('USERS:EDIT', 'USERS:PERSONAL') && (
          <>
            <Button tone="primary" icon="plus" onClick={() => setNew(true)}>
              <Trans>New user</Trans>
            </Button>
            {isNew && (
              <Suspense fallback={null}>
                <NewUserDialog onClose={() => setNew(false)} />
              </Suspense>
            )}
          </>
        )
      }
      order={{ value: value.order, values: USER_ORDERS, words: userOrder, onChange: (order) => update({ order }) }}
      news={NEWS}
      isFiltered={isFiltered}
      onDropFilters={() => {
        setSearch('');
        update({ status: [], tag: [], level: [], verification: [], created: NO_PERIOD, updated: NO_PERIOD });
      }}
      dropped={dropped}
      onKeepDropped={() => update({})}
      empty={{
        title: <Trans>There are no users yet</Trans>,
        text: <Trans>Users come in through the API, or are made here.</Trans>,
      }}
    />
  );
}

/** Whether the seat reads names with most letters masked. */
function isMasked(seat: Seat): boolean {
  return seat.can('USERS:MASKED') && !seat.can('USERS:PERSONAL');
}

type Row = NonNullable<UsersPageQuery['response']['users']>['edges'][number]['node'];

export default UsersPage;
