import { Trans, useLingui } from '@lingui/react/macro';
import { Suspense, useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { usePageQuery } from '../app/use-page-query.ts';
import { type Permission, PermissionPicker } from '../member/PermissionPicker.tsx';
import { Field } from '../ui/Field.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import { Skeleton } from '../ui/Panel.tsx';
import { SecretDialog } from '../ui/Secret.tsx';
import { splitList } from '../user/form.ts';
import type { NewCredentialDialogMutation } from './__generated__/NewCredentialDialogMutation.graphql.ts';
import type { NewCredentialDialogQuery } from './__generated__/NewCredentialDialogQuery.graphql.ts';

interface Made {
  clientId: string;
  clientSecret: string;
  apiKey: string;
}

export function NewCredentialDialog({ onClose }: { onClose(): void }) {
  const { t } = useLingui();
  const action = useAction<NewCredentialDialogMutation>(
    graphql`
      mutation NewCredentialDialogMutation($input: CreateCredentialInput!) {
        createCredential(input: $input) {
          __typename
          ... on CreateCredentialSuccessPayload {
            clientId
            clientSecret
            apiKey
          }
          ... on Rejection {
            message
          }
        }
      }
    `,
    { isSecret: true },
  );
  const [label, setLabel] = useState('');
  const [permissions, setPermissions] = useState<readonly string[]>([]);
  const [tags, setTags] = useState('');
  // The same key however often it is sent: a credential is made once.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [made, setMade] = useState<Made | null>(null);
  const limits = splitList(tags);
  async function submit(): Promise<void> {
    const input = {
      label: label.trim(),
      permissions,
      tagLimits: limits.length > 0 ? limits : null,
      idempotencyKey,
    };
    const { clientId, clientSecret, apiKey } = (await action.run({ input }))?.createCredential ?? {};
    if (clientId && clientSecret && apiKey) setMade({ clientId, clientSecret, apiKey });
  }
  if (made) {
    return (
      <SecretDialog
        title={<Trans>Keep the secrets of the credential</Trans>}
        text={<Trans>A program signs in with the client id and its secret, or with the API key alone.</Trans>}
        values={[
          { name: t`Client id`, value: made.clientId },
          { name: t`Client secret`, value: made.clientSecret },
          { name: t`API key`, value: made.apiKey },
        ]}
        onDone={onClose}
      />
    );
  }
  return (
    <FormDialog
      title={<Trans>New credential</Trans>}
      isWide
      onClose={onClose}
      onSubmit={() => void submit()}
      error={action.over('label', 'permissions', 'tagLimits')}
      submit={<Trans>Create</Trans>}
      isBusy={action.isBusy}
      refusal={label.trim() === '' || permissions.length === 0 ? t`a label and a permission are needed` : undefined}
    >
      <Field
        label={t`Label`}
        hint={t`Which program it is for.`}
        value={label}
        maxLength={255}
        error={action.at('label')}
        required
        autoFocus
        onChange={(event) => setLabel(event.target.value)}
      />
      <Field
        label={t`Limited to tags`}
        hint={t`Separated by commas. The program sees the users that carry one of them; left empty, all users.`}
        value={tags}
        error={action.at('tagLimits')}
        onChange={(event) => setTags(event.target.value)}
      />
      <Suspense fallback={<Skeleton rows={6} />}>
        <Permissions
          chosen={permissions}
          hasTagLimits={limits.length > 0}
          error={action.at('permissions')}
          onChange={setPermissions}
        />
      </Suspense>
    </FormDialog>
  );
}

interface PermissionsProps {
  chosen: readonly string[];
  hasTagLimits: boolean;
  error: string | undefined;
  onChange(chosen: readonly string[]): void;
}

function Permissions(props: PermissionsProps) {
  const { t } = useLingui();
  const { permissions } = usePageQuery<NewCredentialDialogQuery>(
    graphql`
      query NewCredentialDialogQuery {
        permissions {
          name
          description
          goesWithTagLimits
        }
      }
    `,
    {},
  );
  const offered = permissions.filter((permission: Permission) => permission.name !== 'USERS:MASKED');
  return <PermissionPicker legend={t`Permissions`} permissions={offered} {...props} />;
}
