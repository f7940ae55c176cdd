// What a text in the search box may be. The text stays out of the address and of every store.

export interface Lookup {
  refIds?: string[];
  verifiedEmails?: string[];
  mobilePhoneNumbers?: string[];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id of a user, which leads to the user's page. */
export function idIn(text: string): string | null {
  return UUID.test(text.trim()) ? text.trim().toLowerCase() : null;
}

export function lookupOf(text: string): Lookup {
  const wanted = text.trim();
  if (wanted === '') return {};
  if (wanted.includes('@')) return { verifiedEmails: [wanted] };
  const digits = wanted.replace(/[\s().-]/g, '');
  if (/^\+\d{7,15}$/.test(digits)) return { mobilePhoneNumbers: [digits] };
  return { refIds: [wanted] };
}
