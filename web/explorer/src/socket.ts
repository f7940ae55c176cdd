// Subscriptions over a WebSocket. They too show what becomes of them.

import type { Fetcher } from '@graphiql/toolkit';
import { type ExecutionResult, getOperationAST, parse } from 'graphql';
import { createClient } from 'graphql-ws';

type Asked = Parameters<Fetcher>[0];

/** Whether the operation that is to run is a subscription. A text that is no document is for the server to refuse. */
export function isSubscription({ query, operationName }: Asked): boolean {
  try {
    return getOperationAST(parse(query), operationName)?.operation === 'subscription';
  } catch {
    return false;
  }
}

/** What a subscription is told, until the pane is stopped or the server ends it. */
export async function* subscribe(
  endpoint: string,
  token: string,
  { query, variables, operationName }: Asked,
): AsyncGenerator<ExecutionResult> {
  const url = new URL(endpoint, window.location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  const client = createClient({
    url: url.href,
    connectionParams: token ? { Authorization: `Bearer ${token}` } : {},
    retryAttempts: 0,
  });
  try {
    yield* client.iterate({ query, variables, operationName }) as AsyncGenerator<ExecutionResult>;
  } catch (error) {
    yield { errors: reasons(error) } as unknown as ExecutionResult;
  } finally {
    await client.dispose();
  }
}

/** Errors of GraphQL as they are; otherwise why the socket was closed. */
function reasons(error: unknown): unknown[] {
  if (Array.isArray(error)) return error;
  if (error instanceof CloseEvent) {
    const message = error.reason || 'The server closed the socket without a word.';
    return [{ message, extensions: { code: error.code } }];
  }
  return [{ message: error instanceof Error ? error.message : 'The socket could not be opened.' }];
}
