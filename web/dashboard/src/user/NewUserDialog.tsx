import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useLocation } from 'wouter';
import { useSeat } from '../app/seat.tsx';
import { useAction } from '../app/use-action.ts';
import { FormDialog } from '../ui/FormDialog.tsx';
import type { NewUserDialogMutation } from './__generated__/NewUserDialogMutation.graphql.ts';
import { changesOf, EMPTY_FORM, FORM_FIELDS, joinList } from './form.ts';
import { UserForm } from './UserForm.tsx';

export function NewUserDialog({ onClose }: { onClose(): void }) {
  const seat = useSeat();
  const [, navigate] = useLocation();
  const action = useAction<NewUserDialogMutation>(graphql`
    mutation NewUserDialogMutation($input: CreateUserInput!) {
      createUser(input: $input) {
        __typename
        ... on CreateUserSuccessPayload {
          user {
            id
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  // A member with limits sees only users that have one of its tags.
  const [values, setValues] = useState({ ...EMPTY_FORM, tags: joinList(seat.membership.tagLimits?.slice(0, 1)) });
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  async function submit(): Promise<void> {
    const input = { ...changesOf(EMPTY_FORM, values), idempotencyKey };
    const answer = await action.run({ input: input as NewUserDialogMutation['variables']['input'] });
    const id = answer?.createUser?.user?.id;
    if (id) navigate(seat.to(`/users/${id}`));
    else if (answer) onClose();
  }
  return (
    <FormDialog
      title={<Trans>New user</Trans>}
      isWide
      onClose={onClose}
      onSubmit={() => void submit()}
      error={action.over(...FORM_FIELDS)}
      submit={<Trans>Add the user</Trans>}
      isBusy={action.isBusy}
    >
      <UserForm values={values} at={action.at} onChange={setValues} />
    </FormDialog>
  );
}

export default NewUserDialog;
