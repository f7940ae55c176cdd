// What the member may do in the project of the page.

import { createContext, use } from 'react';
import type { Member, Membership } from './auth.ts';

export interface Seat {
  member: Member;
  membership: Membership;
  /** Whether the seat has each of the permissions. */
  can(...permissions: string[]): boolean;
  /** The address of a page of the project, from its path: `/users`. */
  to(path: string): string;
}

export const SeatContext = createContext<Seat | null>(null);

export function createSeat(member: Member, membership: Membership): Seat {
  const held = new Set(membership.permissions);
  return {
    member,
    membership,
    can: (...permissions) => permissions.every((permission) => held.has(permission)),
    to: (path) => `/p/${membership.project.id}${path}`,
  };
}

export function useSeat(): Seat {
  const seat = use(SeatContext);
  if (!seat) throw new Error('a page of a project outside of its project');
  return seat;
}
