import { Trans, useLingui } from '@lingui/react/macro';
import { Suspense, useState } from 'react';
import { fetchQuery, graphql, useRelayEnvironment } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { usePageQuery } from '../app/use-page-query.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import { Skeleton } from '../ui/Panel.tsx';
import type { EditUserDialogMutation } from './__generated__/EditUserDialogMutation.graphql.ts';
import type { EditUserDialogQuery } from './__generated__/EditUserDialogQuery.graphql.ts';
import { Conflict } from './Conflict.tsx';
import { type Difference, differences, merged } from './conflict.ts';
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

const QUERY = graphql`
  query EditUserDialogQuery($id: String!) {
    user(id: $id) {
      version
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
`;

type User = EditUserDialogQuery['response']['user'];

function valuesOf(user: User): FormValues {
  const text = (value: string | readonly string[] | null | undefined) =>
    typeof value === 'string' ? value : joinList(value);
  return { ...EMPTY_FORM, ...Object.fromEntries(FORM_FIELDS.map((field) => [field, text(user?.[field])])) };
}

function Form({ userId, onClose }: Props) {
  const { t } = useLingui();
  const environment = useRelayEnvironment();
  const { user } = usePageQuery<EditUserDialogQuery>(QUERY, { id: userId });
  // What was there when the form opened: news of the user must not change what is being typed.
  const [base, setBase] = useState(() => ({ values: valuesOf(user), version: user?.version }));
  const [values, setValues] = useState(base.values);
  const [conflict, setConflict] = useState<Difference[] | null>(null);
  const action = useAction<EditUserDialogMutation>(
    graphql`
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
    `,
    { onRejected: (type) => type === 'UserChangedMeanwhileRejection' && void compare() },
  );
  async function compare(): Promise<void> {
    const now = { fetchPolicy: 'network-only' } as const;
    const found = await fetchQuery<EditUserDialogQuery>(environment, QUERY, { id: userId }, now).toPromise();
    if (!found?.user) return;
    const theirs = valuesOf(found.user);
    setConflict(differences(base.values, theirs, values));
    setValues(merged(base.values, theirs, values));
    setBase({ values: theirs, version: found.user.version });
    action.clear();
  }
  const changes = changesOf(base.values, values);
  const hasChanges = Object.keys(changes).length > 0;
  async function submit(): Promise<void> {
    const input = { userId, expectedVersion: base.version, ...changes };
    if (await action.run({ input: input as EditUserDialogMutation['variables']['input'] })) onClose();
  }
  return (
    <FormDialog
      title={<Trans>Edit the user</Trans>}
      isWide
      onClose={onClose}
      onSubmit={() => void submit()}
      error={conflict ? action.over() : action.over(...FORM_FIELDS)}
      submit={<Trans>Save</Trans>}
      isBusy={action.isBusy}
      refusal={hasChanges ? undefined : t`nothing was changed`}
    >
      {conflict ? (
        <Conflict differences={conflict} values={values} onChange={setValues} />
      ) : (
        <UserForm values={values} at={action.at} onChange={setValues} />
      )}
    </FormDialog>
  );
}
