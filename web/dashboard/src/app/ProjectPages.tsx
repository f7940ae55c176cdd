import { Suspense, useMemo } from 'react';
import { RelayEnvironmentProvider } from 'react-relay/hooks';
import { Redirect, useLocation } from 'wouter';
import { environmentOf } from './relay/environment.ts';
import { Routes } from './routes.tsx';
import { createSeat, SeatContext } from './seat.tsx';
import { session, useSession } from './session.ts';
import { ErrorBoundary } from './ErrorMessage.tsx';
import { Shell } from './Shell.tsx';
import { Skeleton } from '../ui/Panel.tsx';

export function ProjectPages({ projectId }: { projectId: string }) {
  const { state } = useSession();
  const [path] = useLocation();
  const member = state?.member;
  const membership = state?.memberships.find(({ project }) => project.id === projectId);
  const seat = useMemo(() => (member && membership ? createSeat(member, membership) : null), [member, membership]);
  if (!seat) {
    // Said on the list of projects, where there is something to choose instead.
    queueMicrotask(() => session.loseProject(true));
    return <Redirect to="/projects" replace />;
  }
  // What was shown with other permissions is not shown any longer.
  const permissions = seat.membership.permissions.join(' ');
  return (
    <SeatContext value={seat}>
      <RelayEnvironmentProvider environment={environmentOf(projectId)}>
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
