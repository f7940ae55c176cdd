import { describe, expect, it } from 'vitest';
import { idIn, lookupOf } from './search.ts';

describe('the search box', () => {
  it('takes a text for what it may be', () => {
    expect(lookupOf(' a@example.org ')).toEqual({ verifiedEmails: ['a@example.org'] });
    expect(lookupOf('+33 6 12-34 (56) 78')).toEqual({ mobilePhoneNumbers: ['+33612345678'] });
    expect(lookupOf('order-17')).toEqual({ refIds: ['order-17'] });
    expect(lookupOf('  ')).toEqual({});
  });

  it('knows an id of a user', () => {
    expect(idIn(' 018B89E6-6660-7000-8000-000000000001 ')).toBe('018b89e6-6660-7000-8000-000000000001');
    expect(idIn('018b89e6')).toBeNull();
  });
});
