// schema.graphql, as GraphQL's reference implementation reads it, and the rule about variables that it has.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import {
  buildSchema,
  parse,
  specifiedRules,
  validate,
  validateSchema,
  VariablesInAllowedPositionRule,
} from 'graphql';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const schema = buildSchema(read('schema.graphql'));
const usages = JSON.parse(read('tests/it/document/usages.json')) as { document: string; valid: boolean }[];

test('schema.graphql is a valid schema', () => {
  assert.deepEqual(validateSchema(schema), []);
});

test('each scalar of our own says what specifies it', () => {
  for (const name of ['DateTime', 'Date', 'CCA3', 'PhoneNumber', 'Duration']) {
    const type = schema.getType(name);
    assert.ok(type && 'specifiedByURL' in type && type.specifiedByURL, name);
  }
});

test('variables may stand where graphql-js says so', () => {
  for (const { document, valid } of usages) {
    const misplaced = validate(schema, parse(document), [VariablesInAllowedPositionRule]);
    assert.equal(misplaced.length === 0, valid, `${document}: ${misplaced}`);
    const rules = specifiedRules.filter((rule) => rule !== VariablesInAllowedPositionRule);
    // Nothing else is wrong with them, but that an operation alone among several has to have a name.
    assert.deepEqual(validate(schema, parse(document), rules), [], document);
  }
});
