import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql, usePaginationFragment } from 'react-relay/hooks';
import { More } from '../app/More.tsx';
import { useSeat } from '../app/seat.tsx';
import { usePageQuery } from '../app/use-page-query.ts';
import { Button } from '../ui/Button.tsx';
import { Card, Message } from '../ui/Panel.tsx';
import { Table } from '../ui/Table.tsx';
import { Time } from '../ui/Time.tsx';
import type { ProofingTab_user$key } from './__generated__/ProofingTab_user.graphql.ts';
import type { ProofingTabQuery } from './__generated__/ProofingTabQuery.graphql.ts';
import { Images } from '../document/Images.tsx';
import { proofingAddress } from '../document/load-image.ts';
import { CompleteDialog } from './CompleteDialog.tsx';
import { Outcome } from './Outcome.tsx';

export function ProofingTab({ userId }: { userId: string }) {
  const images = useSeat().can('DOCUMENTS:VIEW');
  const { user } = usePageQuery<ProofingTabQuery>(
    graphql`
      query ProofingTabQuery($id: String!, $images: Boolean!) {
        user(id: $id) {
          ...ProofingTab_user @arguments(images: $images)
        }
      }
    `,
    { id: userId, images },
  );
  return user && <Requests user={user} />;
}

function Requests({ user }: { user: ProofingTab_user$key }) {
  const { t } = useLingui();
  const seat = useSeat();
  const [mayComplete, seesImages] = [seat.can('IDPROOFING:EDIT'), seat.can('DOCUMENTS:VIEW')];
  const [open, setOpen] = useState<string | null>(null);
  const { data, ...paging } = usePaginationFragment(
    graphql`
      fragment ProofingTab_user on User
      @refetchable(queryName: "ProofingTabMoreQuery")
      @argumentDefinitions(
        count: { type: "Int", defaultValue: 50 }
        cursor: { type: "String" }
        images: { type: "Boolean!" }
      ) {
        proofingRequests(first: $count, after: $cursor) @connection(key: "ProofingTab_proofingRequests") {
          edges {
            node {
              id
              requestTime
              state
              deviceCheckResult
              images @include(if: $images) {
                side
              }
              ...Outcome_request
            }
          }
        }
      }
    `,
    user,
  );
  const edges = data.proofingRequests?.edges ?? [];
  if (edges.length === 0) {
    return <Message icon="proofing" title={<Trans>No proofing request yet</Trans>} />;
  }
  return (
    <Card>
      <Table
        label={t`Proofing requests`}
        heads={[
          { text: t`Request time` },
          { text: t`State` },
          { text: t`Device` },
          { text: t`Document` },
          { text: t`Face match` },
          ...(seesImages ? [{ text: t`Images` }] : []),
          ...(mayComplete ? [{ text: <span className="visually-hidden">{t`Actions`}</span> }] : []),
        ]}
      >
        {edges.map(({ node }) => (
          <tr key={node.id}>
            <td>
              <Time at={node.requestTime} />
            </td>
            <Outcome request={node} />
            {seesImages && (
              <td>
                <Images
                  images={(node.images ?? []).map(({ side }) => ({ id: side, kind: side }))}
                  ask={proofingAddress(node.id)}
                />
              </td>
            )}
            {mayComplete && (
              <td data-align="end">
                {node.state === 'IMAGE' && node.deviceCheckResult !== 'DENY' && (
                  <Button onClick={() => setOpen(node.id)}>
                    <Trans>Complete it</Trans>
                  </Button>
                )}
              </td>
            )}
          </tr>
        ))}
      </Table>
      <More {...paging} />
      {open && <CompleteDialog requestId={open} onClose={() => setOpen(null)} />}
    </Card>
  );
}

export default ProofingTab;
