// One GraphQL request over HTTP, or a subscription over a socket. Whatever happens, the user sees a result.

import type { Fetcher } from '@graphiql/toolkit';
import type { ExecutionResult } from 'graphql';
import { isSubscription, subscribe } from './socket.ts';

const ACCEPT = 'application/graphql-response+json, application/json;q=0.9';

export function createFetcher(
  endpoint: string,
  token: string,
  onStatus: (status: number) => void,
): Fetcher {
  // A server that reads from a replica shows a change to the reads that name its position.
  let position: string | null = null;
  return async (params, options) => {
    if (isSubscription(params)) return subscribe(endpoint, token, params);
    let response: Response;
    try {
      const headers = new Headers(options?.headers);
      headers.set('accept', ACCEPT);
      headers.set('content-type', 'application/json');
      // The bar's token wins over the Headers pane: what the bar says is what is sent.
      if (token) headers.set('authorization', `Bearer ${token}`);
      if (position) headers.set('x-verigraph-position', position);
      response = await fetch(endpoint, {
        method: 'POST',
        headers,
        body: JSON.stringify(params),
        credentials: 'omit',
        cache: 'no-store',
      });
    } catch (error) {
      return failure('No answer from the server: it may be stopped, or the network is down.', {
        endpoint,
        reason: error instanceof Error ? error.message : String(error),
      });
    }
    onStatus(response.status);
    position = response.headers.get('x-verigraph-position') ?? position;
    return readBody(response);
  };
}

/** GraphQL's own errors come as JSON with any status; they are shown as they are. */
async function readBody(response: Response): Promise<ExecutionResult> {
  const { status, statusText } = response;
  let text = '';
  try {
    text = await response.text();
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null) return body;
  } catch {
    // Not JSON, or cut off: reported below with what did arrive.
  }
  return failure('The server answered with something that is not a GraphQL response.', {
    status: statusText ? `${status} ${statusText}` : status,
    contentType: response.headers.get('content-type'),
    body: text.length > 1000 ? `${text.slice(0, 1000)}…` : text,
  });
}

/** An error in GraphQL's own shape; GraphQLError's class would print less. */
function failure(message: string, extensions: Record<string, unknown>): ExecutionResult {
  return { errors: [{ message, extensions }] } as unknown as ExecutionResult;
}
