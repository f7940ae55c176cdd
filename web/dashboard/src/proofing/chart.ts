// The bars of the chart of proofing requests.

import { spanned } from '../ui/days.ts';
import type { Bar } from '../ui/StackedBars.tsx';
import { DEVICE_CHECKS } from './words.ts';

export interface DayCount {
  readonly day: string | null | undefined;
  readonly device: string | null | undefined;
  readonly count: number;
}

/** The results in the order of the stack. One that this build does not know comes last, as it is. */
export function resultsOf(counts: readonly DayCount[]): string[] {
  const found = new Set(counts.map(({ device }) => device ?? ''));
  return [...DEVICE_CHECKS, ...[...found].filter((device) => !DEVICE_CHECKS.some((known) => known === device))];
}

export function barsOf(counts: readonly DayCount[], results: readonly string[]): Bar[] {
  const days = new Map<string, number[]>();
  for (const { day, device, count } of counts) {
    if (!day) continue;
    const parts = days.get(day) ?? results.map(() => 0);
    const index = results.indexOf(device ?? '');
    parts[index] = (parts[index] ?? 0) + count;
    days.set(day, parts);
  }
  return spanned([...days.keys()].sort()).map((day) => ({ day, parts: days.get(day) ?? results.map(() => 0) }));
}
