// A whole number within bounds, as a form has it.

/** The number, or undefined if the text is no whole number within the bounds. */
export function wholeNumber(text: string, [least, most]: readonly [number, number]): number | undefined {
  const trimmed = text.trim();
  if (!/^\d{1,4}$/.test(trimmed)) return undefined;
  const number = Number(trimmed);
  return number >= least && number <= most ? number : undefined;
}
