// The bars of the chart of proofing requests.

import type { Bar } from '../ui/StackedBars.tsx';
import { DEVICE_CHECKS } from './words.ts';

export interface DayCount {
  readonly day: string | null | undefined;
  readonly device: string | null | undefined;
  readonly count: number;
}

const DAY = 86_400_000;
/** Days without a request between others are shown up to this number of days; beyond, they are left out. */
const SPAN = 366;

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
  return span([...days.keys()].sort()).map((day) => ({ day, parts: days.get(day) ?? results.map(() => 0) }));
}

function span(days: readonly string[]): readonly string[] {
  const [first, last] = [days[0], days.at(-1)].map((day) => Date.parse(`${day}T00:00:00Z`));
  if (first === undefined || last === undefined || !(last - first < SPAN * DAY)) return days;
  return Array.from({ length: (last - first) / DAY + 1 }, (_, index) =>
    new Date(first + index * DAY).toISOString().slice(0, 10),
  );
}
