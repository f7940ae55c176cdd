import { expect, it } from 'vitest';
import { MOST_REPLAYS, replayable } from './replay.ts';

it('sends again what failed, and not what waits, was delivered or is not loaded', () => {
  const rows = [
    { id: 'a', status: 'Failed' },
    { id: 'b', status: 'Pending' },
    undefined,
    { id: 'c', status: 'Delivered' },
    { id: 'd', status: 'Failed' },
  ];
  expect(replayable(rows)).toEqual(['a', 'd']);
});

it('sends fifty at most', () => {
  const rows = Array.from({ length: 80 }, (_, index) => ({ id: String(index), status: 'Failed' }));
  expect(replayable(rows)).toHaveLength(MOST_REPLAYS);
  expect(replayable(rows)[0]).toBe('0');
});
