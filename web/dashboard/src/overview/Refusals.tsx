import { Trans, useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { graphql } from 'react-relay/hooks';
import { Link } from 'wouter';
import type { Period } from '../app/query.ts';
import { useSeat } from '../app/seat.tsx';
import { useNumber } from '../app/use-number.ts';
import { usePageQuery } from '../app/use-page-query.ts';
import { useWords } from '../app/words.ts';
import { REASONS } from '../identification/reasons.ts';
import { IDENTIFICATION_PROCESSES, identificationProcess } from '../identification/words.ts';
import { Note } from '../ui/Page.tsx';
import { StackedBars } from '../ui/StackedBars.tsx';
import { Table } from '../ui/Table.tsx';
import type { RefusalsQuery } from './__generated__/RefusalsQuery.graphql.ts';
import { daysOf, reasonsOf } from './refusals.ts';
import { identificationsWith } from './views.ts';

/** The identifications of a period that were refused: by day and process, and why. */
export function Refusals({ time }: { time: Period }) {
  const { t, i18n } = useLingui();
  const seat = useSeat();
  const words = useWords();
  const number = useNumber();
  const { byDay, byReason } = usePageQuery<RefusalsQuery>(
    graphql`
      query RefusalsQuery($filters: IdentificationFiltersInput) {
        byDay: identificationCounts(filters: $filters, by: [DAY, PROCESS]) {
          day
          process
          count
        }
        byReason: identificationCounts(filters: $filters, by: [REASON]) {
          reason
          count
        }
      }
    `,
    { filters: identificationsWith({ status: ['Invalid'], created: time }).filters },
  );
  const bars = useMemo(() => daysOf(byDay ?? [], IDENTIFICATION_PROCESSES), [byDay]);
  const reasons = useMemo(() => reasonsOf(byReason ?? []), [byReason]);
  if (bars.length === 0) {
    return (
      <Note>
        <Trans>None was.</Trans>
      </Note>
    );
  }
  return (
    <>
      <StackedBars
        label={t`Refused identifications by day and process`}
        series={IDENTIFICATION_PROCESSES.map((key) => ({ key, name: words(identificationProcess, key).text }))}
        bars={bars}
        number={number}
      />
      <Table label={t`Why identifications were refused`} heads={[{ text: t`Reason` }, { text: t`Number`, align: 'end' }]}>
        {reasons.map(({ reason, count }) => {
          const what = Object.hasOwn(REASONS, reason) ? REASONS[reason]?.what : undefined;
          const view = identificationsWith({ status: ['Invalid'], created: time, reason: [reason] });
          return (
            <tr key={reason}>
              <td>
                <Link href={seat.to(view.path)}>{what ? i18n._(what) : reason}</Link>
              </td>
              <td data-align="end">{number(count)}</td>
            </tr>
          );
        })}
      </Table>
      <Note>
        <Trans>An identification with several reasons is counted for each.</Trans>
      </Note>
    </>
  );
}
