// What a text in the search box may be. The text stays out of the address and of every store.

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id of a user, which leads to the user's page. */
export function idIn(text: string): string | null {
  return UUID.test(text.trim()) ? text.trim().toLowerCase() : null;
}
