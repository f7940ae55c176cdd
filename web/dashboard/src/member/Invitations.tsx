import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useSeat } from '../app/seat.tsx';
import { usePageQuery } from '../app/use-page-query.ts';
import { Chip } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { Note } from '../ui/Page.tsx';
import { Table } from '../ui/Table.tsx';
import { Distance, Time } from '../ui/Time.tsx';
import type { InvitationsQuery } from './__generated__/InvitationsQuery.graphql.ts';
import styles from './member.module.css';
import { RevokeInvitationDialog } from './RevokeInvitationDialog.tsx';
import { RoleName } from './RoleName.tsx';

export function Invitations() {
  const { t } = useLingui();
  const seat = useSeat();
  const [revoking, setRevoking] = useState<{ id: string; email: string } | null>(null);
  const { invitations } = usePageQuery<InvitationsQuery>(
    graphql`
      query InvitationsQuery {
        invitations {
          id
          email
          tagLimits
          createdAt
          expiresAt
          role {
            id
            name
            builtIn
          }
        }
      }
    `,
    {},
  );
  if (!invitations || invitations.length === 0) {
    return (
      <Note>
        <Trans>None is open.</Trans>
      </Note>
    );
  }
  return (
    <Table
      label={t`Invitations`}
      isStacked
      heads={[
        { text: t`E-mail address` },
        { text: t`Role` },
        { text: t`Limited to` },
        { text: t`Made` },
        { text: t`Runs out` },
        { text: <span className="visually-hidden">{t`Actions`}</span>, align: 'end' },
      ]}
    >
      {invitations.map(({ id, email, role, tagLimits, createdAt, expiresAt }) => (
        <tr key={id}>
          <td data-label={t`E-mail address`}>{email ?? '–'}</td>
          <td data-label={t`Role`}>{role ? <RoleName role={role} /> : '–'}</td>
          <td data-label={t`Limited to`}>
            <div className={styles.tags}>{tagLimits?.map((tag) => <Chip key={tag}>{tag}</Chip>) ?? '–'}</div>
          </td>
          <td data-label={t`Made`}>
            <Time at={createdAt} />
          </td>
          <td data-label={t`Runs out`}>
            <Distance at={expiresAt} />
          </td>
          <td data-align="end">
            {seat.can('MEMBERS:MANAGE') && (
              <Button
                aria-label={t`Revoke the invitation of ${email ?? '–'}`}
                onClick={() => setRevoking({ id, email: email ?? '–' })}
              >
                <Trans>Revoke</Trans>
              </Button>
            )}
            {revoking?.id === id && <RevokeInvitationDialog invitation={revoking} onClose={() => setRevoking(null)} />}
          </td>
        </tr>
      ))}
    </Table>
  );
}
