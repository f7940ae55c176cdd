// Every change that a page makes is in the audit, under the member's name and the id of its request.

import type { BrowserContext, Response } from 'playwright-core';

export interface Change {
  /** The name of the mutation, or the path. */
  name: string;
  requestId: string;
  /** Who was signed in. Null until it is known: the browser forgets an answer of a page that it has left. */
  member: string | null;
}

interface Entry {
  requestId: string | null;
  actor: { label: string } | null;
}

interface Page {
  auditEvents: { edges: { node: Entry }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
}

/** Requests without an audit entry: they start a sign-in or a new way to sign in, which another request completes. */
const STARTS = /\/begin$|^POST \/auth\/(link\/(open|accept)|password|explorer-token)$/;

/** Mutations that change nothing. */
const NO_CHANGE = ['EndpointActionsProbeMutation'];

/** Writes down the changes of a visit, in the order of their answers. */
export function noteChanges(context: BrowserContext, changes: Change[]): void {
  const own: Change[] = [];
  let member: string | null = null;
  context.on('response', (response) => {
    void read(response).then((answer) => {
      member = answer?.member ?? member;
      const requestId = response.headers()['x-request-id'];
      if (answer?.change && requestId) {
        const change = { name: answer.change, requestId, member };
        own.push(change);
        changes.push(change);
      }
      for (const change of own) change.member ??= member;
    });
  });
}

async function read(response: Response): Promise<{ member?: string | undefined; change?: string } | null> {
  const request = response.request();
  const { pathname } = new URL(response.url());
  const isAuth = pathname.startsWith('/auth/');
  const [, mutation] = /"operationName":"(\w+Mutation)"/.exec(request.postData() ?? '') ?? [];
  if (!response.ok() || !(isAuth || mutation)) return null;
  const body = (await response.json().catch(() => null)) as Record<string, unknown> | null;
  if (isAuth) {
    const state = (body?.state ?? body) as { member?: { name: string } | null } | null;
    const call = `${request.method()} ${pathname}`;
    const member = state?.member?.name;
    return request.method() === 'GET' || STARTS.test(call) ? { member } : { member, change: call };
  }
  const payloads = Object.values((body?.data ?? {}) as Record<string, { __typename?: string } | null>);
  const isMade = payloads.length > 0 && payloads.every((payload) => payload?.__typename?.endsWith('SuccessPayload'));
  return isMade && !NO_CHANGE.includes(String(mutation)) ? { change: String(mutation) } : null;
}

/** The changes that the audit does not have. */
export async function unaudited(changes: readonly Change[], ask: <T>(query: string) => Promise<T>): Promise<string[]> {
  const actors = new Map<string, string[]>();
  for (let after = ''; ; ) {
    const query = `{ auditEvents(first: 100${after}) { edges { node { requestId actor { label } } } pageInfo { hasNextPage endCursor } } }`;
    const { edges, pageInfo } = (await ask<Page>(query)).auditEvents;
    for (const { node } of edges) {
      if (node.requestId) actors.set(node.requestId, [...(actors.get(node.requestId) ?? []), node.actor?.label ?? 'no actor']);
    }
    if (!pageInfo.hasNextPage) break;
    after = `, after: "${pageInfo.endCursor}"`;
  }
  return changes
    .filter(({ requestId, member }) => (member === null ? !actors.has(requestId) : !actors.get(requestId)?.includes(member)))
    .map(({ name, requestId, member }) => `${name} by ${member ?? 'an unknown member'}: ${actors.get(requestId)?.join() ?? 'no entry'} (${requestId})`);
}
