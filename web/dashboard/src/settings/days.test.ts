import { expect, it } from 'vitest';
import { daysOf } from './days.ts';

it('reads days, and nothing as no limit', () => {
  expect(daysOf(' 365 ')).toBe(365);
  expect(daysOf('')).toBeNull();
});

it('takes no other text for a number of days', () => {
  for (const text of ['0', '-1', '1.5', '1e3', 'ten', '1000000']) expect(daysOf(text), text).toBeUndefined();
});
