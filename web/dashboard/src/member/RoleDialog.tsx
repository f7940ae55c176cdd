import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useSeat } from '../app/seat.tsx';
import { useAction } from '../app/use-action.ts';
import { useWords } from '../app/words.ts';
import { Check } from '../ui/Check.tsx';
import { Field, SelectField } from '../ui/Field.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import type { RoleDialogCreateMutation } from './__generated__/RoleDialogCreateMutation.graphql.ts';
import type { RoleDialogUpdateMutation } from './__generated__/RoleDialogUpdateMutation.graphql.ts';
import { type Permission, PermissionPicker } from './PermissionPicker.tsx';
import type { Role } from './RolesPage.tsx';
import { builtInRole } from './words.ts';

interface Props {
  /** The role that is changed; null for a new one. */
  role: Role | null;
  /** A new role begins as a copy of one of these. */
  roles: readonly Role[];
  permissions: readonly Permission[];
  onClose(): void;
}

export function RoleDialog({ role, roles, permissions, onClose }: Props) {
  const { t } = useLingui();
  const seat = useSeat();
  const words = useWords();
  const create = useAction<RoleDialogCreateMutation>(graphql`
    mutation RoleDialogCreateMutation($input: CreateRoleInput!) {
      createRole(input: $input) {
        __typename
        ... on RoleSuccessPayload {
          role {
            id
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  const update = useAction<RoleDialogUpdateMutation>(graphql`
    mutation RoleDialogUpdateMutation($input: UpdateRoleInput!) {
      updateRole(input: $input) {
        __typename
        ... on RoleSuccessPayload {
          role {
            id
            name
            permissions
            isMasked
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  const action = role ? update : create;
  const [name, setName] = useState(role?.name ?? '');
  const [chosen, setChosen] = useState<readonly string[]>(role?.permissions ?? []);
  const [isMasked, setMasked] = useState(role?.isMasked ?? false);
  // The server adds it to what is masked, and takes out what it hides.
  const offered = permissions.filter((permission) => permission.name !== 'USERS:MASKED');
  const given = chosen.filter((permission) => permission !== 'USERS:MASKED');
  async function submit(): Promise<void> {
    const input = { name: name.trim(), permissions: given, isMasked };
    const done = role ? await update.run({ input: { roleId: role.id, ...input } }) : await create.run({ input });
    if (done) onClose();
  }
  function copy(id: string): void {
    const from = roles.find((other) => other.id === id);
    if (!from) return;
    setChosen(from.permissions.filter((permission) => seat.can(permission)));
    setMasked(from.isMasked);
  }
  return (
    <FormDialog
      title={role ? <Trans>Edit the role</Trans> : <Trans>New role</Trans>}
      isWide
      onClose={onClose}
      onSubmit={() => void submit()}
      error={action.over('name', 'permissions')}
      submit={<Trans>Save</Trans>}
      isBusy={action.isBusy}
      refusal={name.trim() === '' || given.length === 0 ? t`a name and a permission are needed` : undefined}
    >
      <Field
        label={t`Name`}
        value={name}
        maxLength={50}
        error={action.at('name')}
        required
        autoFocus
        onChange={(event) => setName(event.target.value)}
      />
      {!role && (
        <SelectField label={t`Begin as a copy of`} defaultValue="" onChange={(event) => copy(event.target.value)}>
          <option value="">{t`No role`}</option>
          {roles.map((other) => (
            <option key={other.id} value={other.id}>
              {other.builtIn ? words(builtInRole, other.builtIn).text : other.name}
            </option>
          ))}
        </SelectField>
      )}
      <Check isOn={isMasked} onChange={setMasked}>
        <Trans>Mask personal data: names, telephone numbers and addresses show their first letters or last digits only</Trans>
      </Check>
      <PermissionPicker
        legend={t`Permissions`}
        permissions={offered}
        chosen={given}
        error={action.at('permissions')}
        onChange={setChosen}
      />
    </FormDialog>
  );
}
