// The parts of a user, each with its own query and the permission that it needs.

import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { ComponentType } from 'react';
import { lazyPage } from '../app/lazy-page.ts';
import type { Seat } from '../app/seat.tsx';

export interface Tab {
  path: string;
  name: MessageDescriptor;
  needs: string;
  component: ComponentType<{ userId: string }>;
}

const TABS: readonly Tab[] = [
  { path: '', name: msg`Identity`, needs: 'USERS:VIEW', component: lazyPage(() => import('./IdentityTab.tsx')) },
  {
    path: 'identifications',
    name: msg`Identifications`,
    needs: 'IDENTIFICATIONS:VIEW',
    component: lazyPage(() => import('../identification/IdentificationsTab.tsx')),
  },
  {
    path: 'documents',
    name: msg`Documents`,
    needs: 'DOCUMENTS:VIEW',
    component: lazyPage(() => import('../document/DocumentsTab.tsx')),
  },
  {
    path: 'proofing',
    name: msg`Proofing`,
    needs: 'IDPROOFING:VIEW',
    component: lazyPage(() => import('../proofing/ProofingTab.tsx')),
  },
  {
    path: 'sessions',
    name: msg`Sessions`,
    needs: 'SESSIONS:VIEW',
    component: lazyPage(() => import('../session/SessionsTab.tsx')),
  },
  {
    path: 'levels',
    name: msg`Levels`,
    needs: 'VERIFICATIONS:VIEW',
    component: lazyPage(() => import('../verification/LevelsTab.tsx')),
  },
  {
    path: 'results',
    name: msg`Results`,
    needs: 'RESULTS:VIEW',
    component: lazyPage(() => import('../result/ResultsTab.tsx')),
  },
  { path: 'events', name: msg`Events`, needs: 'USERS:VIEW', component: lazyPage(() => import('./EventsTab.tsx')) },
  { path: 'audit', name: msg`Audit`, needs: 'AUDIT:VIEW', component: lazyPage(() => import('../audit/AuditTab.tsx')) },
];

export function tabsOf(seat: Seat): readonly Tab[] {
  return TABS.filter(({ needs }) => seat.can(needs));
}
