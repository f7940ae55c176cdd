// What the page knows about its connection: whether changes arrive, and whether it has to read anew.

import { useSyncExternalStore } from 'react';

export interface Live {
  isLive: boolean;
  /** Grows each time the page has to read what it shows again. */
  epoch: number;
  isOutdated: boolean;
}

let snapshot: Live = { isLive: false, epoch: 0, isOutdated: false };
const listeners = new Set<() => void>();

function set(change: Partial<Live>): void {
  snapshot = { ...snapshot, ...change };
  for (const listener of listeners) listener();
}

export const live = {
  get: () => snapshot,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  setStatus: (isLive: boolean) => set({ isLive }),
  reread: () => set({ epoch: snapshot.epoch + 1 }),
  setNewVersion: () => set({ isOutdated: true }),
};

export function useLive(): Live {
  return useSyncExternalStore(live.subscribe, live.get);
}
