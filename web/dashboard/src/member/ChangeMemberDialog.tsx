import { Trans, useLingui } from '@lingui/react/macro';
import { Suspense, useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { Field } from '../ui/Field.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import { Skeleton } from '../ui/Panel.tsx';
import { joinList, splitList } from '../user/form.ts';
import type { ChangeMemberDialogMutation } from './__generated__/ChangeMemberDialogMutation.graphql.ts';
import { RoleField } from './RoleField.tsx';

interface Props {
  member: { id: string; label: string; roleId: string; tagLimits: readonly string[] | null };
  onClose(): void;
}

export function ChangeMemberDialog({ member, onClose }: Props) {
  const { t } = useLingui();
  const action = useAction<ChangeMemberDialogMutation>(graphql`
    mutation ChangeMemberDialogMutation($input: ChangeMembershipInput!) {
      changeMembership(input: $input) {
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
  const [roleId, setRoleId] = useState(member.roleId);
  const [tags, setTags] = useState(joinList(member.tagLimits));
  async function submit(): Promise<void> {
    const limits = splitList(tags);
    const tagLimits = limits.length > 0 ? limits : null;
    // What was left as it was is not sent: a role that the member's own seat does not cover stays.
    const input = {
      membershipId: member.id,
      ...(roleId !== member.roleId && { roleId }),
      ...(joinList(tagLimits) !== joinList(member.tagLimits) && { tagLimits }),
    };
    if (await action.run({ input })) onClose();
  }
  return (
    <FormDialog
      title={<Trans>Change {member.label}</Trans>}
      onClose={onClose}
      onSubmit={() => void submit()}
      error={action.over('roleId', 'tagLimits')}
      submit={<Trans>Save</Trans>}
      isBusy={action.isBusy}
      refusal={roleId === '' ? t`a role is needed` : undefined}
    >
      <Suspense fallback={<Skeleton rows={1} />}>
        <RoleField value={roleId} error={action.at('roleId')} onChange={setRoleId} />
      </Suspense>
      <Field
        label={t`Limited to tags`}
        hint={t`Separated by commas. The member sees the users that carry one of them; left empty, all users.`}
        value={tags}
        error={action.at('tagLimits')}
        onChange={(event) => setTags(event.target.value)}
      />
      <p>
        <Trans>It counts from the member's next request on.</Trans>
      </p>
    </FormDialog>
  );
}
