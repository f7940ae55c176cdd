import { expect, it } from 'vitest';
import { latestOf } from './latest.ts';

it('takes the end that is furthest away', () => {
  expect(latestOf([])).toBeUndefined();
  expect(latestOf(['2024-01-01T00:00:00Z', null])).toBeNull();
  expect(latestOf(['2024-01-01T00:00:00Z', '2025-06-01T00:00:00Z', '2024-12-01T00:00:00Z'])).toBe(
    '2025-06-01T00:00:00Z',
  );
});
