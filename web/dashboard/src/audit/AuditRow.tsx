import { graphql, useFragment } from 'react-relay/hooks';
import { WordOf } from '../app/WordBadge.tsx';
import { Cells, type Column } from '../ui/Grid.tsx';
import { Time } from '../ui/Time.tsx';
import type { AuditRow_event$key } from './__generated__/AuditRow_event.graphql.ts';
import { Who } from './Who.tsx';
import { auditAction } from './words.ts';

interface Props {
  event: AuditRow_event$key;
  columns: readonly Column[];
}

export function AuditRow({ event, columns }: Props) {
  const data = useFragment(
    graphql`
      fragment AuditRow_event on AuditEvent {
        action
        resourceId
        userId
        requestId
        createdAt
        actor {
          id
          label
        }
      }
    `,
    event,
  );
  return (
    <Cells
      columns={columns}
      values={{
        time: <Time at={data.createdAt} style="second" />,
        action: <WordOf words={auditAction} value={data.action} />,
        who: <Who actor={data.actor} />,
        object: data.resourceId,
        user: data.userId,
        request: data.requestId,
      }}
    />
  );
}
