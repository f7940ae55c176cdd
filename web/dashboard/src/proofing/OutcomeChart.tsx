import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { graphql } from 'react-relay/hooks';
import { Part } from '../app/Part.tsx';
import { useNumber } from '../app/use-number.ts';
import { usePageQuery } from '../app/use-page-query.ts';
import { useWords } from '../app/words.ts';
import { StackedBars } from '../ui/StackedBars.tsx';
import type { OutcomeChartQuery } from './__generated__/OutcomeChartQuery.graphql.ts';
import { barsOf, resultsOf } from './chart.ts';
import { deviceCheck } from './words.ts';

type Filters = OutcomeChartQuery['variables']['filters'];

/** The proofing requests of a filter by day and result of the device check. They add up to the total of the list. */
export function OutcomeChart({ filters }: { filters: Filters }) {
  return (
    // Another filter is another question: an error of the last one goes with it.
    <Part key={JSON.stringify(filters)} rows={4}>
      <Chart filters={filters} />
    </Part>
  );
}

function Chart({ filters }: { filters: Filters }) {
  const { t } = useLingui();
  const words = useWords();
  const number = useNumber();
  const { proofingRequestCounts } = usePageQuery<OutcomeChartQuery>(
    graphql`
      query OutcomeChartQuery($filters: ProofingRequestFiltersInput) {
        proofingRequestCounts(filters: $filters, by: [DAY, DEVICE]) {
          day
          device
          count
        }
      }
    `,
    { filters },
  );
  const { results, bars } = useMemo(() => {
    const results = resultsOf(proofingRequestCounts ?? []);
    return { results, bars: barsOf(proofingRequestCounts ?? [], results) };
  }, [proofingRequestCounts]);
  if (bars.length === 0) return null;
  return (
    <StackedBars
      label={t`Proofing requests by day and result of the device check`}
      series={results.map((key) => ({ key, name: words(deviceCheck, key).text }))}
      bars={bars}
      number={number}
    />
  );
}
