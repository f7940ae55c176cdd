import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql, usePaginationFragment } from 'react-relay/hooks';
import { More } from '../app/More.tsx';
import { Part } from '../app/Part.tsx';
import { useSeat } from '../app/seat.tsx';
import { usePageQuery } from '../app/use-page-query.ts';
import { Button } from '../ui/Button.tsx';
import { Card, Message } from '../ui/Panel.tsx';
import { Table } from '../ui/Table.tsx';
import type { MembersPage_query$key } from './__generated__/MembersPage_query.graphql.ts';
import type { MembersPageQuery } from './__generated__/MembersPageQuery.graphql.ts';
import { Invitations } from './Invitations.tsx';
import { InviteDialog } from './InviteDialog.tsx';
import { MemberRow } from './MemberRow.tsx';

export function MembersPage() {
  const seat = useSeat();
  const [isInviting, setInviting] = useState(false);
  return (
    <>
      <Card
        title={<Trans>Members</Trans>}
        actions={
          seat.can('MEMBERS:MANAGE') && (
            <Button tone="primary" icon="plus" onClick={() => setInviting(true)}>
              <Trans>Invite a member</Trans>
            </Button>
          )
        }
      >
        <Part>
          <Members />
        </Part>
      </Card>
      <Card title={<Trans>Invitations that were not accepted yet</Trans>}>
        <Part rows={1}>
          <Invitations />
        </Part>
      </Card>
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
    </>
  );
}

function Members() {
  const query = usePageQuery<MembersPageQuery>(
    graphql`
      query MembersPageQuery {
        ...MembersPage_query
      }
    `,
    {},
  );
  return <MemberTable query={query} />;
}

function MemberTable({ query }: { query: MembersPage_query$key }) {
  const { t } = useLingui();
  const { data, ...paging } = usePaginationFragment(
    graphql`
      fragment MembersPage_query on Query
      @refetchable(queryName: "MembersPageMoreQuery")
      @argumentDefinitions(count: { type: "Int", defaultValue: 50 }, cursor: { type: "String" }) {
        memberships(first: $count, after: $cursor) @connection(key: "MembersPage_memberships") {
          edges {
            node {
              id
              ...MemberRow_membership
            }
          }
        }
      }
    `,
    query,
  );
  const edges = data.memberships?.edges ?? [];
  if (edges.length === 0) return <Message icon="users" title={<Trans>Nobody is a member yet</Trans>} />;
  return (
    <>
      <Table
        label={t`Members`}
        isStacked
        heads={[
          { text: t`No.`, align: 'end' },
          { text: t`Name` },
          { text: t`Role` },
          { text: t`Limited to` },
          { text: t`Status` },
          { text: t`Last seen` },
          { text: <span className="visually-hidden">{t`Actions`}</span> },
        ]}
      >
        {edges.map(({ node }) => (
          <MemberRow key={node.id} membership={node} />
        ))}
      </Table>
      <More {...paging} />
    </>
  );
}

export default MembersPage;
