// A number of days as a form has it: left empty, there is no limit.

/** The number, null for none, or undefined if it is no number of days. */
export function daysOf(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  return /^[1-9]\d{0,5}$/.test(trimmed) ? Number(trimmed) : undefined;
}
