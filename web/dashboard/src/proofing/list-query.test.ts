import { expect, it } from 'vitest';
import { filtersOf, proofingListQuery } from './list-query.ts';

it('gives each filter of the address to the graph', () => {
  const { value, dropped } = proofingListQuery.parse(
    'time=%3E2024-01-01T00:00:00Z&time=%3C%3D2024-02-01T00:00:00Z&device=DENY&state=DEVICE&document=ATTENTION&face=no&order=-faceMatch',
  );
  expect(dropped).toEqual([]);
  expect(filtersOf(value)).toEqual({
    requestTime: { greaterThan: '2024-01-01T00:00:00.000Z', lessThanOrEqual: '2024-02-01T00:00:00.000Z' },
    deviceCheckResult: 'DENY',
    state: 'DEVICE',
    documentAuthenticationResult: 'ATTENTION',
    faceMatch: false,
  });
  expect(proofingListQuery.parse(proofingListQuery.format(value)).value).toEqual(value);
});

it('asks for everything without a filter', () => {
  expect(filtersOf(proofingListQuery.fallback)).toBeNull();
});
