import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { Field } from '../ui/Field.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import type { SessionLimitsDialogMutation } from './__generated__/SessionLimitsDialogMutation.graphql.ts';
import { wholeNumber } from './whole-number.ts';

interface Props {
  minutes: number;
  hours: number;
  onClose(): void;
}

const MINUTES = [5, 120] as const;
const HOURS = [1, 24] as const;

export function SessionLimitsDialog({ minutes, hours, onClose }: Props) {
  const { t } = useLingui();
  const action = useAction<SessionLimitsDialogMutation>(graphql`
    mutation SessionLimitsDialogMutation($input: SetProjectSettingsInput!) {
      setProjectSettings(input: $input) {
        __typename
        ... on SetProjectSettingsSuccessPayload {
          settings {
            idleMinutes
            sessionHours
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  const [idleText, setIdleText] = useState(String(minutes));
  const [lifeText, setLifeText] = useState(String(hours));
  const idleMinutes = wholeNumber(idleText, MINUTES);
  const sessionHours = wholeNumber(lifeText, HOURS);
  const isWhole = idleMinutes !== undefined && sessionHours !== undefined;
  async function submit(): Promise<void> {
    if (isWhole && (await action.run({ input: { idleMinutes, sessionHours } }))) onClose();
  }
  return (
    <FormDialog
      title={<Trans>How long members stay signed in</Trans>}
      onClose={onClose}
      onSubmit={() => void submit()}
      error={action.over('idleMinutes', 'sessionHours')}
      submit={<Trans>Save</Trans>}
      isBusy={action.isBusy}
      refusal={isWhole ? undefined : t`whole numbers within the bounds are needed`}
    >
      <Field
        label={t`Minutes without activity`}
        hint={t`From 5 to 120. It also counts for members that are signed in now.`}
        inputMode="numeric"
        value={idleText}
        error={action.at('idleMinutes')}
        autoFocus
        onChange={(event) => setIdleText(event.target.value)}
      />
      <Field
        label={t`Hours in any case`}
        hint={t`From 1 to 24.`}
        inputMode="numeric"
        value={lifeText}
        error={action.at('sessionHours')}
        onChange={(event) => setLifeText(event.target.value)}
      />
    </FormDialog>
  );
}
