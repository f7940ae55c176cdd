import { Trans, useLingui } from '@lingui/react/macro';
import { Suspense, useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { useWords } from '../app/words.ts';
import { Field, SelectField } from '../ui/Field.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import { Skeleton } from '../ui/Panel.tsx';
import { SecretDialog } from '../ui/Secret.tsx';
import type { NewEndpointDialogMutation, WebhookBodyKind } from './__generated__/NewEndpointDialogMutation.graphql.ts';
import { EventTypes } from './EventTypes.tsx';
import { bodyKind } from './words.ts';

export function NewEndpointDialog({ onClose }: { onClose(): void }) {
  const { t } = useLingui();
  const words = useWords();
  const action = useAction<NewEndpointDialogMutation>(
    graphql`
      mutation NewEndpointDialogMutation($input: AddWebhookSubscriptionInput!) {
        addWebhookSubscription(input: $input) {
          __typename
          ... on WebhookSubscriptionSuccessPayload {
            secret
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
  const [endpoint, setEndpoint] = useState('');
  const [kind, setKind] = useState('EVENT');
  const [eventTypes, setEventTypes] = useState<readonly string[]>(['*']);
  // The same key however often it is sent: an endpoint is added once.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [secret, setSecret] = useState<string | null>(null);
  async function submit(): Promise<void> {
    const input = {
      label: label.trim(),
      endpoint: endpoint.trim(),
      eventTypes,
      bodyKind: kind as WebhookBodyKind,
      idempotencyKey,
    };
    const made = (await action.run({ input }))?.addWebhookSubscription;
    if (made?.secret) setSecret(made.secret);
    else if (made) onClose();
  }
  if (secret !== null) {
    return (
      <SecretDialog
        title={<Trans>Keep the secret of the endpoint</Trans>}
        text={<Trans>Deliveries are signed with it; your endpoint checks them by it.</Trans>}
        values={[{ name: t`Secret`, value: secret }]}
        onDone={onClose}
      />
    );
  }
  const isReady = label.trim() !== '' && endpoint.trim() !== '' && eventTypes.length > 0;
  return (
    <FormDialog
      title={<Trans>New endpoint</Trans>}
      isWide
      onClose={onClose}
      onSubmit={() => void submit()}
      error={action.over('label', 'endpoint', 'eventTypes', 'bodyKind')}
      submit={<Trans>Add</Trans>}
      isBusy={action.isBusy}
      refusal={isReady ? undefined : t`a label, an address and an event are needed`}
    >
      <Field
        label={t`Label`}
        value={label}
        maxLength={255}
        error={action.at('label')}
        required
        autoFocus
        onChange={(event) => setLabel(event.target.value)}
      />
      <Field
        label={t`Address`}
        hint={t`An https address of the public internet.`}
        type="url"
        inputMode="url"
        autoComplete="off"
        value={endpoint}
        error={action.at('endpoint')}
        required
        onChange={(event) => setEndpoint(event.target.value)}
      />
      <SelectField
        label={t`Body`}
        hint={t`What a delivery holds. It cannot be changed later.`}
        value={kind}
        error={action.at('bodyKind')}
        onChange={(event) => setKind(event.target.value)}
      >
        {Object.keys(bodyKind).map((value) => (
          <option key={value} value={value}>
            {words(bodyKind, value).text}
          </option>
        ))}
      </SelectField>
      <Suspense fallback={<Skeleton rows={3} />}>
        <EventTypes chosen={eventTypes} error={action.at('eventTypes')} onChange={setEventTypes} />
      </Suspense>
    </FormDialog>
  );
}
