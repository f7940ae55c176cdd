import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { useWords } from '../app/words.ts';
import { SelectField } from '../ui/Field.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import { Note } from '../ui/Page.tsx';
import type { NameSearch, NameSearchDialogMutation } from './__generated__/NameSearchDialogMutation.graphql.ts';
import { nameSearch } from './words.ts';

interface Props {
  now: string;
  onClose(): void;
}

export function NameSearchDialog({ now, onClose }: Props) {
  const { t } = useLingui();
  const words = useWords();
  const action = useAction<NameSearchDialogMutation>(graphql`
    mutation NameSearchDialogMutation($input: SetNameSearchInput!) {
      setNameSearch(input: $input) {
        __typename
        ... on SetNameSearchSuccessPayload {
          settings {
            nameSearch
            nameIndexPercent
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  const [way, setWay] = useState(now);
  async function submit(): Promise<void> {
    if (await action.run({ input: { nameSearch: way as NameSearch } })) onClose();
  }
  return (
    <FormDialog
      title={<Trans>Search by name</Trans>}
      onClose={onClose}
      onSubmit={() => void submit()}
      error={action.over()}
      submit={<Trans>Save</Trans>}
      isBusy={action.isBusy}
    >
      <SelectField
        label={t`Users are found`}
        hint={t`Without names, users are found by number, refId, whole e-mail address or telephone number.`}
        value={way}
        onChange={(event) => setWay(event.target.value)}
      >
        {Object.keys(nameSearch).map((value) => (
          <option key={value} value={value}>
            {words(nameSearch, value).text}
          </option>
        ))}
      </SelectField>
      {way === 'Index' && now !== 'Index' && (
        <Note>
          <Trans>
            For projects with very many users. Whole words and the beginnings of words are found. Anyone with a copy of
            the database, without the root key, learns which users share a hash. Frequent names stand out by their count
            and may be guessed from public lists; first letters are nearly all guessable; a rare name is hidden among 16
            others. The words of one user can be joined. Searches leave nothing behind. Erasing a user deletes its
            hashes, and so does switching the index off for all users.
          </Trans>
        </Note>
      )}
    </FormDialog>
  );
}
