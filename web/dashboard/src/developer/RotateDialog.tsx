import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { Check } from '../ui/Check.tsx';
import { Field } from '../ui/Field.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import { SecretDialog } from '../ui/Secret.tsx';
import type { RotateDialogMutation } from './__generated__/RotateDialogMutation.graphql.ts';

interface Props {
  credential: { id: string; label: string };
  onClose(): void;
}

interface Made {
  clientSecret: string | null | undefined;
  apiKey: string | null | undefined;
}

/** For how long the secrets before are good, if nothing else is said. */
const HOURS = '24';
const MOST_HOURS = 720;

export function RotateDialog({ credential, onClose }: Props) {
  const { t } = useLingui();
  const action = useAction<RotateDialogMutation>(
    graphql`
      mutation RotateDialogMutation($input: RotateCredentialInput!) {
        rotateCredential(input: $input) {
          __typename
          ... on RotateCredentialSuccessPayload {
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
  const [isSecret, setSecret] = useState(true);
  const [isKey, setKey] = useState(false);
  const [hours, setHours] = useState(HOURS);
  // The same key however often it is sent: the secrets in use are replaced once. Another choice is another rotation.
  const [keys] = useState(() => new Map<string, string>());
  const [made, setMade] = useState<Made | null>(null);
  const keepHours = Number(hours);
  const isPossible = /^\d{1,3}$/.test(hours.trim()) && keepHours <= MOST_HOURS;
  async function rotate(): Promise<void> {
    const choice = JSON.stringify([isSecret, isKey, keepHours]);
    const idempotencyKey = keys.get(choice) ?? crypto.randomUUID();
    keys.set(choice, idempotencyKey);
    const input = { credentialId: credential.id, clientSecret: isSecret, apiKey: isKey, keepHours, idempotencyKey };
    const { clientSecret, apiKey } = (await action.run({ input }))?.rotateCredential ?? {};
    if (clientSecret || apiKey) setMade({ clientSecret, apiKey });
  }
  if (made) {
    return (
      <SecretDialog
        title={<Trans>Keep the new secrets of {credential.label}</Trans>}
        text={<Trans>Give them to the program before the ones it uses end.</Trans>}
        values={[
          ...(made.clientSecret ? [{ name: t`Client secret`, value: made.clientSecret }] : []),
          ...(made.apiKey ? [{ name: t`API key`, value: made.apiKey }] : []),
        ]}
        onDone={onClose}
      />
    );
  }
  const refusal = () => {
    if (!isSecret && !isKey) return t`choose what is to be new`;
    return isPossible ? undefined : t`hours from 0 to 720 are needed`;
  };
  return (
    <FormDialog
      title={<Trans>New secrets for {credential.label}</Trans>}
      onClose={onClose}
      onSubmit={() => void rotate()}
      error={action.over('keepHours')}
      submit={<Trans>Make new secrets</Trans>}
      isBusy={action.isBusy}
      refusal={refusal()}
    >
      <Check isOn={isSecret} onChange={setSecret}>
        <Trans>A new client secret</Trans>
      </Check>
      <Check isOn={isKey} onChange={setKey}>
        <Trans>A new API key</Trans>
      </Check>
      <Field
        label={t`Hours for which the current ones stay valid`}
        hint={t`With 0 they end at once, and programs that use them lose their access.`}
        value={hours}
        inputMode="numeric"
        error={action.at('keepHours')}
        onChange={(event) => setHours(event.target.value)}
      />
    </FormDialog>
  );
}
