import { expect, test } from 'vitest';
import { barsOf, resultsOf } from './chart.ts';

const count = (day: string, device: string, number: number) => ({ day, device, count: number });

test('days without requests have an empty bar, and the parts are in the order of the results', () => {
  const counts = [count('2024-02-28', 'ALLOW', 2), count('2024-02-28', 'REVIEW', 1), count('2024-03-01', 'NONE', 4)];
  expect(resultsOf(counts)).toEqual(['ALLOW', 'DENY', 'REVIEW', 'NONE']);
  expect(barsOf(counts, resultsOf(counts))).toEqual([
    { day: '2024-02-28', parts: [2, 0, 1, 0] },
    { day: '2024-02-29', parts: [0, 0, 0, 0] },
    { day: '2024-03-01', parts: [0, 0, 0, 4] },
  ]);
});

test('a result of a later server is counted too', () => {
  const counts = [count('2024-01-01', 'LATER', 3)];
  expect(resultsOf(counts)).toEqual(['ALLOW', 'DENY', 'REVIEW', 'NONE', 'LATER']);
  expect(barsOf(counts, resultsOf(counts))).toEqual([{ day: '2024-01-01', parts: [0, 0, 0, 0, 3] }]);
});

test('days that are years apart stand side by side', () => {
  const counts = [count('2020-01-01', 'DENY', 1), count('2024-01-01', 'DENY', 1)];
  expect(barsOf(counts, resultsOf(counts)).map(({ day }) => day)).toEqual(['2020-01-01', '2024-01-01']);
});

test('nothing counted is no bar', () => {
  expect(barsOf([], resultsOf([]))).toEqual([]);
});
