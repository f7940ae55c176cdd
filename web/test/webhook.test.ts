// Webhooks, as an integrator's own listener sees them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import axios from 'axios';
import { Webhook } from 'standardwebhooks';
import { listen, type Body, type Listener } from './listener.ts';
import { startServer, type Server } from './server.ts';

let server: Server;
let listener: Listener;

// What the listener looks up after each delivery.
const lookUp = (body: Body) => rest(`/api/web/v1/idproofing/${body.resourceId}`);

function rest(path: string) {
  return { url: `${server.demo.url}${path}`, headers: { authorization: `Bearer ${server.demo.token}` } };
}

before(async () => {
  server = await startServer();
  listener = await listen((body) => lookUp(body));
});

after(async () => {
  await listener?.stop();
  assert.equal(await server?.stop(), 0, 'the exit code after SIGINT');
});

async function graph<T>(query: string, variables: object = {}): Promise<T> {
  const headers = { authorization: `Bearer ${server.demo.token}` };
  const { data } = await axios.post(server.demo.graphql, { query, variables }, { headers });
  assert.equal(data.errors, undefined, JSON.stringify(data.errors));
  return data.data as T;
}

interface Subscribed {
  it: { secret: string | null; webhookSubscription: { id: string } };
}

const FIELDS = '{ __typename ... on WebhookSubscriptionSuccessPayload { secret webhookSubscription { id } } }';

async function begin(): Promise<string> {
  const { url, headers } = rest('/api/web/v1/idproofing/init');
  const { data } = await axios.post(url, {}, { headers });
  return data.requestId as string;
}

test('a change arrives signed, verifies, and leads to the object; with a new secret too', async () => {
  const add = `mutation ($endpoint: String!) { it: addWebhookSubscription(input: {
    label: "Express", endpoint: $endpoint, eventTypes: ["ProofingRequest.Created"] }) ${FIELDS} }`;
  const { it: added } = await graph<Subscribed>(add, { endpoint: listener.url });
  assert.match(added.secret ?? '', /^whsec_/);
  const secret = added.secret as string;
  listener.trust(secret);

  const request = await begin();
  const delivery = await listener.next();
  assert.equal(delivery.body.eventType, 'ProofingRequest.Created');
  assert.equal(delivery.body.resourceId, request);
  assert.equal(delivery.body.eventId, delivery.headers['webhook-id']);
  assert.equal((delivery.found as { requestId: string }).requestId, request);

  // The older names of the headers carry the same.
  const headers = Object.fromEntries(
    ['id', 'timestamp', 'signature'].map((name) => [`webhook-${name}`, delivery.headers[`svix-${name}`] as string]),
  );
  const webhook = new Webhook(secret);
  assert.deepEqual(webhook.verify(delivery.raw, headers), delivery.body);
  assert.throws(() => webhook.verify(delivery.raw.replace('Created', 'Updated'), headers));
  assert.throws(() => webhook.verify(delivery.raw, { ...headers, 'webhook-id': 'another' }));

  const rotate = `mutation ($id: ID!) { it: updateWebhookSubscription(input: { id: $id, rotateSecret: true }) ${FIELDS} }`;
  const { it: rotated } = await graph<Subscribed>(rotate, { id: added.webhookSubscription.id });
  assert.notEqual(rotated.secret, secret);
  for (const trusted of [secret, rotated.secret as string]) {
    listener.trust(trusted);
    const next = await begin();
    assert.equal((await listener.next()).body.resourceId, next);
  }
});

test('a probe says what the listener answered', async () => {
  const add = `mutation ($endpoint: String!) { it: addWebhookSubscription(input: {
    label: "nobody", endpoint: $endpoint, eventTypes: ["User.Created"], status: Disabled }) ${FIELDS} }`;
  const { it: added } = await graph<Subscribed>(add, { endpoint: listener.url.replace('/webhook', '/elsewhere') });
  const probe = `mutation ($id: ID!) { it: probeWebhookEndpoint(input: { id: $id }) {
    ... on ProbeWebhookEndpointSuccessPayload { statusCode milliseconds failure } } }`;
  const { it } = await graph<{ it: { statusCode: number; milliseconds: number; failure: string | null } }>(probe, {
    id: added.webhookSubscription.id,
  });
  assert.equal(it.statusCode, 404);
  assert.equal(it.failure, null);
});

// The listener of the user verification document: it knows `userId` alone, and fetches the session with an API key.
test('a session ends, its webhook arrives, and the session is there to be fetched', async () => {
  const key = { 'x-api-key': server.demo.apiKey };
  const own = await listen((body) => ({ url: `${server.demo.url}/sessions/${body.userId}`, headers: key }));
  try {
    const add = `mutation ($endpoint: String!) { it: addWebhookSubscription(input: { label: "Sessions", bodyKind: SESSION,
      endpoint: $endpoint, eventTypes: ["VerificationSession.Completed"] }) ${FIELDS} }`;
    const { it: added } = await graph<Subscribed>(add, { endpoint: own.url });
    own.trust(added.secret as string);
    const begin = `mutation { it: createVerificationSession(input: { refId: "express-1" }) {
      ... on CreateVerificationSessionSuccessPayload { sessionId } } }`;
    const { it: begun } = await graph<{ it: { sessionId: string } }>(begin);
    const end = `mutation ($id: ID!) { completeVerificationSession(input: { sessionId: $id, status: Successful }) { __typename } }`;
    await graph(end, { id: begun.sessionId });
    const delivery = await own.next();
    assert.deepEqual(delivery.body, { status: 'successful', refId: 'express-1', userId: 'express-1' });
    const found = delivery.found as { refId: string; status: string; sessionId: string };
    assert.equal(found.refId, 'express-1');
    assert.equal(found.status, 'successful');
    assert.equal(found.sessionId, begun.sessionId);
  } finally {
    await own.stop();
  }
});
