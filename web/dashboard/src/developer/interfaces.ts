// The interfaces of the server, and how one is called first. No command has a secret in it: each names where one goes.

import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

export interface Interface {
  name: MessageDescriptor;
  path: string;
  signIn: MessageDescriptor;
}

const token = msg`Access token`;

export const INTERFACES: readonly Interface[] = [
  { name: msg`Access tokens (OAuth 2.0)`, path: '/oauth2/token', signIn: msg`Client id and secret` },
  { name: msg`Graph (GraphQL), and its events over WebSocket or SSE`, path: '/graphql', signIn: token },
  { name: msg`Verification history`, path: '/api/v2/verifications', signIn: token },
  { name: msg`Proofing requests`, path: '/api/web/v1/idproofing', signIn: token },
  { name: msg`Verification sessions`, path: '/v2/sessions', signIn: msg`API key` },
  { name: msg`Verification results`, path: '/v1/verification/details/{id}', signIn: msg`API key of an integration` },
  { name: msg`Description of the REST interfaces (OpenAPI)`, path: '/openapi.json', signIn: msg`Nothing` },
];

export function tokenCommand(origin: string, clientId: string | null): string {
  return `TOKEN=$(curl -s ${origin}/oauth2/token -u '${clientId ?? 'CLIENT_ID'}:CLIENT_SECRET' \\
  -d grant_type=client_credentials | sed -E 's/.*"access_token":"([^"]+)".*/\\1/')`;
}

export function queryCommand(origin: string): string {
  return `curl -s ${origin}/graphql -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
  -d '{"query": "{ viewer { project { name } permissions } }"}'`;
}
