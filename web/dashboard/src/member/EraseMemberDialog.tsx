import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { Field } from '../ui/Field.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import type { EraseMemberDialogMutation } from './__generated__/EraseMemberDialogMutation.graphql.ts';

interface Props {
  member: { id: string; label: string; number: number };
  onClose(): void;
}

/** Erases a person with an account, in every project. It cannot be taken back: the number has to be typed. */
export function EraseMemberDialog({ member, onClose }: Props) {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const action = useAction<EraseMemberDialogMutation>(graphql`
    mutation EraseMemberDialogMutation($input: EraseMemberInput!) {
      eraseMember(input: $input) {
        __typename
        ... on MembershipSuccessPayload {
          membership {
            id
            ...MemberRow_membership
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  const { label, number } = member;
  const isTyped = typed.trim() === String(number);
  async function submit(): Promise<void> {
    if (isTyped && (await action.run({ input: { membershipId: member.id } }))) onClose();
  }
  return (
    <FormDialog
      title={<Trans>Erase {label}</Trans>}
      onClose={onClose}
      onSubmit={() => void submit()}
      error={action.over()}
      submit={<Trans>Erase</Trans>}
      tone="danger"
      isBusy={action.isBusy}
      refusal={isTyped ? undefined : t`type the number first`}
    >
      <p>
        <Trans>
          The name, the e-mail address and every way to sign in are deleted, and the access to all projects ends. What
          the member did stays, under “Former member {number}”. This cannot be taken back.
        </Trans>
      </p>
      <Field
        label={t`Type the number of the member: ${number}`}
        inputMode="numeric"
        autoComplete="off"
        value={typed}
        autoFocus
        onChange={(event) => setTyped(event.target.value)}
      />
    </FormDialog>
  );
}
