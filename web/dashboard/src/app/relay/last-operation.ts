// The query that the page on the screen was made from, for the explorer.

import type { Variables } from 'relay-runtime';

export interface Operation {
  id: string;
  variables: Variables;
}

/** The queries that pages and their tabs are made from, by the names that they have. */
const OF_PAGES = /(Page|Tab)Query$/;
/** How long a page may take until it asks for anything. */
const PATIENCE_MS = 5000;

/** What was asked at one address: the page's own query, or what it asked first if it has none. */
interface Asked {
  path: string;
  operation: Operation;
}

let last: Asked | null = null;
const waiting = new Set<() => void>();

function here(): Operation | null {
  return last?.path === window.location.pathname ? last.operation : null;
}

export const lastOperation = {
  /** Waits for a page that has not asked yet; null for one that asks for nothing. */
  async get(): Promise<Operation | null> {
    if (!here()) {
      await new Promise<void>((done) => {
        waiting.add(done);
        setTimeout(done, PATIENCE_MS);
      });
    }
    return here();
  },
  note(name: string, operation: Operation): void {
    const path = window.location.pathname;
    if (last?.path === path && !OF_PAGES.test(name)) return;
    last = { path, operation };
    for (const done of waiting) done();
    waiting.clear();
  },
};
