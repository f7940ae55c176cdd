// Live changes over one WebSocket for each project, open while something listens.

import type { Client } from 'graphql-ws';
import { type GraphQLResponse, Observable, type SubscribeFunction } from 'relay-runtime';

const LONGEST_WAIT_MS = 30_000;
/** The operation is named by its hash, as over HTTP. The library wants a text, which is left out when it is sent. */
const NO_TEXT = '-- named by its hash --';

export interface SocketEvents {
  /** The socket is open again after a time without it: what was missed has to be read. */
  onReconnected(): void;
  /** The server closed the socket because the session or the seat has ended. */
  onRefused(): void;
  onStatus(isLive: boolean): void;
  /** The member may do more or less than this page knows. */
  onChanged(): void;
}

export function createSocket(projectId: string, events: SocketEvents): SubscribeFunction {
  const url = new URL('/graphql', window.location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  let wasOpen = false;
  let client: Promise<Client> | undefined;
  // Loaded with the first page that listens: the first list does not.
  const open = async (): Promise<Client> => {
    const { createClient } = await import('graphql-ws');
    return createClient({
      url: url.href,
      lazy: true,
      connectionParams: { project: projectId },
      retryAttempts: Number.POSITIVE_INFINITY,
      // The socket comes back after what happened to it, not after a fault of our own.
      shouldRetry: (error) => error instanceof Event,
      jsonMessageReplacer: (_, value: unknown) => (value === NO_TEXT ? undefined : value),
      retryWait: (retries) =>
        new Promise((resolve) => {
          const wait = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** retries);
          setTimeout(resolve, wait * (0.75 + Math.random() / 2));
        }),
      on: {
        connected: () => {
          events.onStatus(true);
          if (wasOpen) events.onReconnected();
          wasOpen = true;
        },
        ping: (isReceived, payload) => {
          if (isReceived && payload?.['changed'] === 'permissions') events.onChanged();
        },
        closed: (event) => {
          events.onStatus(false);
          const { code } = event as CloseEvent;
          if (code >= 4000 && code < 4500) events.onRefused();
        },
      },
    });
  };

  const subscribe: SubscribeFunction = ({ id, name }, variables) =>
    Observable.create<GraphQLResponse>((sink) => {
      const payload = { query: NO_TEXT, documentId: `sha256:${id}`, operationName: name, variables };
      let isOver = false;
      let stop = () => {
        isOver = true;
      };
      const fail = (error: unknown) =>
        sink.error(error instanceof Error ? error : new Error('the subscription ended'));
      client ??= open();
      client.then((opened) => {
        if (isOver) return;
        stop = opened.subscribe(payload, {
          next: (result) => sink.next(result as GraphQLResponse),
          error: fail,
          complete: () => sink.complete(),
        });
      }, fail);
      return () => stop();
    });
  return subscribe;
}
