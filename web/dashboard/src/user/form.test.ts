import { describe, expect, it } from 'vitest';
import { changesOf, EMPTY_FORM, joinList, splitList } from './form.ts';

describe('the form of a user', () => {
  it('sends only what was changed', () => {
    const before = { ...EMPTY_FORM, firstName: 'Anna', tags: 'vip, retail' };
    expect(changesOf(before, before)).toEqual({});
    expect(changesOf(before, { ...before, firstName: ' Anne ', tags: 'vip' })).toEqual({
      firstName: 'Anne',
      tags: ['vip'],
    });
  });

  it('takes away what was emptied', () => {
    const before = { ...EMPTY_FORM, birthCity: 'Zürich', verifiedEmails: 'a@example.org' };
    expect(changesOf(before, { ...before, birthCity: '', verifiedEmails: '' })).toEqual({
      birthCity: null,
      verifiedEmails: [],
    });
  });

  it('reads lists as they are written', () => {
    expect(splitList(' a; b,\n a ,, c ')).toEqual(['a', 'b', 'c']);
    expect(splitList(joinList(['x', 'y z']))).toEqual(['x', 'y z']);
  });
});
