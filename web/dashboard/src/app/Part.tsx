import { type ReactNode, Suspense } from 'react';
import { Skeleton } from '../ui/Panel.tsx';
import { ErrorBoundary } from './ErrorMessage.tsx';

/** A part of a page that is read by itself: its wait and its error stay in its place. */
export function Part({ rows = 3, children }: { rows?: number; children: ReactNode }) {
  return (
    <ErrorBoundary>
      <Suspense fallback={<Skeleton rows={rows} />}>{children}</Suspense>
    </ErrorBoundary>
  );
}
