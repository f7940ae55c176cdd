import { describe, expect, it } from 'vitest';
import { anyOf, choice, createQuery, flag, natural, oneOf, period, rangeOf, text, texts } from './query.ts';

const query = createQuery({
  status: anyOf(['Active', 'Erased']),
  tag: texts,
  state: oneOf(['INIT', 'COMPLETE']),
  face: flag,
  user: natural,
  ref: text,
  time: period,
  order: choice(['-updatedAt', 'number']),
});

describe('the query string of a list', () => {
  it('says the same after a round trip', () => {
    const values = [
      query.fallback,
      { ...query.fallback, status: ['Active', 'Erased'] as const, tag: ['vip', 'a&b=c', 'é ü'], face: false },
      { ...query.fallback, state: 'INIT' as const, user: 0, ref: '?x=1', order: 'number' as const },
      {
        ...query.fallback,
        time: {
          from: { isIncluded: true, at: '2024-01-01T00:00:00.000Z' },
          to: { isIncluded: false, at: '2024-01-02T00:00:00.000Z' },
        },
      },
    ];
    for (const value of values) {
      expect(query.parse(query.format(value))).toEqual({ value, dropped: [] });
    }
  });

  it('is empty for the plain list', () => {
    expect(query.format(query.fallback)).toBe('');
  });

  it('drops what it cannot read, and names it', () => {
    const { value, dropped } = query.parse('status=Nobody&state=INIT&time=%3Eyesterday&other=1&order=name&face=maybe');
    expect(dropped).toEqual(['status', 'time', 'other', 'order', 'face']);
    expect(value).toEqual({ ...query.fallback, state: 'INIT' });
  });

  it('refuses two ends on the same side', () => {
    expect(query.parse('time=%3E2024-01-01&time=%3E%3D2024-01-02').dropped).toEqual(['time']);
  });

  it('gives a period to the graph with the bounds it was asked with', () => {
    const at = '2024-01-01T00:00:00.000Z';
    expect(rangeOf({ from: { isIncluded: true, at }, to: null })).toEqual({ greaterThanOrEqual: at });
    expect(rangeOf({ from: { isIncluded: false, at }, to: { isIncluded: true, at } })).toEqual({
      greaterThan: at,
      lessThanOrEqual: at,
    });
    expect(rangeOf({ from: null, to: null })).toBeUndefined();
  });
});
