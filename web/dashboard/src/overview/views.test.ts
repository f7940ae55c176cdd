import { expect, it } from 'vitest';
import { filtersOf as identificationFilters, identificationListQuery } from '../identification/list-query.ts';
import { filtersOf as proofingFilters, proofingListQuery } from '../proofing/list-query.ts';
import { failedDeliveries, identificationsWith, inDays, lastDays, requestsWith, sessionsWith } from './views.ts';

const NOW = Date.parse('2024-02-08T10:11:12Z');

it('counts with the filters of the list that the number opens', () => {
  const view = requestsWith({ time: lastDays(7, NOW), device: 'DENY' });
  const { value, dropped } = proofingListQuery.parse(view.path.split('?')[1] ?? '');
  expect(dropped).toEqual([]);
  expect(proofingFilters(value)).toEqual(view.filters);
  expect(view.filters).toEqual({
    requestTime: { greaterThanOrEqual: '2024-02-01T10:11:00.000Z' },
    deviceCheckResult: 'DENY',
  });
});

it('opens the lists with the filter that was counted', () => {
  expect(sessionsWith(['Pending', 'Suspected'])).toEqual({
    path: '/sessions?status=Pending&status=Suspected',
    filters: { statuses: ['Pending', 'Suspected'] },
  });
  const week = { createdAt: { greaterThanOrEqual: '2024-02-01T10:11:00.000Z' } };
  const refused = identificationsWith({ status: ['Invalid'], created: lastDays(7, NOW), reason: ['FraudDetected'] });
  const { value } = identificationListQuery.parse(refused.path.split('?')[1] ?? '');
  expect(identificationFilters(value)).toEqual(refused.filters);
  expect(refused.filters).toEqual({ statuses: ['Invalid'], errorReasons: ['FraudDetected'], ...week });
  expect(failedDeliveries(lastDays(7, NOW)).filters).toEqual({ statuses: ['Failed'], ...week });
  expect(requestsWith({}).path).toBe('/proofing-requests');
});

it('asks the same question within a minute', () => {
  expect(inDays(30, NOW)).toBe('2024-03-09T10:11:00.000Z');
  expect(inDays(30, NOW + 40_000)).toBe(inDays(30, NOW));
});
