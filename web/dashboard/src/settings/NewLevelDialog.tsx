import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { Field } from '../ui/Field.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import type { NewLevelDialogMutation } from './__generated__/NewLevelDialogMutation.graphql.ts';

export function NewLevelDialog({ onClose }: { onClose(): void }) {
  const { t } = useLingui();
  const action = useAction<NewLevelDialogMutation>(graphql`
    mutation NewLevelDialogMutation($input: CreateVerificationLevelInput!) {
      createVerificationLevel(input: $input) {
        __typename
        ... on CreateVerificationLevelSuccessPayload {
          verificationLevel {
            id
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  const [name, setName] = useState('');
  const [index, setIndex] = useState('');
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const isIndex = /^\d{0,6}$/.test(index.trim());
  async function submit(): Promise<void> {
    const place = index.trim() === '' ? null : Number(index);
    if (await action.run({ input: { name: name.trim(), index: place, idempotencyKey } })) onClose();
  }
  return (
    <FormDialog
      title={<Trans>New verification level</Trans>}
      onClose={onClose}
      onSubmit={() => void submit()}
      error={action.over('name', 'index')}
      submit={<Trans>Add</Trans>}
      isBusy={action.isBusy}
      refusal={name.trim() === '' || !isIndex ? t`a name is needed, and the index is a whole number` : undefined}
    >
      <Field
        label={t`Name`}
        value={name}
        maxLength={255}
        error={action.at('name')}
        required
        autoFocus
        onChange={(event) => setName(event.target.value)}
      />
      <Field
        label={t`Index`}
        hint={t`Its place on the ladder; left empty, it is the highest.`}
        inputMode="numeric"
        value={index}
        error={action.at('index')}
        onChange={(event) => setIndex(event.target.value)}
      />
    </FormDialog>
  );
}
