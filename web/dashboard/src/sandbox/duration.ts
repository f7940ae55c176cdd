// Durations as the graph writes them: `PT24H`, `P1DT2H`.

const FORM = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const SECONDS = [604_800, 86_400, 3600, 60, 1];

/** The seconds of a duration, or null if it has another form. */
export function secondsOf(duration: string): number | null {
  const found = FORM.exec(duration);
  if (!found || duration === 'P' || duration.endsWith('T')) return null;
  return SECONDS.reduce((sum, size, index) => sum + size * Number(found[index + 1] ?? 0), 0);
}

export const durationOf = (seconds: number): string => `PT${Math.max(0, Math.ceil(seconds))}S`;

/** The duration from one time to another, or null if the other is not later. */
export function durationUntil(now: string, then: string): string | null {
  const seconds = (Date.parse(then) - Date.parse(now)) / 1000;
  return seconds > 0 ? durationOf(seconds) : null;
}

/** Days, hours, minutes and seconds, without those that are zero in front. */
export function describe(duration: string): string {
  const seconds = secondsOf(duration);
  if (seconds === null) return duration;
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [Math.floor(seconds) % 60, 's'],
  ];
  const told = parts.filter(([value]) => value > 0).map(([value, unit]) => `${value} ${unit}`);
  return told.join(' ') || '0 s';
}
