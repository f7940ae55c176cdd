// Two people changed the same user: what each of them wrote, and what comes of both.

import { FORM_FIELDS, type FormField, type FormValues } from './form.ts';

/** A field that holds another value for each of the two. */
export interface Difference {
  field: FormField;
  theirs: string;
  yours: string;
}

const same = (one: string, other: string) => one.trim() === other.trim();

/** The fields that one of the two changed, to something that the other does not have. */
export function differences(before: FormValues, theirs: FormValues, yours: FormValues): Difference[] {
  const isChanged = (field: FormField) => !same(before[field], theirs[field]) || !same(before[field], yours[field]);
  return FORM_FIELDS.filter((field) => isChanged(field) && !same(theirs[field], yours[field])).map((field) => ({
    field,
    theirs: theirs[field],
    yours: yours[field],
  }));
}

/** What both have written: yours where you changed something, theirs elsewhere. */
export function merged(before: FormValues, theirs: FormValues, yours: FormValues): FormValues {
  const pick = (field: FormField) => (same(before[field], yours[field]) ? theirs[field] : yours[field]);
  return Object.fromEntries(FORM_FIELDS.map((field) => [field, pick(field)])) as FormValues;
}
