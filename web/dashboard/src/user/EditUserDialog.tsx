import { Trans, useLingui } from '@lingui/react/macro';
import { Suspense, useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { usePageQuery } from '../app/use-page-query.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Skeleton } from '../ui/Panel.tsx';
import type { EditUserDialogMutation } from './__generated__/EditUserDialogMutation.graphql.ts';
import type { EditUserDialogQuery } from './__generated__/EditUserDialogQuery.graphql.ts';
import { changesOf, EMPTY_FORM, FORM_FIELDS, type FormValues, joinList } from './form.ts';
import { UserForm } from './UserForm.tsx';

interface Props {
  userId: string;
  onClose(): void;
}

export function EditUserDialog(props: Props) {
  return (
    <Suspense
      fallback={
        <Dialog title={<Trans>Edit the user</Trans>} onClose={props.onClose} actions={null}>
          <Skeleton rows={6} />
        </Dialog>
      }
    >
      <Form {...props} />
    </Suspense>
  );
}

function Form({ userId, onClose }: Props) {
  const { t } = useLingui();
  const { user } = usePageQuery<EditUserDialogQuery>(
    graphql`
      query EditUserDialogQuery($id: String!) {
        user(id: $id) {
          refId
          tags
          firstName
          allFirstNames
          lastName
          birthLastName
          preferredLastName
          birthDate
          birthCity
          birthCountry
          nationalityCCA3
          mobilePhoneNumber
          verifiedEmails
          preferredNotificationChannel
        }
      }
    `,
    { id: userId },
  );
  const action = useAction<EditUserDialogMutation>(graphql`
    mutation EditUserDialogMutation($input: UpdateUserInput!) {
      updateUser(input: $input) {
        __typename
        ... on UpdateUserSuccessPayload {
          user {
            id
            version
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  // What was there when the form opened: news of the user must not change what is being typed.
  const [before] = useState<FormValues>(() => ({
    ...EMPTY_FORM,
    ...Object.fromEntries(
      FORM_FIELDS.map((field) => {
        const value = user?.[field];
        return [field, typeof value === 'string' ? value : joinList(value)];
      }),
    ),
  }));
  const [values, setValues] = useState(before);
  const changes = changesOf(before, values);
  const hasChanges = Object.keys(changes).length > 0;
  async function submit(): Promise<void> {
    const input = { userId, ...changes } as EditUserDialogMutation['variables']['input'];
    if (await action.run({ input })) onClose();
  }
  return (
    <Dialog
      title={<Trans>Edit the user</Trans>}
      isWide
      onClose={onClose}
      onSubmit={() => void submit()}
      error={action.over(...FORM_FIELDS)}
      actions={
        <>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            type="submit"
            tone="primary"
            isBusy={action.isBusy}
            refusal={hasChanges ? undefined : t`nothing was changed`}
          >
            <Trans>Save</Trans>
          </Button>
        </>
      }
    >
      <UserForm values={values} at={action.at} onChange={setValues} />
    </Dialog>
  );
}
