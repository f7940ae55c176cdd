// What the form of a user holds, and what of it goes to the server: only what was changed.

export const FORM_FIELDS = [
  'refId',
  'firstName',
  'allFirstNames',
  'lastName',
  'birthLastName',
  'preferredLastName',
  'birthDate',
  'birthCity',
  'birthCountry',
  'nationalityCCA3',
  'mobilePhoneNumber',
  'preferredNotificationChannel',
  'verifiedEmails',
  'tags',
] as const;
export type FormField = (typeof FORM_FIELDS)[number];

export type FormValues = Record<FormField, string>;

export const EMPTY_FORM = Object.fromEntries(FORM_FIELDS.map((field) => [field, ''])) as FormValues;

const LISTS: ReadonlySet<string> = new Set(['verifiedEmails', 'tags']);

/** A list as one text, and back. */
export const joinList = (values: readonly string[] | null | undefined) => (values ?? []).join(', ');

export function splitList(text: string): string[] {
  return text
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter((part, index, all) => part !== '' && all.indexOf(part) === index);
}

type Input = { [K in FormField]?: string | string[] | null };

/** The fields that differ from what was there. An emptied field is taken away. */
export function changesOf(before: FormValues, now: FormValues): Input {
  const input: Input = {};
  for (const field of FORM_FIELDS) {
    const text = now[field].trim();
    if (text === before[field].trim()) continue;
    input[field] = LISTS.has(field) ? splitList(text) : text === '' ? null : text;
  }
  return input;
}
