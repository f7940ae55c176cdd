// GraphiQL's memory across visits: a corner of localStorage that holds the
// user's tabs, history and layout, and never a credential.

import { StorageAPI, type Storage } from '@graphiql/toolkit';
import type { Config } from './config.ts';

// Another GraphiQL may have run on this origin (a port of localhost is reused
// a lot), so the names are our own.
const PREFIX = 'verigraph-explorer/';

// The entries that hold request headers next to the queries. GraphiQL's
// history keeps them even when headers are not to be persisted.
const WITH_HEADERS = ['graphiql:tabState', 'graphiql:queries', 'graphiql:favorites'];

export function createStorage(isKept = true): Storage {
  const backing = isKept ? browserStorage() : new MemoryStorage();
  const ourKeys = () => Object.keys(backing).filter((key) => key.startsWith(PREFIX));
  return {
    getItem: (key) => backing.getItem(PREFIX + key),
    setItem(key, value) {
      if (key === 'graphiql:headers') return;
      const safe = WITH_HEADERS.includes(key) ? withoutHeaders(value) : value;
      backing.setItem(PREFIX + key, safe);
    },
    removeItem: (key) => backing.removeItem(PREFIX + key),
    clear: () => ourKeys().forEach((key) => backing.removeItem(key)),
    get length() {
      return ourKeys().length;
    },
  };
}

/**
 * Makes GraphiQL open on the server's tabs when the server offers other ones
 * than it did when the user was last here (or the user never was). Otherwise
 * the user's own edits come back.
 */
export function openTabs(storage: Storage, { tabs, offered }: Config): void {
  const entries = new StorageAPI(storage);
  const seen = entries.get('offeredTabs');
  const now = JSON.stringify(tabs);
  // A server that could not be asked is no reason to drop somebody's work.
  if (seen === now || (seen !== null && !offered)) return;
  entries.set('tabState', '');
  // GraphiQL fills its editors from these two, whatever the tabs say.
  entries.set('query', tabs[0].query);
  entries.set('variables', tabs[0].variables ?? '');
  entries.set('offeredTabs', now);
}

function withoutHeaders(json: string): string {
  return JSON.stringify(JSON.parse(json), (key, value: unknown) =>
    key === 'headers' ? null : value,
  );
}

/** Storage may be forbidden by the browser's settings: then this visit's memory has to do. */
function browserStorage(): globalThis.Storage | MemoryStorage {
  try {
    return window.localStorage;
  } catch {
    return new MemoryStorage();
  }
}

/** Keeps its entries as own properties, as localStorage does. */
class MemoryStorage {
  [key: string]: unknown;
  getItem(key: string): string | null {
    return Object.hasOwn(this, key) ? String(this[key]) : null;
  }
  setItem(key: string, value: string): void {
    this[key] = value;
  }
  removeItem(key: string): void {
    delete this[key];
  }
}
