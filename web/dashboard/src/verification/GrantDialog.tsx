import { Trans, useLingui } from '@lingui/react/macro';
import { Suspense, useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { SelectField } from '../ui/Field.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import { Skeleton } from '../ui/Panel.tsx';
import { TextArea } from '../ui/TextArea.tsx';
import type { GrantDialogMutation } from './__generated__/GrantDialogMutation.graphql.ts';
import { useLadder } from './use-ladder.ts';

interface Props {
  userId: string;
  onClose(): void;
}

export function GrantDialog({ userId, onClose }: Props) {
  const { t } = useLingui();
  const action = useAction<GrantDialogMutation>(graphql`
    mutation GrantDialogMutation($input: GrantVerificationLevelInput!) {
      grantVerificationLevel(input: $input) {
        __typename
        ... on GrantVerificationLevelSuccessPayload {
          verification {
            id
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  const [levelId, setLevelId] = useState('');
  const [reason, setReason] = useState('');
  // The same key however often it is sent: a grant is made once.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  async function submit(): Promise<void> {
    if (await action.run({ input: { userId, levelId, reason, idempotencyKey } })) onClose();
  }
  return (
    <FormDialog
      title={<Trans>Grant a verification level</Trans>}
      onClose={onClose}
      onSubmit={() => void submit()}
      error={action.over('levelId', 'reason')}
      submit={<Trans>Grant</Trans>}
      isBusy={action.isBusy}
      refusal={levelId === '' || reason.trim() === '' ? t`a level and a reason are needed` : undefined}
    >
      <Suspense fallback={<Skeleton rows={1} />}>
        <LevelField value={levelId} error={action.at('levelId')} onChange={setLevelId} />
      </Suspense>
      <TextArea
        label={t`Reason`}
        value={reason}
        maxLength={1024}
        required
        error={action.at('reason')}
        onChange={(event) => setReason(event.target.value)}
      />
    </FormDialog>
  );
}

interface LevelProps {
  value: string;
  error: string | undefined;
  onChange(id: string): void;
}

function LevelField({ value, error, onChange }: LevelProps) {
  const { t } = useLingui();
  const ladder = useLadder();
  return (
    <SelectField
      label={t`Level`}
      value={value}
      error={error}
      required
      autoFocus
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{t`Choose a level`}</option>
      {ladder.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
