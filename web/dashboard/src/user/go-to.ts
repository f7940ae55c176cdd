// Where a text leads in the list of users: to a number, or to a day.

import type { Period } from '../app/query.ts';

export type Place = { kind: 'number'; number: number } | { kind: 'day'; until: Period };

/** The largest number that the graph takes. */
const MOST = 2 ** 31 - 1;

export function placeIn(text: string): Place | null {
  const trimmed = text.trim();
  if (/^\d{1,10}$/.test(trimmed)) {
    const number = Number(trimmed);
    return number > 0 && number <= MOST ? { kind: 'number', number } : null;
  }
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(trimmed) ?? [];
  if (!day) return null;
  const start = new Date(Number(year), Number(month) - 1, Number(day));
  if (start.getMonth() !== Number(month) - 1 || start.getDate() !== Number(day)) return null;
  const end = new Date(start.getFullYear(), start.getMonth(), start.getDate() + 1);
  return { kind: 'day', until: { from: null, to: { isIncluded: false, at: end.toISOString() } } };
}
