import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useSeat } from '../app/seat.tsx';
import { usePageQuery } from '../app/use-page-query.ts';
import { Button } from '../ui/Button.tsx';
import { Row } from '../ui/Page.tsx';
import type { RolesPageQuery } from './__generated__/RolesPageQuery.graphql.ts';
import { DeleteRoleDialog } from './DeleteRoleDialog.tsx';
import { RoleDialog } from './RoleDialog.tsx';
import { RoleMatrix } from './RoleMatrix.tsx';
import { inOrder } from './role-order.ts';

export type Role = NonNullable<RolesPageQuery['response']['roles']>[number];

type Open = { what: 'new' } | { what: 'edit' | 'delete'; role: Role } | null;

export function RolesPage() {
  const { t } = useLingui();
  const seat = useSeat();
  const [open, setOpen] = useState<Open>(null);
  const { roles, permissions } = usePageQuery<RolesPageQuery>(
    graphql`
      query RolesPageQuery {
        roles {
          id
          name
          builtIn
          permissions
          isMasked
          memberCount
        }
        permissions {
          name
          description
          goesWithTagLimits
        }
      }
    `,
    {},
  );
  const all = inOrder(roles ?? []);
  const own = all.filter(({ builtIn }) => !builtIn);
  const close = () => setOpen(null);
  return (
    <>
      {seat.can('MEMBERS:MANAGE') && (
        <Row>
          <Button tone="primary" icon="plus" onClick={() => setOpen({ what: 'new' })}>
            <Trans>New role</Trans>
          </Button>
          {own.map((role) => (
            <Button key={role.id} onClick={() => setOpen({ what: 'edit', role })}>
              <Trans>Edit {role.name}</Trans>
            </Button>
          ))}
          {own.map((role) => (
            <Button
              key={role.id}
              tone="quiet"
              refusal={role.memberCount > 0 ? t`members have this role` : undefined}
              onClick={() => setOpen({ what: 'delete', role })}
            >
              <Trans>Delete {role.name}</Trans>
            </Button>
          ))}
        </Row>
      )}
      <RoleMatrix roles={all} permissions={permissions} />
      {open?.what === 'new' && <RoleDialog role={null} roles={all} permissions={permissions} onClose={close} />}
      {open?.what === 'edit' && <RoleDialog role={open.role} roles={all} permissions={permissions} onClose={close} />}
      {open?.what === 'delete' && <DeleteRoleDialog role={open.role} onClose={close} />}
    </>
  );
}

export default RolesPage;
