// Sends operations by their hash. The text of an operation never leaves the build.

import type { FetchFunction, GraphQLResponse } from 'relay-runtime';
import { isActive } from '../activity.ts';
import { session } from '../session.ts';
import { type FieldError, GraphError, rootError } from './errors.ts';
import { lastOperation } from './last-operation.ts';

const RETRIED = new Set(['TIMEOUT', 'OVERLOADED', 'UNAVAILABLE']);
const RETRIES = 2;

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: FieldError[];
}

export interface Events {
  /** A field was refused: the seat may do less than this page knows. */
  onForbidden(): void;
  /** The whole request was refused: the member has no seat in the project. */
  onRefused(): void;
  /** The server is of another build than the page. */
  onNewVersion(): void;
}

export function createFetch(projectId: string, events: Events): FetchFunction {
  return async function run({ id, name, operationKind }, variables): Promise<GraphQLResponse> {
    const body = JSON.stringify({ documentId: `sha256:${id}`, operationName: name, variables });
    if (id && operationKind === 'query') lastOperation.note(name, { id, variables });
    for (let attempt = 0; ; attempt += 1) {
      const response = await post(projectId, body);
      const requestId = response.headers.get('x-request-id');
      if (response.status === 401) {
        await session.whenSignedIn();
        continue;
      }
      const answer = (await response.json().catch(() => null)) as Answer | null;
      const errors = answer?.errors ?? [];
      const error = rootError(answer?.data, errors);
      const code = error?.extensions?.code ?? (response.ok ? 'UNKNOWN' : `HTTP_${response.status}`);
      if (response.status === 403) {
        events.onRefused();
        throw new GraphError('FORBIDDEN', error?.message ?? '', requestId, errors);
      }
      if (errors.some(({ extensions }) => extensions?.code === 'FORBIDDEN')) events.onForbidden();
      if (answer?.data && !error) return answer as GraphQLResponse;
      if (code === 'PERSISTED_QUERY_NOT_FOUND') events.onNewVersion();
      if (!RETRIED.has(code) || attempt >= RETRIES) {
        throw new GraphError(code, error?.message ?? '', requestId, errors);
      }
      const after = Number(response.headers.get('retry-after')) || 1 + attempt;
      await new Promise((resolve) => setTimeout(resolve, after * 1000));
    }
  };
}

async function post(projectId: string, body: string): Promise<Response> {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    accept: 'application/json',
    'X-Verigraph-Client': 'dashboard',
    'X-Verigraph-Project': projectId,
  };
  if (isActive()) headers['X-Verigraph-Activity'] = '1';
  try {
    const response = await fetch('/graphql', { method: 'POST', headers, body, credentials: 'same-origin' });
    session.setBack();
    return response;
  } catch {
    session.setAway();
    throw new GraphError('UNREACHABLE', '', null);
  }
}
