import { expect, it } from 'vitest';
import { differences, merged } from './conflict.ts';
import { EMPTY_FORM } from './form.ts';

const before = { ...EMPTY_FORM, firstName: 'Ada', lastName: 'Doe', tags: 'vip', birthCity: 'Paris' };
const theirs = { ...before, firstName: 'Anna', lastName: 'Roe', birthCity: 'Lyon' };
const yours = { ...before, firstName: 'Anne', tags: 'vip, retail', birthCity: ' Lyon ' };

it('names the fields in which the two differ, and not what both wrote alike', () => {
  expect(differences(before, theirs, yours)).toEqual([
    { field: 'firstName', theirs: 'Anna', yours: 'Anne' },
    { field: 'lastName', theirs: 'Roe', yours: 'Doe' },
    { field: 'tags', theirs: 'vip', yours: 'vip, retail' },
  ]);
  expect(differences(before, before, before)).toEqual([]);
});

it('begins with yours where you changed something, and with theirs elsewhere', () => {
  expect(merged(before, theirs, yours)).toEqual({
    ...before,
    firstName: 'Anne',
    lastName: 'Roe',
    tags: 'vip, retail',
    birthCity: ' Lyon ',
  });
});
