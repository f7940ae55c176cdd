import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import { useSeat } from '../app/seat.tsx';
import { Badge } from '../ui/Badge.tsx';
import { Table } from '../ui/Table.tsx';
import { describe } from './duration.ts';
import styles from './sandbox.module.css';

export interface Ran {
  name: string;
  userId: string | null;
  happenings: readonly {
    readonly after: string;
    readonly step: number | null | undefined;
    readonly what: string;
    readonly outcome: string;
    readonly isRefused: boolean;
    readonly resourceId: string | null | undefined;
  }[];
  objects: readonly { readonly name: string; readonly id: string }[];
}

/** What came of a scenario, in the order in which it happened. */
export function ScenarioOutcome({ ran }: { ran: Ran }) {
  const { t } = useLingui();
  const seat = useSeat();
  return (
    <>
      <div className={styles.done} role="status">
        <h3>{ran.name}</h3>
        {ran.userId && seat.can('USERS:VIEW') && (
          <Link href={seat.to(`/users/${ran.userId}`)}>
            <Trans>Open the user</Trans>
          </Link>
        )}
      </div>
      <Table
        label={t`What happened`}
        heads={[
          { text: t`After` },
          { text: t`Step`, align: 'end' },
          { text: t`What happened` },
          { text: t`Outcome` },
          { text: t`Object` },
        ]}
      >
        {ran.happenings.map(({ after, step, what, outcome, isRefused, resourceId }, index) => (
          <tr key={index}>
            <td>{describe(after)}</td>
            <td data-align="end">{step ?? '–'}</td>
            <td>{what}</td>
            <td>{isRefused ? <Badge tone="refused">{outcome}</Badge> : outcome}</td>
            <td>
              <code>{resourceId ?? '–'}</code>
            </td>
          </tr>
        ))}
      </Table>
    </>
  );
}
