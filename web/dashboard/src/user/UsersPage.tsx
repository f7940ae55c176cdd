import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useMemo, useState } from 'react';
import { graphql } from 'react-relay';
import { useLocation } from 'wouter';
import { ListBody } from '../app/ListBody.tsx';
import { useSeat } from '../app/seat.tsx';
import { usePages } from '../app/use-pages.ts';
import { useQueryState } from '../app/use-query-state.ts';
import { useTotal } from '../app/use-total.ts';
import { useTitle } from '../app/use-title.ts';
import { useWords } from '../app/words.ts';
import { WordBadge } from '../app/WordBadge.tsx';
import { OrderSelect, TextsFilter, ValuesFilter } from '../ui/Filter.tsx';
import type { Column } from '../ui/Grid.tsx';
import { Icon } from '../ui/icon.tsx';
import { List } from '../ui/List.tsx';
import type { UsersPageQuery } from './__generated__/UsersPageQuery.graphql.ts';
import type { UsersPageTotalQuery } from './__generated__/UsersPageTotalQuery.graphql.ts';
import { orderByOf, userListQuery } from './list-query.ts';
import { idIn, lookupOf } from './search.ts';
import styles from './user.module.css';
import { UserRow } from './UserRow.tsx';
import { USER_ORDERS, USER_STATUSES, userOrder, userStatus } from './words.ts';

const QUERY = graphql`
  query UsersPageQuery(
    $first: Int
    $after: String
    $last: Int
    $before: String
    $filters: UserFiltersInput
    $orderBy: UsersOrderByInput
    $personal: Boolean!
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

export function UsersPage() {
  const { t, i18n } = useLingui();
  const words = useWords();
  const seat = useSeat();
  const [, navigate] = useLocation();
  const { value, dropped, update } = useQueryState(userListQuery);
  // The text that was looked for stays in memory alone.
  const [search, setSearch] = useState('');
  useTitle(t`Users`);

  const filters = {
    ...(value.status.length > 0 && { statuses: [...value.status] }),
    ...(value.tag.length > 0 && { tags: [...value.tag] }),
    ...lookupOf(search),
  };
  const isFiltered = Object.keys(filters).length > 0;
  const view = usePages<UsersPageQuery, Row>({
    query: QUERY,
    variables: {
      filters: isFiltered ? filters : null,
      orderBy: orderByOf(value.order),
      personal: seat.can('USERS:PERSONAL'),
      levels: seat.can('IDENTIFICATIONS:VIEW'),
      grants: seat.can('VERIFICATIONS:VIEW'),
    },
    connection: (data) => data.users,
  });
  const total = useTotal<UsersPageTotalQuery>({
    query: TOTAL,
    variables: { filters: isFiltered ? filters : null },
    total: (data) => data.users?.totalCount,
    isReady: !view.isFirstLoading,
  });
  const columns = useMemo<Column[]>(
    () => [
      { key: 'number', head: t`No.`, width: '72px', align: 'end', card: 'side' },
      ...(seat.can('USERS:PERSONAL')
        ? [
            {
              key: 'name',
              head: t`Name`,
              width: 'minmax(160px, 2fr)',
              card: 'title' as const,
              note: t`Names are sealed, so the list cannot be ordered by them`,
            },
          ]
        : []),
      {
        key: 'refId',
        head: 'refId',
        width: 'minmax(140px, 2fr)',
        card: seat.can('USERS:PERSONAL') ? ('line' as const) : ('title' as const),
      },
      { key: 'status', head: t`Status`, width: '116px', card: 'line' },
      ...(seat.can('IDENTIFICATIONS:VIEW') ? [{ key: 'levels', head: t`Levels`, width: '176px' }] : []),
      ...(seat.can('VERIFICATIONS:VIEW')
        ? [{ key: 'verification', head: t`Verification`, width: 'minmax(100px, 1fr)' }]
        : []),
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
    <List
      title={<Trans>Users</Trans>}
      search={
        <form role="search" className={styles.search} onSubmit={look}>
          <Icon name="search" />
          <input
            name="text"
            type="search"
            autoComplete="off"
            spellCheck={false}
            aria-label={t`Search`}
            placeholder={t`refId, e-mail, telephone or id`}
            onChange={(event) => event.target.value === '' && setSearch('')}
          />
        </form>
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
        </>
      }
      summary={
        total !== null && (
          <span>
            <strong>{i18n.number(total)}</strong> <Plural value={total} one="user" other="users" />
          </span>
        )
      }
      tools={
        <OrderSelect
          value={value.order}
          values={USER_ORDERS}
          name={(order) => words(userOrder, order).text}
          onChange={(order) => update({ order })}
        />
      }
      dropped={dropped}
      onKeepDropped={() => update({})}
    >
      <ListBody
        label={t`Users`}
        columns={columns}
        view={view}
        total={total}
        cells={(row) => <UserRow user={row} columns={columns} />}
        onOpen={(row) => navigate(seat.to(`/users/${row.id}`))}
        isFiltered={isFiltered}
        onDropFilters={() => {
          setSearch('');
          update({ status: [], tag: [] });
        }}
        empty={{
          title: <Trans>There are no users yet</Trans>,
          text: <Trans>Users come in through the API, or are made here.</Trans>,
        }}
      />
    </List>
  );
}

type Row = NonNullable<UsersPageQuery['response']['users']>['edges'][number]['node'];

export default UsersPage;
