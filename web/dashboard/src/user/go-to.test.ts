import { describe, expect, it } from 'vitest';
import { placeIn } from './go-to.ts';

describe('where a text leads in the list of users', () => {
  it('is a number', () => {
    expect(placeIn(' 302 ')).toEqual({ kind: 'number', number: 302 });
  });

  it('is a day, with all of it', () => {
    const place = placeIn('2026-01-31');
    const at = new Date(2026, 1, 1).toISOString();
    expect(place).toEqual({ kind: 'day', until: { from: null, to: { isIncluded: false, at } } });
  });

  it('is nothing else', () => {
    for (const text of ['', '0', '99999999999', '2026-02-30', '2026-13-01', 'doe', '-1', '1.5']) {
      expect(placeIn(text)).toBeNull();
    }
  });
});
