// A query that a page of the dashboard hands over in the fragment of the address: `#op=` and base64url of its JSON. No
// server sees a fragment, so no log has what the variables hold.

import type { Config, TabConfig } from './config.ts';

interface HandedOver {
  query: string;
  variables: Record<string, unknown>;
  /** The project whose rows the page shows. */
  projectId: string | null;
}

/** Takes the query out of the address, so that it is not in the history either. */
export function takeHandedOver(): HandedOver | null {
  const encoded = /^#op=([\w-]+)$/.exec(window.location.hash)?.[1];
  if (!encoded) return null;
  window.history.replaceState(null, '', window.location.pathname);
  return decode(encoded);
}

/** Null for what is not such a query: the explorer then opens as ever. */
export function decode(encoded: string): HandedOver | null {
  try {
    const bytes = Uint8Array.from(atob(encoded.replaceAll('-', '+').replaceAll('_', '/')), (sign) =>
      sign.charCodeAt(0),
    );
    const value = JSON.parse(new TextDecoder().decode(bytes)) as Partial<HandedOver>;
    if (typeof value.query !== 'string') return null;
    return { query: value.query, variables: value.variables ?? {}, projectId: value.projectId ?? null };
  } catch {
    return null;
  }
}

/** The explorer's beginning with the query in it, and with a token of the member that is signed in, if there is one. */
export async function openHandedOver(config: Config, { query, variables, projectId }: HandedOver): Promise<Config> {
  const tab: TabConfig = { title: '', query, variables: JSON.stringify(variables, null, 2) };
  const token = projectId ? await askToken(projectId) : null;
  return { ...config, token: token ?? config.token, tabs: [tab, ...config.tabs], offered: true };
}

async function askToken(projectId: string): Promise<string | null> {
  try {
    const response = await fetch('/auth/explorer-token', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'X-Verigraph-Client': 'dashboard' },
      body: JSON.stringify({ projectId }),
    });
    if (!response.ok) return null;
    const { token } = (await response.json()) as { token?: string };
    return token ?? null;
  } catch {
    return null;
  }
}
