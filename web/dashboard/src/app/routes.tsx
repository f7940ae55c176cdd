// The pages of a project: their addresses, what they need, and where the navigation has them.

import { msg } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import type { MessageDescriptor } from '@lingui/core';
import { type ComponentType, lazy } from 'react';
import { Route, Switch } from 'wouter';
import { type IconName } from '../ui/icon.tsx';
import { Message } from '../ui/Panel.tsx';
import { SETTINGS } from '../settings/parts.ts';
import { lazyPage } from './lazy-page.ts';
import { type Seat, useSeat } from './seat.tsx';

interface Page {
  path: string;
  /** The permission without which the page is absent; any of several; null where every seat opens it. */
  needs: string | readonly string[] | null;
  /** Absent in Live projects. */
  isSandbox?: true;
  component: ComponentType;
  /** In the navigation; pages without it are reached from others. */
  nav?: { name: MessageDescriptor; icon: IconName; group?: MessageDescriptor };
}

const data = msg`Data`;
const integration = msg`Integration`;
const project = msg`Project`;

export const PAGES: readonly Page[] = [
  {
    path: '/',
    needs: null,
    component: lazyPage(() => import('../overview/OverviewPage.tsx')),
    nav: { name: msg`Overview`, icon: 'overview' },
  },
  {
    path: '/review',
    needs: ['SESSIONS:VIEW', 'IDPROOFING:VIEW', 'IDENTIFICATIONS:VIEW'],
    component: lazyPage(() => import('../overview/ReviewPage.tsx')),
    nav: { name: msg`Review`, icon: 'review' },
  },
  {
    path: '/users',
    needs: 'USERS:VIEW',
    component: lazy(() => import('../user/UsersPage.tsx')),
    nav: { name: msg`Users`, icon: 'users', group: data },
  },
  {
    path: '/identifications',
    needs: 'IDENTIFICATIONS:VIEW',
    component: lazyPage(() => import('../identification/IdentificationsPage.tsx')),
    nav: { name: msg`Identifications`, icon: 'identification', group: data },
  },
  {
    path: '/proofing-requests',
    needs: 'IDPROOFING:VIEW',
    component: lazyPage(() => import('../proofing/ProofingRequestsPage.tsx')),
    nav: { name: msg`Proofing requests`, icon: 'proofing', group: data },
  },
  {
    path: '/verifications',
    needs: 'VERIFICATIONS:VIEW',
    component: lazyPage(() => import('../verification/VerificationsPage.tsx')),
    nav: { name: msg`Verifications`, icon: 'verification', group: data },
  },
  {
    path: '/sessions',
    needs: 'SESSIONS:VIEW',
    component: lazyPage(() => import('../session/SessionsPage.tsx')),
    nav: { name: msg`Sessions`, icon: 'session', group: data },
  },
  {
    path: '/results',
    needs: 'RESULTS:VIEW',
    component: lazyPage(() => import('../result/ResultsPage.tsx')),
    nav: { name: msg`Results`, icon: 'result', group: data },
  },
  {
    path: '/webhooks',
    needs: 'WEBHOOKS:VIEW',
    component: lazyPage(() => import('../webhook/WebhooksPage.tsx')),
    nav: { name: msg`Webhooks`, icon: 'webhook', group: integration },
  },
  { path: '/webhooks/log', needs: 'WEBHOOKS:VIEW', component: lazyPage(() => import('../webhook/DeliveriesPage.tsx')) },
  {
    path: '/developers',
    needs: 'CREDENTIALS:MANAGE',
    component: lazyPage(() => import('../developer/DevelopersPage.tsx')),
    nav: { name: msg`Developers`, icon: 'developer', group: integration },
  },
  {
    path: '/developers/sandbox',
    needs: 'SANDBOX:MANAGE',
    isSandbox: true,
    component: lazyPage(() => import('../sandbox/SandboxPage.tsx')),
    nav: { name: msg`Sandbox`, icon: 'clock', group: integration },
  },
  {
    path: '/audit',
    needs: 'AUDIT:VIEW',
    component: lazyPage(() => import('../audit/AuditPage.tsx')),
    nav: { name: msg`Audit`, icon: 'audit', group: project },
  },
  {
    path: '/settings',
    needs: SETTINGS.map(({ needs }) => needs),
    component: lazyPage(() => import('../settings/SettingsPage.tsx')),
    nav: { name: msg`Settings`, icon: 'settings', group: project },
  },
  {
    path: '/settings/:part',
    needs: SETTINGS.map(({ needs }) => needs),
    component: lazyPage(() => import('../settings/SettingsPage.tsx')),
  },
  { path: '/users/:id/*?', needs: 'USERS:VIEW', component: lazyPage(() => import('../user/UserPage.tsx')) },
];

function opens(seat: Seat, needs: Page['needs']): boolean {
  if (needs === null || typeof needs === 'string') return needs === null || seat.can(needs);
  return needs.some((permission) => seat.can(permission));
}

/** The pages that the seat may read. */
export function pagesOf(seat: Seat): readonly Page[] {
  const isSandbox = seat.membership.project.environment === 'SANDBOX';
  return PAGES.filter((page) => (isSandbox || !page.isSandbox) && opens(seat, page.needs));
}

export function Routes() {
  const seat = useSeat();
  const pages = pagesOf(seat);
  const base = `/p/${seat.membership.project.id}`;
  return (
    <Switch>
      {pages.map(({ path, component: Component }) => (
        <Route key={path} path={`${base}${path}`}>
          <Component />
        </Route>
      ))}
      <Route>
        <Message title={<Trans>There is no such page, or your role does not open it</Trans>} />
      </Route>
    </Switch>
  );
}
