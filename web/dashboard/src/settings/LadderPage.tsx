import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { usePageQuery } from '../app/use-page-query.ts';
import { WordOf } from '../app/WordBadge.tsx';
import { identificationLevel } from '../identification/words.ts';
import { Button } from '../ui/Button.tsx';
import { Note } from '../ui/Page.tsx';
import { Card } from '../ui/Panel.tsx';
import { Table } from '../ui/Table.tsx';
import { Time } from '../ui/Time.tsx';
import type { LadderPageQuery } from './__generated__/LadderPageQuery.graphql.ts';
import { GrantPolicyDialog } from './GrantPolicyDialog.tsx';
import { NewLevelDialog } from './NewLevelDialog.tsx';

export function LadderPage() {
  const { t } = useLingui();
  const [isAdding, setAdding] = useState(false);
  const [open, setOpen] = useState<string | null>(null);
  const { verificationLevels, grantPolicies } = usePageQuery<LadderPageQuery>(
    graphql`
      query LadderPageQuery {
        verificationLevels {
          id
          number
          name
          index
          createdAt
        }
        grantPolicies {
          identificationLevel
          verificationLevel {
            id
            name
          }
        }
      }
    `,
    {},
  );
  const ladder = (verificationLevels ?? []).toSorted((a, b) => a.index - b.index);
  const grantedBy = (level: string) =>
    grantPolicies?.find(({ identificationLevel: from }) => from === level)?.verificationLevel ?? null;
  return (
    <>
      <Card
        title={<Trans>Verification levels, the lowest first</Trans>}
        actions={
          <Button tone="primary" icon="plus" onClick={() => setAdding(true)}>
            <Trans>New level</Trans>
          </Button>
        }
      >
        <Table
          label={t`Verification levels`}
          heads={[
            { text: t`Index`, align: 'end' },
            { text: t`Name` },
            { text: t`No.`, align: 'end' },
            { text: t`Created` },
          ]}
        >
          {ladder.map(({ id, index, name, number, createdAt }) => (
            <tr key={id}>
              <td data-align="end">{index}</td>
              <td>
                <strong>{name}</strong>
              </td>
              <td data-align="end">{number}</td>
              <td>
                <Time at={createdAt} />
              </td>
            </tr>
          ))}
        </Table>
      </Card>
      <Card title={<Trans>Levels that are granted by themselves</Trans>}>
        <Note>
          <Trans>When an identification makes a level valid, the user gets the verification level beside it.</Trans>
        </Note>
        <Table
          label={t`Levels that are granted by themselves`}
          heads={[
            { text: t`Identification` },
            { text: t`Grants` },
            { text: <span className="visually-hidden">{t`Actions`}</span>, align: 'end' },
          ]}
        >
          {Object.keys(identificationLevel).map((level) => (
            <tr key={level}>
              <td>
                <WordOf words={identificationLevel} value={level} />
              </td>
              <td>{grantedBy(level)?.name ?? <Trans>Nothing</Trans>}</td>
              <td data-align="end">
                <Button onClick={() => setOpen(level)}>
                  <Trans>Change</Trans>
                </Button>
              </td>
            </tr>
          ))}
        </Table>
      </Card>
      {isAdding && <NewLevelDialog onClose={() => setAdding(false)} />}
      {open !== null && (
        <GrantPolicyDialog
          level={open}
          levelId={grantedBy(open)?.id ?? ''}
          ladder={ladder}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

export default LadderPage;
