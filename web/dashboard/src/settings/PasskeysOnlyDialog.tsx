import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAuthWords } from '../account/auth-words.ts';
import { proveByPasskey } from '../app/passkey-proof.ts';
import { useSession } from '../app/session.ts';
import { useAction } from '../app/use-action.ts';
import { FormDialog } from '../ui/FormDialog.tsx';
import type { PasskeysOnlyDialogMutation } from './__generated__/PasskeysOnlyDialogMutation.graphql.ts';

/** Switches the other ways to enter the project off or on. Who switches them off needs a passkey. */
export function PasskeysOnlyDialog({ isOn, onClose }: { isOn: boolean; onClose(): void }) {
  const { t } = useLingui();
  const words = useAuthWords();
  const { state } = useSession();
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const action = useAction<PasskeysOnlyDialogMutation>(graphql`
    mutation PasskeysOnlyDialogMutation($input: SetProjectSettingsInput!) {
      setProjectSettings(input: $input) {
        __typename
        ... on SetProjectSettingsSuccessPayload {
          settings {
            passkeysOnly
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  const hasPasskey = (state?.ownMethods?.passkeys.length ?? 0) > 0;

  async function submit(): Promise<void> {
    setProblem(null);
    setAsking(true);
    try {
      if (!isOn) await proveByPasskey();
    } catch (error) {
      setProblem(words(error));
      return;
    } finally {
      setAsking(false);
    }
    if (await action.run({ input: { passkeysOnly: !isOn } })) onClose();
  }

  return (
    <FormDialog
      title={isOn ? <Trans>Allow the other ways</Trans> : <Trans>Allow passkeys only</Trans>}
      onClose={onClose}
      onSubmit={() => void submit()}
      error={problem ?? action.over()}
      submit={isOn ? <Trans>Allow the other ways</Trans> : <Trans>Confirm with a passkey</Trans>}
      isBusy={isAsking || action.isBusy}
      refusal={isOn || hasPasskey ? undefined : t`you need a passkey first: add one to your account`}
    >
      <p>
        {isOn ? (
          <Trans>Members enter this project in every way that is offered, also by password.</Trans>
        ) : (
          <Trans>
            Within two seconds members that have signed in in another way are asked for their passkey. Who has none adds
            one to its account. Credentials of programs are not concerned.
          </Trans>
        )}
      </p>
    </FormDialog>
  );
}
