import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useState } from 'react';
import { graphql, useFragment } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Row } from '../ui/Page.tsx';
import type { EndpointActions_endpoint$key } from './__generated__/EndpointActions_endpoint.graphql.ts';
import type { EndpointActionsProbeMutation } from './__generated__/EndpointActionsProbeMutation.graphql.ts';
import type { EndpointActionsStatusMutation } from './__generated__/EndpointActionsStatusMutation.graphql.ts';
import { EditEndpointDialog } from './EditEndpointDialog.tsx';
import { RemoveEndpointDialog } from './RemoveEndpointDialog.tsx';
import { RotateSecretDialog } from './RotateSecretDialog.tsx';
import styles from './webhook.module.css';
import { failure } from './words.ts';

type Open = 'edit' | 'rotate' | 'remove' | null;

interface Props {
  endpoint: EndpointActions_endpoint$key;
  /** Shows on the card what came of it. */
  onSay(what: ReactNode): void;
}

export function EndpointActions({ endpoint, onSay }: Props) {
  const { t } = useLingui();
  const words = useWords();
  const [open, setOpen] = useState<Open>(null);
  const data = useFragment(
    graphql`
      fragment EndpointActions_endpoint on WebhookSubscription {
        id
        label
        endpoint
        eventTypes
        status
      }
    `,
    endpoint,
  );
  const probe = useAction<EndpointActionsProbeMutation>(graphql`
    mutation EndpointActionsProbeMutation($input: ProbeWebhookEndpointInput!) {
      probeWebhookEndpoint(input: $input) {
        __typename
        ... on ProbeWebhookEndpointSuccessPayload {
          statusCode
          milliseconds
          failure
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  const status = useAction<EndpointActionsStatusMutation>(graphql`
    mutation EndpointActionsStatusMutation($input: UpdateWebhookSubscriptionInput!) {
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
  async function runProbe(): Promise<void> {
    const answer = (await probe.run({ input: { id: data.id } }))?.probeWebhookEndpoint;
    if (answer?.milliseconds === undefined) return;
    const { failure: code, statusCode, milliseconds } = answer;
    const reason = code ? words(failure, code).text : null;
    onSay(
      <p className={styles.message} data-tone={reason ? 'refused' : 'ok'}>
        {reason ? (
          <Trans>
            The probe failed after {milliseconds} ms: {reason}
          </Trans>
        ) : (
          <Trans>
            The endpoint answered {statusCode} within {milliseconds} ms.
          </Trans>
        )}
      </p>,
    );
  }
  async function set(next: 'Active' | 'Disabled'): Promise<void> {
    onSay(null);
    await status.run({ input: { id: data.id, status: next } });
  }
  const problem = probe.over() ?? status.over();
  const close = () => setOpen(null);
  const { label } = data;
  return (
    <Row>
      <Button isBusy={probe.isBusy} onClick={() => void runProbe()} aria-label={t`Probe ${label}`}>
        <Trans>Probe</Trans>
      </Button>
      {data.status === 'Active' ? (
        <Button isBusy={status.isBusy} onClick={() => void set('Disabled')} aria-label={t`Pause ${label}`}>
          <Trans>Pause</Trans>
        </Button>
      ) : (
        <Button isBusy={status.isBusy} onClick={() => void set('Active')} aria-label={t`Make ${label} active`}>
          <Trans>Make active</Trans>
        </Button>
      )}
      <Button onClick={() => setOpen('edit')} aria-label={t`Edit ${label}`}>
        <Trans>Edit</Trans>
      </Button>
      <Button onClick={() => setOpen('rotate')} aria-label={t`New secret for ${label}`}>
        <Trans>New secret</Trans>
      </Button>
      <Button onClick={() => setOpen('remove')} aria-label={t`Remove ${label}`}>
        <Trans>Remove</Trans>
      </Button>
      {problem && (
        <p className={styles.message} data-tone="refused" role="alert">
          {problem}
        </p>
      )}
      {open === 'edit' && <EditEndpointDialog endpoint={data} onClose={close} />}
      {open === 'rotate' && <RotateSecretDialog endpoint={data} onClose={close} />}
      {open === 'remove' && <RemoveEndpointDialog endpoint={data} onClose={close} />}
    </Row>
  );
}
