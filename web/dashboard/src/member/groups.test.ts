import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { groupsOf } from './groups.ts';
import { permissionWords } from './words.ts';

it('puts the permissions of one object together, each once', () => {
  const names = ['USERS:VIEW', 'AUDIT:VIEW', 'USERS:EDIT'].map((name) => ({ name }));
  expect(groupsOf(names)).toEqual([
    { name: 'USERS', permissions: [{ name: 'USERS:VIEW' }, { name: 'USERS:EDIT' }] },
    { name: 'AUDIT', permissions: [{ name: 'AUDIT:VIEW' }] },
  ]);
});

it('has words for each permission of the server', () => {
  const source = readFileSync(new URL('../../../../src/auth/permission.rs', import.meta.url), 'utf8');
  const names = [...source.matchAll(/serialize = "([A-Z]+:[A-Z]+)"/g)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => name !== 'INSTALLATION:MANAGE' && !Object.hasOwn(permissionWords, name ?? ''))).toEqual([]);
});
