import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql, usePaginationFragment } from 'react-relay/hooks';
import { More } from '../app/More.tsx';
import { useSeat } from '../app/seat.tsx';
import { usePageQuery } from '../app/use-page-query.ts';
import { WordBadge, WordOf } from '../app/WordBadge.tsx';
import { Chip } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { Card, Message } from '../ui/Panel.tsx';
import { Table } from '../ui/Table.tsx';
import { Time } from '../ui/Time.tsx';
import type { ResultsTab_user$key } from './__generated__/ResultsTab_user.graphql.ts';
import type { ResultsTabQuery } from './__generated__/ResultsTabQuery.graphql.ts';
import { OutcomeDialog } from './OutcomeDialog.tsx';
import { Released } from './Released.tsx';
import { resultScope, resultStatus } from './words.ts';

export function ResultsTab({ userId }: { userId: string }) {
  const { user } = usePageQuery<ResultsTabQuery>(
    graphql`
      query ResultsTabQuery($id: String!) {
        user(id: $id) {
          ...ResultsTab_user
        }
      }
    `,
    { id: userId },
  );
  return user && <Results user={user} />;
}

function Results({ user }: { user: ResultsTab_user$key }) {
  const { t } = useLingui();
  const mayRecord = useSeat().can('RESULTS:EDIT');
  const [open, setOpen] = useState<string | null>(null);
  const { data, ...paging } = usePaginationFragment(
    graphql`
      fragment ResultsTab_user on User
      @refetchable(queryName: "ResultsTabMoreQuery")
      @argumentDefinitions(count: { type: "Int", defaultValue: 50 }, cursor: { type: "String" }) {
        verificationResults(first: $count, after: $cursor) @connection(key: "ResultsTab_verificationResults") {
          edges {
            node {
              id
              traceId
              correlationId
              status
              scopes
              verifiedAt
              createdAt
              ...Released_result
            }
          }
        }
      }
    `,
    user,
  );
  const edges = data.verificationResults?.edges ?? [];
  if (edges.length === 0) return <Message icon="result" title={<Trans>No result yet</Trans>} />;
  return (
    <Card>
      <Table
        label={t`Results`}
        heads={[
          { text: t`Created` },
          { text: t`Status` },
          { text: t`Scopes` },
          { text: t`Released` },
          { text: t`Correlation` },
          { text: t`Verified`, align: 'end' },
          ...(mayRecord ? [{ text: <span className="visually-hidden">{t`Actions`}</span> }] : []),
        ]}
      >
        {edges.map(({ node }) => (
          <tr key={node.id}>
            <td>
              <Time at={node.createdAt} />
            </td>
            <td>
              <WordBadge words={resultStatus} value={node.status} isPlain />
            </td>
            <td>
              {node.scopes?.map((scope) => (
                <Chip key={scope}>
                  <WordOf words={resultScope} value={scope} />
                </Chip>
              ))}
            </td>
            <td>
              <Released result={node} />
            </td>
            <td>
              <code>{node.correlationId}</code>
            </td>
            <td data-align="end">{node.verifiedAt ? <Time at={node.verifiedAt} /> : '–'}</td>
            {mayRecord && (
              <td data-align="end">
                {node.status === 'STARTED' && (
                  <Button onClick={() => setOpen(node.id)}>
                    <Trans>Record outcome</Trans>
                  </Button>
                )}
              </td>
            )}
          </tr>
        ))}
      </Table>
      <More {...paging} />
      {open && <OutcomeDialog resultId={open} onClose={() => setOpen(null)} />}
    </Card>
  );
}

export default ResultsTab;
