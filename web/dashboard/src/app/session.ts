// Who is signed in, for the whole page and for every tab of it.

import { useSyncExternalStore } from 'react';
import { auth, AuthError, type AuthState, UNREACHABLE } from './auth.ts';

export interface Snapshot {
  state: AuthState | null;
  /** The session has ended while pages were open: they stay as they are, out of sight, until somebody signs in. */
  isLocked: boolean;
  /** Since when the server has not been reached. */
  awaySince: number | null;
  /** A project that the member has lost its seat in. */
  lostProject: boolean;
}

let snapshot: Snapshot = { state: null, isLocked: false, awaySince: null, lostProject: false };
const listeners = new Set<() => void>();
/** Requests that wait for somebody to sign in again. */
let waiting: (() => void)[] = [];
const tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('verigraph');

function set(change: Partial<Snapshot>): void {
  snapshot = { ...snapshot, ...change };
  for (const listener of listeners) listener();
}

export const session = {
  get: () => snapshot,

  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },

  /** Reads anew who is signed in and what the seats may do. */
  async refresh(isActive = false): Promise<void> {
    try {
      session.take(await auth.state(isActive));
    } catch (error) {
      if (error instanceof AuthError && error.code === UNREACHABLE) session.setAway();
      else if (error instanceof AuthError && error.code === 'UNAUTHENTICATED') session.lock();
    }
  },

  /** Takes the state that the server answered. */
  take(state: AuthState, isFromTab = false): void {
    const before = snapshot.state?.member?.id;
    const now = state.member?.id;
    if (before && !now && !snapshot.isLocked) {
      session.lock();
      return;
    }
    if (before && now && before !== now) {
      // Somebody else: nothing of what was open may stay.
      window.location.assign('/dashboard/');
      return;
    }
    if (!now && snapshot.isLocked) {
      // Still nobody; what is open keeps waiting.
      set({ awaySince: null });
      return;
    }
    set({ state, isLocked: false, awaySince: null });
    const resume = waiting;
    waiting = [];
    for (const next of resume) next();
    if (!isFromTab && now && before !== now) tabs?.postMessage('signed in');
  },

  /** Hides the pages and asks to sign in. */
  lock(): void {
    if (!snapshot.isLocked && snapshot.state?.member) set({ isLocked: true });
  },

  /** Ends when somebody has signed in again. */
  whenSignedIn(): Promise<void> {
    session.lock();
    return new Promise((resolve) => waiting.push(resolve));
  },

  /** Tells the other tabs that somebody has signed in, or has confirmed who it is. */
  tellTabs(): void {
    tabs?.postMessage('signed in');
  },

  async signOut(): Promise<void> {
    await auth.signOut();
    tabs?.postMessage('signed out');
    window.location.assign('/dashboard/');
  },

  setAway(): void {
    if (snapshot.awaySince === null) set({ awaySince: Date.now() });
  },

  setBack(): void {
    if (snapshot.awaySince !== null) set({ awaySince: null });
  },

  loseProject(isLost: boolean): void {
    if (snapshot.lostProject !== isLost) set({ lostProject: isLost });
  },
};

tabs?.addEventListener('message', (event: MessageEvent<string>) => {
  if (event.data === 'signed out') session.lock();
  else void session.refresh();
});

export function useSession(): Snapshot {
  return useSyncExternalStore(session.subscribe, session.get);
}
