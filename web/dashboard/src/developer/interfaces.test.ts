import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { INTERFACES, queryCommand, tokenCommand } from './interfaces.ts';

const { paths } = JSON.parse(readFileSync(new URL('../../../../openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, unknown>;
};

describe('the addresses of the interfaces', () => {
  for (const { path } of INTERFACES.filter(({ path }) => path !== '/graphql')) {
    it(`has ${path} in the description of the server`, () => expect(Object.keys(paths)).toContain(path));
  }
});

it('names where the secret goes, and has none', () => {
  expect(tokenCommand('https://id.example', null)).toContain("-u 'CLIENT_ID:CLIENT_SECRET'");
  expect(tokenCommand('https://id.example', 'crm')).toContain("-u 'crm:CLIENT_SECRET'");
  expect(queryCommand('https://id.example')).toContain('https://id.example/graphql');
});
