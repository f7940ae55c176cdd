// A small identity provider (OpenID Connect) on this machine: signs in everybody who comes.

import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OidcProvider {
  issuer: string;
  /** The groups of the person from now on. */
  groups: string[];
  /** What the provider calls the person from now on. */
  subject: string;
  close(): void;
}

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

export async function startOidcProvider(): Promise<OidcProvider> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pending = new Map<string, URLSearchParams>();
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  // Under another name than the server's: the browser comes back from another site.
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: OidcProvider = { issuer, groups: [], subject: '1906-12-09', close: () => server.close() };

  function token(code: string, verifier: string): object | null {
    const asked = pending.get(code);
    pending.delete(code);
    if (createHash('sha256').update(verifier).digest('base64url') !== asked?.get('code_challenge')) return null;
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: issuer,
      aud: asked.get('client_id'),
      sub: provider.subject,
      nonce: asked.get('nonce'),
      iat: now,
      exp: now + 300,
      auth_time: now,
      name: 'Grace Hopper',
      email: 'grace@example.org',
      groups: provider.groups,
    };
    const message = `${encode({ alg: 'ES256', kid: '1' })}.${encode(claims)}`;
    const signature = sign('sha256', Buffer.from(message), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    return { token_type: 'Bearer', access_token: 'a', id_token: `${message}.${signature.toString('base64url')}` };
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer);
    const json = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (url.pathname === '/authorize') {
      const code = `code-${pending.size}-${Date.now()}`;
      pending.set(code, url.searchParams);
      const back = new URL(url.searchParams.get('redirect_uri') ?? issuer);
      back.search = new URLSearchParams({ code, state: url.searchParams.get('state') ?? '' }).toString();
      response.writeHead(302, { location: back.href }).end();
    } else if (url.pathname === '/token') {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      const body = token(form.get('code') ?? '', form.get('code_verifier') ?? '');
      json(body ? 200 : 400, body ?? { error: 'invalid_grant' });
    } else if (url.pathname === '/keys') {
      json(200, { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: '1', alg: 'ES256' }] });
    } else {
      json(200, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
      });
    }
  }

  return provider;
}
