import { describe, expect, it } from 'vitest';
import { idIn } from './search.ts';

describe('the search box', () => {
  it('knows an id of a user', () => {
    expect(idIn(' 018B89E6-6660-7000-8000-000000000001 ')).toBe('018b89e6-6660-7000-8000-000000000001');
    expect(idIn('018b89e6')).toBeNull();
  });
});
