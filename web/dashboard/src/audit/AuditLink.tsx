import { Trans } from '@lingui/react/macro';
import { Link } from 'wouter';
import { useSeat } from '../app/seat.tsx';
import { auditListQuery } from './list-query.ts';

/** Opens the audit with the entries of one user, for seats that may read it. */
export function AuditLink({ userId }: { userId: string }) {
  const seat = useSeat();
  if (!seat.can('AUDIT:VIEW')) return null;
  const search = auditListQuery.format({ ...auditListQuery.fallback, user: userId });
  return (
    <p>
      <Link href={`${seat.to('/audit')}?${search}`}>
        <Trans>Open in Audit</Trans>
      </Link>
    </p>
  );
}
