import { Trans, useLingui } from '@lingui/react/macro';
import { graphql } from 'react-relay/hooks';
import { usePageQuery } from '../app/use-page-query.ts';
import { Note } from '../ui/Page.tsx';
import { Card } from '../ui/Panel.tsx';
import { Table } from '../ui/Table.tsx';
import type { RetentionPageQuery } from './__generated__/RetentionPageQuery.graphql.ts';
import { RetentionRow } from './RetentionRow.tsx';
import { retentionClass } from './words.ts';

export function RetentionPage() {
  const { t } = useLingui();
  const { retentionPolicies } = usePageQuery<RetentionPageQuery>(
    graphql`
      query RetentionPageQuery {
        retentionPolicies {
          dataClass
          days
        }
      }
    `,
    {},
  );
  const daysFor = (dataClass: string) =>
    retentionPolicies?.find((policy) => policy.dataClass === dataClass)?.days ?? null;
  return (
    <Card title={<Trans>How long data is kept</Trans>}>
      <Note>
        <p>
          <Trans>What is older is erased for good, with an entry in the audit. Users on hold are left out.</Trans>
        </p>
        <p>
          <Trans>Left empty, it is kept without a limit. What is older now is erased soon after.</Trans>
        </p>
      </Note>
      <Table
        label={t`How long data is kept`}
        isStacked
        heads={[
          { text: t`Data` },
          { text: t`Kept for, in days` },
          { text: <span className="visually-hidden">{t`Actions`}</span>, align: 'end' },
        ]}
      >
        {Object.keys(retentionClass).map((dataClass) => (
          <RetentionRow key={dataClass} dataClass={dataClass} days={daysFor(dataClass)} />
        ))}
      </Table>
    </Card>
  );
}

export default RetentionPage;
