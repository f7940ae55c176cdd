// The access token lives in sessionStorage: it is gone when the tab is closed.

const KEY = 'verigraph-explorer/token';

interface Stored {
  token: string;
  /** What the server gave away at that time. */
  offered: string | null;
}

/**
 * The token to begin with: the one in use before a reload, unless the (demo)
 * server has been started anew since and gives away another one.
 */
export function initialToken(offered: string | null): string {
  const stored = read();
  if (stored?.token && (offered === null || stored.offered === offered)) return stored.token;
  return offered ?? '';
}

export function storeToken(token: string, offered: string | null): void {
  try {
    if (token) sessionStorage.setItem(KEY, JSON.stringify({ token, offered } satisfies Stored));
    else sessionStorage.removeItem(KEY);
  } catch {
    // Storage may be forbidden: then the token lasts until the next reload.
  }
}

function read(): Stored | null {
  try {
    const value = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Partial<Stored> | null;
    if (typeof value?.token !== 'string') return null;
    return { token: value.token, offered: value.offered ?? null };
  } catch {
    return null;
  }
}
