// The parts of the settings, and the permission that opens each.

import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { ComponentType } from 'react';
import { lazyPage } from '../app/lazy-page.ts';

export interface SettingsPart {
  path: string;
  name: MessageDescriptor;
  needs: string;
  component: ComponentType;
}

export const SETTINGS: readonly SettingsPart[] = [
  {
    path: 'members',
    name: msg`Members`,
    needs: 'MEMBERS:VIEW',
    component: lazyPage(() => import('../member/MembersPage.tsx')),
  },
  {
    path: 'roles',
    name: msg`Roles`,
    needs: 'MEMBERS:VIEW',
    component: lazyPage(() => import('../member/RolesPage.tsx')),
  },
  {
    path: 'levels',
    name: msg`Levels`,
    needs: 'VERIFICATIONS:MANAGE',
    component: lazyPage(() => import('./LadderPage.tsx')),
  },
  {
    path: 'validity',
    name: msg`Validity`,
    needs: 'IDENTIFICATIONS:MANAGE',
    component: lazyPage(() => import('./ValidityPage.tsx')),
  },
  {
    path: 'project',
    name: msg`Project`,
    needs: 'PROJECT:MANAGE',
    component: lazyPage(() => import('./ProjectPage.tsx')),
  },
  {
    path: 'sign-in',
    name: msg`Sign-in`,
    needs: 'PROJECT:MANAGE',
    component: lazyPage(() => import('./SignInPage.tsx')),
  },
  {
    path: 'retention',
    name: msg`Retention`,
    needs: 'USERS:ERASE',
    component: lazyPage(() => import('./RetentionPage.tsx')),
  },
];
