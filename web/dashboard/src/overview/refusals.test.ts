import { expect, it } from 'vitest';
import { daysOf, reasonsOf } from './refusals.ts';

it('has a bar for each day between the first and the last, with a part for each process', () => {
  const count = (day: string, process: string, count: number) => ({ day, process, count });
  const counts = [count('2024-02-03', 'QES', 2), count('2024-02-01', 'Expert', 1), count('2024-02-03', 'Expert', 4)];
  expect(daysOf(counts, ['Expert', 'QES'])).toEqual([
    { day: '2024-02-01', parts: [1, 0] },
    { day: '2024-02-02', parts: [0, 0] },
    { day: '2024-02-03', parts: [4, 2] },
  ]);
  expect(daysOf([], ['Expert'])).toEqual([]);
});

it('has the most frequent reason first', () => {
  const counts = [
    { reason: 'InternalError', count: 1 },
    { reason: null, count: 9 },
    { reason: 'FraudDetected', count: 1 },
    { reason: 'InvalidAddress', count: 3 },
  ] as const;
  expect(reasonsOf(counts).map(({ reason }) => reason)).toEqual(['InvalidAddress', 'FraudDetected', 'InternalError']);
});
