import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { usePageQuery } from '../app/use-page-query.ts';
import { WordOf } from '../app/WordBadge.tsx';
import { identificationLevel } from '../identification/words.ts';
import { Button } from '../ui/Button.tsx';
import { Note } from '../ui/Page.tsx';
import { Card } from '../ui/Panel.tsx';
import { Table } from '../ui/Table.tsx';
import type { ValidityPageQuery } from './__generated__/ValidityPageQuery.graphql.ts';
import { ValidityDialog } from './ValidityDialog.tsx';

export function ValidityPage() {
  const { t } = useLingui();
  const [open, setOpen] = useState<string | null>(null);
  const { levelValidities } = usePageQuery<ValidityPageQuery>(
    graphql`
      query ValidityPageQuery {
        levelValidities {
          level
          days
          untilDocumentExpires
        }
      }
    `,
    {},
  );
  const validityOf = (level: string) => levelValidities?.find((validity) => validity.level === level);
  return (
    <Card title={<Trans>How long levels are valid</Trans>}>
      <Note>
        <Trans>Counted from the time at which a level becomes valid.</Trans>
      </Note>
      <Table
        label={t`How long levels are valid`}
        heads={[
          { text: t`Level` },
          { text: t`Valid for` },
          { text: t`Ends with the document` },
          { text: <span className="visually-hidden">{t`Actions`}</span>, align: 'end' },
        ]}
      >
        {Object.keys(identificationLevel).map((level) => {
          const days = validityOf(level)?.days ?? null;
          return (
            <tr key={level}>
              <td>
                <WordOf words={identificationLevel} value={level} />
              </td>
              <td>{days === null ? <Trans>No limit</Trans> : <Plural value={days} one="# day" other="# days" />}</td>
              <td>{validityOf(level)?.untilDocumentExpires ? <Trans>Yes</Trans> : <Trans>No</Trans>}</td>
              <td data-align="end">
                <Button onClick={() => setOpen(level)}>
                  <Trans>Change</Trans>
                </Button>
              </td>
            </tr>
          );
        })}
      </Table>
      {open !== null && (
        <ValidityDialog
          level={open}
          days={validityOf(open)?.days ?? null}
          untilDocumentExpires={validityOf(open)?.untilDocumentExpires ?? false}
          onClose={() => setOpen(null)}
        />
      )}
    </Card>
  );
}

export default ValidityPage;
