import { lazy, Suspense, useMemo, useState } from 'react';
import { RelayEnvironmentProvider } from 'react-relay/hooks';
import { Redirect, useLocation } from 'wouter';
import { readDrafts } from './drafts.ts';
import { environmentOf } from './relay/environment.ts';
import { Routes } from './routes.tsx';
import { createSeat, SeatContext } from './seat.tsx';
import { session, useSession } from './session.ts';
import { ErrorBoundary } from './ErrorMessage.tsx';
import { Shell } from './Shell.tsx';
import { Skeleton } from '../ui/Panel.tsx';

const LostDraft = lazy(() => import('./LostDraft.tsx'));
const PasskeyWall = lazy(() => import('./PasskeyWall.tsx'));

export function ProjectPages({ projectId }: { projectId: string }) {
  const { state } = useSession();
  const [path] = useLocation();
  const member = state?.member;
  const membership = state?.memberships.find(({ project }) => project.id === projectId);
  const seat = useMemo(() => (member && membership ? createSeat(member, membership) : null), [member, membership]);
  // What was shown with other permissions is not shown any longer.
  const permissions = seat?.membership.permissions.join(' ') ?? '';
  const [shown, setShown] = useState(permissions);
  const [draft, setDraft] = useState('');
  if (shown !== permissions) {
    setShown(permissions);
    const isLost = shown.split(' ').some((permission) => seat && !seat.can(permission));
    // The forms of before are still there.
    if (isLost) setDraft(readDrafts());
  }
  if (!seat) {
    // Said on the list of projects, where there is something to choose instead.
    queueMicrotask(() => session.loseProject(true));
    return <Redirect to="/projects" replace />;
  }
  if (seat.membership.needsPasskey) return <PasskeyWall project={seat.membership.project.name} />;
  return (
    <SeatContext value={seat}>
      <RelayEnvironmentProvider environment={environmentOf(projectId, permissions)}>
        {draft !== '' && (
          <Suspense>
            <LostDraft text={draft} onClose={() => setDraft('')} />
          </Suspense>
        )}
        <Shell>
          <ErrorBoundary key={permissions} resetKey={path}>
            <Suspense fallback={<Skeleton />}>
              <Routes />
            </Suspense>
          </ErrorBoundary>
        </Shell>
      </RelayEnvironmentProvider>
    </SeatContext>
  );
}
