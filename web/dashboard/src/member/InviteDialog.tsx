import { Trans, useLingui } from '@lingui/react/macro';
import { Suspense, useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { Field } from '../ui/Field.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import { Skeleton } from '../ui/Panel.tsx';
import { SecretDialog } from '../ui/Secret.tsx';
import { splitList } from '../user/form.ts';
import type { InviteDialogMutation } from './__generated__/InviteDialogMutation.graphql.ts';
import { RoleField } from './RoleField.tsx';

const MOST_DAYS = 30;

export function InviteDialog({ onClose }: { onClose(): void }) {
  const { t } = useLingui();
  const action = useAction<InviteDialogMutation>(
    graphql`
      mutation InviteDialogMutation($input: InviteMemberInput!) {
        inviteMember(input: $input) {
          __typename
          ... on InviteMemberSuccessPayload {
            link
          }
          ... on Rejection {
            message
          }
        }
      }
    `,
    { isSecret: true },
  );
  const [email, setEmail] = useState('');
  const [roleId, setRoleId] = useState('');
  const [tags, setTags] = useState('');
  const [days, setDays] = useState('7');
  const [link, setLink] = useState<string | null>(null);
  async function submit(): Promise<void> {
    const limits = splitList(tags);
    const input = { email: email.trim(), roleId, tagLimits: limits.length > 0 ? limits : null, days: Number(days) };
    const answer = await action.run({ input });
    const path = answer?.inviteMember?.link;
    // The server gives the path where it does not know its own address.
    if (path) setLink(new URL(path, window.location.origin).href);
  }
  if (link !== null) {
    return (
      <SecretDialog
        title={<Trans>Give this link to the person</Trans>}
        text={<Trans>It works once, and nobody else gets it: no mail is sent.</Trans>}
        values={[{ name: t`Link`, value: link }]}
        onDone={onClose}
      />
    );
  }
  return (
    <FormDialog
      title={<Trans>Invite a member</Trans>}
      onClose={onClose}
      onSubmit={() => void submit()}
      error={action.over('email', 'roleId', 'tagLimits', 'days')}
      submit={<Trans>Make the link</Trans>}
      isBusy={action.isBusy}
      refusal={email.trim() === '' || roleId === '' ? t`an e-mail address and a role are needed` : undefined}
    >
      <Field
        label={t`E-mail address`}
        type="email"
        autoComplete="off"
        value={email}
        error={action.at('email')}
        required
        autoFocus
        onChange={(event) => setEmail(event.target.value)}
      />
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
      <Field
        label={t`Days for which the link works`}
        type="number"
        min={1}
        max={MOST_DAYS}
        value={days}
        error={action.at('days')}
        onChange={(event) => setDays(event.target.value)}
      />
    </FormDialog>
  );
}
