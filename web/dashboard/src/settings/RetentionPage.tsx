import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { usePageQuery } from '../app/use-page-query.ts';
import { WordOf } from '../app/WordBadge.tsx';
import { Button } from '../ui/Button.tsx';
import { Note } from '../ui/Page.tsx';
import { Card } from '../ui/Panel.tsx';
import { Table } from '../ui/Table.tsx';
import type { RetentionPageQuery } from './__generated__/RetentionPageQuery.graphql.ts';
import { RetentionDialog } from './RetentionDialog.tsx';
import { retentionClass } from './words.ts';

export function RetentionPage() {
  const { t } = useLingui();
  const [open, setOpen] = useState<string | null>(null);
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
        <Trans>What is older is erased for good, with an entry in the audit. Users on hold are left out.</Trans>
      </Note>
      <Table
        label={t`How long data is kept`}
        heads={[
          { text: t`Data` },
          { text: t`Kept for` },
          { text: <span className="visually-hidden">{t`Actions`}</span>, align: 'end' },
        ]}
      >
        {Object.keys(retentionClass).map((dataClass) => {
          const days = daysFor(dataClass);
          return (
            <tr key={dataClass}>
              <td>
                <WordOf words={retentionClass} value={dataClass} />
              </td>
              <td>{days === null ? <Trans>No limit</Trans> : <Plural value={days} one="# day" other="# days" />}</td>
              <td data-align="end">
                <Button onClick={() => setOpen(dataClass)}>
                  <Trans>Change</Trans>
                </Button>
              </td>
            </tr>
          );
        })}
      </Table>
      {open !== null && <RetentionDialog dataClass={open} days={daysFor(open)} onClose={() => setOpen(null)} />}
    </Card>
  );
}

export default RetentionPage;
