// The days of a chart.

const DAY = 86_400_000;
/** Days without anything between others are shown up to this number of days; beyond, they are left out. */
const SPAN = 366;

/** The days from the first to the last of some, which are in order. */
export function spanned(days: readonly string[]): readonly string[] {
  const [first, last] = [days[0], days.at(-1)].map((day) => Date.parse(`${day}T00:00:00Z`));
  if (first === undefined || last === undefined || !(last - first < SPAN * DAY)) return days;
  return Array.from({ length: (last - first) / DAY + 1 }, (_, index) =>
    new Date(first + index * DAY).toISOString().slice(0, 10),
  );
}
