import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useSearch } from 'wouter';
import { useSeat } from '../app/seat.tsx';
import { useAction } from '../app/use-action.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import type { SaveViewFormMutation } from './__generated__/SaveViewFormMutation.graphql.ts';
import type { SavedViewPage } from './__generated__/SavedViewsQuery.graphql.ts';
import { viewOf } from './saved-view.ts';
import styles from './view.module.css';

interface Props {
  page: Exclude<SavedViewPage, '%future added value'>;
  onSaved(): void;
}

/** Saves the filters, the order and the hidden columns that the list has now. What was searched for is no part of it. */
export function SaveViewForm({ page, onSaved }: Props) {
  const { t } = useLingui();
  const seat = useSeat();
  const { query, left } = viewOf(page, useSearch());
  const [name, setName] = useState('');
  const [isForEverybody, setForEverybody] = useState(false);
  const action = useAction<SaveViewFormMutation>(graphql`
    mutation SaveViewFormMutation($input: SaveViewInput!) {
      saveView(input: $input) {
        __typename
        ... on SaveViewSuccessPayload {
          savedView {
            id
            name
            query
            isForEverybody
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (name.trim() === '') return;
    if (!(await action.run({ input: { page, name, query, isForEverybody } }))) return;
    setName('');
    onSaved();
  }
  return (
    <form className={styles.form} onSubmit={(event) => void save(event)}>
      <Field
        label={t`Name of the view`}
        hint={t`Filters, order and hidden columns are saved. A view with this name is replaced.`}
        value={name}
        maxLength={60}
        autoComplete="off"
        error={action.problem?.message}
        onChange={(event) => setName(event.target.value)}
      />
      {left.includes('refId') && (
        <p className={styles.note}>
          <Trans>The filter by refId is not saved, because it names a person.</Trans>
        </p>
      )}
      {seat.can('PROJECT:MANAGE') && (
        <label className={styles.option}>
          <input
            type="checkbox"
            checked={isForEverybody}
            onChange={(event) => setForEverybody(event.target.checked)}
          />
          <Trans>For everybody in the project</Trans>
        </label>
      )}
      <Button type="submit" isBusy={action.isBusy} refusal={name.trim() === '' ? t`a name is needed` : undefined}>
        <Trans>Save view</Trans>
      </Button>
    </form>
  );
}
