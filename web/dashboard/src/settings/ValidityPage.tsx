import { Trans, useLingui } from '@lingui/react/macro';
import { graphql } from 'react-relay/hooks';
import { usePageQuery } from '../app/use-page-query.ts';
import { identificationLevel } from '../identification/words.ts';
import { Note } from '../ui/Page.tsx';
import { Card } from '../ui/Panel.tsx';
import { Table } from '../ui/Table.tsx';
import type { ValidityPageQuery } from './__generated__/ValidityPageQuery.graphql.ts';
import { ValidityRow } from './ValidityRow.tsx';

export function ValidityPage() {
  const { t } = useLingui();
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
        <p>
          <Trans>Counted from the time at which a level becomes valid. Left empty, there is no limit in days.</Trans>
        </p>
        <p>
          <Trans>A level that ends with the document ends with its last day, if that is earlier.</Trans>
        </p>
      </Note>
      <Table
        label={t`How long levels are valid`}
        isStacked
        heads={[
          { text: t`Level` },
          { text: t`Valid for, in days` },
          { text: t`Ends with the document` },
          { text: <span className="visually-hidden">{t`Actions`}</span>, align: 'end' },
        ]}
      >
        {Object.keys(identificationLevel).map((level) => (
          <ValidityRow
            key={level}
            level={level}
            days={validityOf(level)?.days ?? null}
            untilDocumentExpires={validityOf(level)?.untilDocumentExpires ?? false}
          />
        ))}
      </Table>
    </Card>
  );
}

export default ValidityPage;
