import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { graphql } from 'react-relay/hooks';
import { Link } from 'wouter';
import { useSeat } from '../app/seat.tsx';
import { usePageQuery } from '../app/use-page-query.ts';
import { WordOf } from '../app/WordBadge.tsx';
import { identificationLevel } from '../identification/words.ts';
import { Note } from '../ui/Page.tsx';
import { Table } from '../ui/Table.tsx';
import { Distance, Time } from '../ui/Time.tsx';
import { UserLink } from '../user/UserLink.tsx';
import type { LapsesQuery } from './__generated__/LapsesQuery.graphql.ts';

/** The levels that users lose next if nothing changes. */
export function Lapses({ until }: { until: string }) {
  const { t } = useLingui();
  const seat = useSeat();
  const { levelForecast } = usePageQuery<LapsesQuery>(
    graphql`
      query LapsesQuery($until: DateTime!, $users: Boolean!, $personal: Boolean!) {
        levelForecast(until: $until, first: 10) {
          totalCount
          edges {
            node {
              id
              level
              at
              user @include(if: $users) {
                id
                ...UserLink_user
              }
            }
          }
        }
      }
    `,
    { until, users: seat.can('USERS:VIEW'), personal: seat.can('USERS:PERSONAL') },
  );
  const total = levelForecast?.totalCount ?? 0;
  const edges = levelForecast?.edges ?? [];
  if (edges.length === 0) {
    return (
      <Note>
        <Trans>None does.</Trans>
      </Note>
    );
  }
  return (
    <>
      <Table label={t`Levels that lapse within 30 days`} heads={[{ text: t`Level` }, { text: t`User` }, { text: t`Time` }]}>
        {edges.map(({ node }) => (
          <tr key={node.id}>
            <td>
              <WordOf words={identificationLevel} value={node.level} />
            </td>
            <td>
              {node.user ? (
                <>
                  <UserLink user={node.user} />{' '}
                  <Link href={seat.to(`/users/${node.user.id}`)}>
                    <Trans>Open</Trans>
                  </Link>
                </>
              ) : (
                '–'
              )}
            </td>
            <td>
              {node.at && (
                <>
                  <Time at={node.at} /> (<Distance at={node.at} />)
                </>
              )}
            </td>
          </tr>
        ))}
      </Table>
      {total > edges.length && (
        <Note>
          <Plural value={total - edges.length} one="# more" other="# more" />
        </Note>
      )}
    </>
  );
}
