// The numbers of refused identifications, as the chart and the table of reasons have them.

import { spanned } from '../ui/days.ts';
import type { Bar } from '../ui/StackedBars.tsx';
import type { IdentificationInvalidReason } from './__generated__/RefusalsQuery.graphql.ts';

interface DayCount {
  readonly day: string | null | undefined;
  readonly process: string | null | undefined;
  readonly count: number;
}

interface ReasonCount {
  readonly reason: IdentificationInvalidReason | null | undefined;
  readonly count: number;
}

/** A bar for each day, with a part for each process. */
export function daysOf(counts: readonly DayCount[], processes: readonly string[]): Bar[] {
  const days = new Map<string, number[]>();
  for (const { day, process, count } of counts) {
    const place = processes.indexOf(process ?? '');
    if (!day || place < 0) continue;
    const parts = days.get(day) ?? processes.map(() => 0);
    parts[place] = (parts[place] ?? 0) + count;
    days.set(day, parts);
  }
  return spanned([...days.keys()].sort()).map((day) => ({ day, parts: days.get(day) ?? processes.map(() => 0) }));
}

/** The reasons, the most frequent first. */
export function reasonsOf(counts: readonly ReasonCount[]) {
  return counts
    .flatMap(({ reason, count }) => (reason ? [{ reason, count }] : []))
    .sort((one, other) => other.count - one.count || one.reason.localeCompare(other.reason));
}
