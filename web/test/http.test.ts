// GraphQL over HTTP, as the specification's own audits see the server.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { serverAudits } from 'graphql-http';
import { startServer, type Server } from './server.ts';

let server: Server | undefined;

before(async () => {
  server = await startServer();
});

// Asked again for every audit: the list is made before the server is up.
function demo() {
  assert.ok(server, 'the server is not running');
  return server.demo;
}

async function fetchWithToken(url: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${demo().token}`);
  return fetch(url, { ...init, headers });
}

describe('GraphQL over HTTP', () => {
  const audits = serverAudits({ url: () => demo().graphql, fetchFn: fetchWithToken });

  test('there are audits', () => {
    assert.ok(audits.length > 30, `only ${audits.length}`);
  });

  for (const { id, name, fn } of audits) {
    test(`${id}: ${name}`, async (context) => {
      const result = await fn();
      if (result.status === 'ok') return;
      const { status } = result.response;
      const body = result.response.bodyUsed ? '' : await result.response.text();
      const story = `${result.status}: ${result.reason} (HTTP ${status}) ${body}`.trim();
      if (name.startsWith('MAY ')) context.diagnostic(`not taken up: ${name}: ${story}`);
      else assert.fail(`${name}: ${story}`);
    });
  }
});

after(async () => {
  if (server) assert.equal(await server.stop(), 0, 'the exit code after SIGINT');
});
