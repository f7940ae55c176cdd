import { Trans, useLingui } from '@lingui/react/macro';
import { Suspense, useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { Field } from '../ui/Field.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import { Skeleton } from '../ui/Panel.tsx';
import type { EditEndpointDialogMutation } from './__generated__/EditEndpointDialogMutation.graphql.ts';
import { EventTypes } from './EventTypes.tsx';

interface Props {
  endpoint: {
    readonly id: string;
    readonly label: string;
    readonly endpoint: string;
    readonly eventTypes: readonly string[];
  };
  onClose(): void;
}

export function EditEndpointDialog({ endpoint, onClose }: Props) {
  const { t } = useLingui();
  const action = useAction<EditEndpointDialogMutation>(graphql`
    mutation EditEndpointDialogMutation($input: UpdateWebhookSubscriptionInput!) {
      updateWebhookSubscription(input: $input) {
        __typename
        ... on WebhookSubscriptionSuccessPayload {
          webhookSubscription {
            id
            ...EndpointCard_endpoint
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  const [label, setLabel] = useState(endpoint.label);
  const [address, setAddress] = useState(endpoint.endpoint);
  const [eventTypes, setEventTypes] = useState<readonly string[]>(endpoint.eventTypes);
  async function submit(): Promise<void> {
    const input = {
      id: endpoint.id,
      ...(label.trim() !== endpoint.label && { label: label.trim() }),
      ...(address.trim() !== endpoint.endpoint && { endpoint: address.trim() }),
      ...(eventTypes !== endpoint.eventTypes && { eventTypes }),
    };
    if (await action.run({ input })) onClose();
  }
  const isReady = label.trim() !== '' && address.trim() !== '' && eventTypes.length > 0;
  return (
    <FormDialog
      title={<Trans>Edit the endpoint</Trans>}
      isWide
      onClose={onClose}
      onSubmit={() => void submit()}
      error={action.over('label', 'endpoint', 'eventTypes')}
      submit={<Trans>Save</Trans>}
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
        type="url"
        inputMode="url"
        autoComplete="off"
        value={address}
        error={action.at('endpoint')}
        required
        onChange={(event) => setAddress(event.target.value)}
      />
      <Suspense fallback={<Skeleton rows={3} />}>
        <EventTypes chosen={eventTypes} error={action.at('eventTypes')} onChange={setEventTypes} />
      </Suspense>
    </FormDialog>
  );
}
