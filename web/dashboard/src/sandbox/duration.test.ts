import { expect, it } from 'vitest';
import { describe as say, durationOf, durationUntil, secondsOf } from './duration.ts';

it('reads the durations that the graph writes', () => {
  expect(secondsOf('PT24H')).toBe(86_400);
  expect(secondsOf('P1DT2H3M4S')).toBe(93_784);
  expect(secondsOf('PT0S')).toBe(0);
  expect(secondsOf('P2W')).toBe(1_209_600);
});

it('takes nothing else for one', () => {
  for (const text of ['', 'P', 'PT', '24H', 'P1M', '-PT1H']) expect(secondsOf(text), text).toBeNull();
});

it('goes from a time to a later one, and never back', () => {
  expect(durationUntil('2024-01-01T00:00:00Z', '2024-01-02T00:00:00Z')).toBe('PT86400S');
  expect(durationUntil('2024-01-02T00:00:00Z', '2024-01-01T00:00:00Z')).toBeNull();
  expect(durationUntil('2024-01-02T00:00:00Z', 'soon')).toBeNull();
});

it('gives back the seconds that it was made from', () => {
  for (const seconds of [0, 1, 3600, 86_400, 2_592_000]) expect(secondsOf(durationOf(seconds))).toBe(seconds);
});

it('makes whole seconds of what the server leaves over', () => {
  expect(durationOf(secondsOf('P26DT12H11M2.188S') ?? 0)).toBe('PT2290263S');
});

it('says a duration in its parts', () => {
  expect(say('PT93784S')).toBe('1 d 2 h 3 min 4 s');
  expect(say('PT0S')).toBe('0 s');
  expect(say('P1Y')).toBe('P1Y');
});
