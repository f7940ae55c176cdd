// The description of the REST paths, as a validator of the specification sees it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { startServer, type Server } from './server.ts';

let server: Server | undefined;

before(async () => {
  server = await startServer();
});

after(async () => {
  await server?.stop();
});

test('the served document is valid OpenAPI 3.1', async () => {
  assert.ok(server, 'the server is not running');
  const answer = await fetch(`${server.demo.url}/openapi.json`);
  assert.equal(answer.status, 200);
  const document = (await answer.json()) as Record<string, unknown>;
  const validator = new Validator();
  const result = await validator.validate(document);
  assert.deepEqual([result.valid, result.errors], [true, undefined]);
  assert.equal(validator.version, '3.1');
  // A document that is not valid is told from one that is.
  delete document.info;
  assert.equal((await new Validator().validate(document)).valid, false);
});
