// Proving anew who is there, for changes that a session of some minutes does not permit.

import { useSyncExternalStore } from 'react';

type Waiting = ((isProved: boolean) => void) | null;

let waiting: Waiting = null;
const listeners = new Set<() => void>();

function set(next: Waiting): void {
  waiting = next;
  for (const listener of listeners) listener();
}

/** Asks the member. False if it would rather not. */
export function proveAnew(): Promise<boolean> {
  waiting?.(false);
  return new Promise((resolve) => set(resolve));
}

export function endProof(isProved: boolean): void {
  const resolve = waiting;
  set(null);
  resolve?.(isProved);
}

export function useProofWanted(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting !== null,
  );
}
