import { Trans } from '@lingui/react/macro';
import { Link } from 'wouter';
import { useSeat } from '../app/seat.tsx';
import { auditListQuery } from './list-query.ts';

/** The member or the credential that did something, which opens all that it did. */
export function Who({ actor }: { actor: { readonly id: string; readonly label: string } | null | undefined }) {
  const seat = useSeat();
  if (!actor) return <Trans>The server</Trans>;
  const search = auditListQuery.format({ ...auditListQuery.fallback, actor: actor.id });
  return <Link href={`${seat.to('/audit')}?${search}`}>{actor.label}</Link>;
}
