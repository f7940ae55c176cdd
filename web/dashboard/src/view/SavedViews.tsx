// The saved views of a list: opens one, saves the list as it is, deletes one.

import { Trans, useLingui } from '@lingui/react/macro';
import { Suspense, useState } from 'react';
import { graphql, useLazyLoadQuery } from 'react-relay/hooks';
import { Link, useLocation, useSearch } from 'wouter';
import { useSeat } from '../app/seat.tsx';
import { useAction } from '../app/use-action.ts';
import { Button } from '../ui/Button.tsx';
import type { SavedViewPage, SavedViewsQuery } from './__generated__/SavedViewsQuery.graphql.ts';
import type { SavedViewsDeleteMutation } from './__generated__/SavedViewsDeleteMutation.graphql.ts';
import { isSame } from './saved-view.ts';
import { SaveViewForm } from './SaveViewForm.tsx';
import styles from './view.module.css';

type View = NonNullable<SavedViewsQuery['response']['savedViews']>[number];

interface Props {
  page: Exclude<SavedViewPage, '%future added value'>;
  onClose(): void;
}

export default function SavedViews(props: Props) {
  return (
    <div className={styles.panel}>
      <Suspense
        fallback={
          <p className={styles.note}>
            <Trans>Loading…</Trans>
          </p>
        }
      >
        <Views {...props} />
      </Suspense>
    </div>
  );
}

function Views({ page, onClose }: Props) {
  const [version, setVersion] = useState(0);
  const { savedViews } = useLazyLoadQuery<SavedViewsQuery>(
    graphql`
      query SavedViewsQuery($page: SavedViewPage!) {
        savedViews(page: $page) {
          id
          page
          name
          query
          isForEverybody
        }
      }
    `,
    { page },
    { fetchPolicy: 'store-and-network', fetchKey: version },
  );
  const views = savedViews ?? [];
  const change = () => setVersion((before) => before + 1);
  return (
    <>
      {views.length === 0 && (
        <p className={styles.note}>
          <Trans>No view of this list is saved yet.</Trans>
        </p>
      )}
      <ViewLinks views={views} onOpen={onClose} onDeleted={change} />
      <SaveViewForm page={page} onSaved={change} />
    </>
  );
}

interface LinksProps {
  views: readonly View[];
  onOpen(): void;
  onDeleted(): void;
}

function ViewLinks({ views, onOpen, onDeleted }: LinksProps) {
  const { t } = useLingui();
  const seat = useSeat();
  const [path] = useLocation();
  const search = useSearch();
  const action = useAction<SavedViewsDeleteMutation>(graphql`
    mutation SavedViewsDeleteMutation($input: DeleteViewInput!) {
      deleteView(input: $input) {
        __typename
        ... on DeleteViewSuccessPayload {
          viewId
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  async function remove(id: string): Promise<void> {
    if (await action.run({ input: { viewId: id } })) onDeleted();
  }
  return (
    <>
      <ul className={styles.views} aria-label={t`Saved views`}>
        {views.map(({ id, name, query, isForEverybody }) => (
          <li key={id}>
            <Link
              href={query ? `${path}?${query}` : path}
              aria-current={isSame(query, search) ? 'true' : undefined}
              onClick={onOpen}
            >
              {name}
            </Link>
            {isForEverybody && (
              <span className={styles.note}>
                <Trans>For everybody</Trans>
              </span>
            )}
            {(!isForEverybody || seat.can('PROJECT:MANAGE')) && (
              <Button
                tone="quiet"
                icon="cross"
                aria-label={t`Delete the view ${name}`}
                isBusy={action.isBusy}
                onClick={() => void remove(id)}
              />
            )}
          </li>
        ))}
      </ul>
      {action.problem && (
        <p role="alert" className={styles.error}>
          {action.problem.message}
        </p>
      )}
    </>
  );
}
