// The pages of a project: their addresses, what they need, and where the navigation has them.

import { msg } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import type { MessageDescriptor } from '@lingui/core';
import { type ComponentType, lazy } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { type IconName } from '../ui/icon.tsx';
import { Message } from '../ui/Panel.tsx';
import { lazyPage } from './lazy-page.ts';
import { type Seat, useSeat } from './seat.tsx';

interface Page {
  path: string;
  /** The permission without which the page is absent. */
  needs: string;
  component: ComponentType;
  /** In the navigation; pages without it are reached from others. */
  nav?: { name: MessageDescriptor; icon: IconName; group?: MessageDescriptor };
}

const data = msg`Data`;

export const PAGES: readonly Page[] = [
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
    path: '/audit',
    needs: 'AUDIT:VIEW',
    component: lazyPage(() => import('../audit/AuditPage.tsx')),
    nav: { name: msg`Audit`, icon: 'audit', group: msg`Project` },
  },
  { path: '/users/:id/*?', needs: 'USERS:VIEW', component: lazyPage(() => import('../user/UserPage.tsx')) },
];

/** The pages that the seat may read. */
export function pagesOf(seat: Seat): readonly Page[] {
  return PAGES.filter(({ needs }) => seat.can(needs));
}

export function Routes() {
  const seat = useSeat();
  const pages = pagesOf(seat);
  const first = pages.find(({ nav }) => nav);
  const base = `/p/${seat.membership.project.id}`;
  return (
    <Switch>
      {first && (
        <Route path={`${base}/`}>
          <Redirect to={seat.to(first.path)} replace />
        </Route>
      )}
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
