// An error in the place of what it kept from being shown.

import { Trans, useLingui } from '@lingui/react/macro';
import { Component, type ReactNode } from 'react';
import { Button } from '../ui/Button.tsx';
import { Message } from '../ui/Panel.tsx';
import { GraphError } from './relay/errors.ts';
import { live } from './relay/live.ts';

interface Props {
  error: unknown;
  onRetry?: (() => void) | undefined;
}

export function ErrorMessage({ error, onRetry }: Props) {
  const { t } = useLingui();
  const code = error instanceof GraphError ? error.code : 'UNKNOWN';
  const titles: Record<string, string> = {
    FORBIDDEN: t`Your role does not let you see this`,
    UNREACHABLE: t`The server does not answer`,
    TIMEOUT: t`The server took too long`,
    OVERLOADED: t`The server is busy`,
    UNAVAILABLE: t`The server is not available at the moment`,
    BAD_USER_INPUT: t`The server did not accept what was asked`,
  };
  const requestId = error instanceof GraphError ? error.requestId : null;
  const detail = error instanceof GraphError ? error.message : '';
  return (
    <Message
      icon="warning"
      title={titles[code] ?? t`This could not be shown`}
      isAlert
      actions={
        onRetry && (
          <Button onClick={onRetry}>
            <Trans>Try again</Trans>
          </Button>
        )
      }
    >
      {detail && <p>{detail}</p>}
      {requestId && (
        <p>
          <Trans>Request</Trans> <code>{requestId}</code>
        </p>
      )}
    </Message>
  );
}

interface BoundaryProps {
  /** The content is tried anew when this changes. */
  resetKey?: string;
  children: ReactNode;
}

interface BoundaryState {
  error: unknown;
  key: string | undefined;
}

/** Keeps an error within the panel or the page that it came from. */
export class ErrorBoundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { error: null, key: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<BoundaryState> {
    return { error: error ?? new Error('nothing was thrown') };
  }

  static getDerivedStateFromProps(props: BoundaryProps, state: BoundaryState): Partial<BoundaryState> | null {
    return props.resetKey === state.key ? null : { error: null, key: props.resetKey };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <ErrorMessage
        error={error}
        onRetry={() => {
          // Relay keeps the answer of a query that failed, so that it has to be another one.
          live.reread();
          this.setState({ error: null });
        }}
      />
    );
  }
}
