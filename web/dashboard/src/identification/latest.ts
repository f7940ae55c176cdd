/** The time that is furthest away, where null has no end. Undefined if there is none. */
export function latestOf(times: readonly (string | null)[]): string | null | undefined {
  if (times.length === 0) return undefined;
  if (times.includes(null)) return null;
  return times.toSorted((a, b) => Date.parse(String(b)) - Date.parse(String(a)))[0];
}
