import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql, useFragment } from 'react-relay/hooks';
import { useSeat } from '../app/seat.tsx';
import { Button } from '../ui/Button.tsx';
import { MenuItem, Popover } from '../ui/Popover.tsx';
import { GrantDialog } from '../verification/GrantDialog.tsx';
import { StartDialog } from '../identification/StartDialog.tsx';
import type { UserActions_user$key } from './__generated__/UserActions_user.graphql.ts';
import { DeactivateDialog } from './DeactivateDialog.tsx';
import { EditUserDialog } from './EditUserDialog.tsx';
import styles from './UserPage.module.css';

type Open = 'grant' | 'edit' | 'start' | 'deactivate' | null;

/** What the seat may do with a user. What it never may is absent; what it may not now says why. */
export function UserActions({ user }: { user: UserActions_user$key }) {
  const seat = useSeat();
  const { t } = useLingui();
  const [open, setOpen] = useState<Open>(null);
  const data = useFragment(
    graphql`
      fragment UserActions_user on User {
        id
        status
      }
    `,
    user,
  );
  const isGone = data.status === 'Erased' || data.status === 'Restricted';
  const refusal = isGone ? t`the user is erased or restricted` : undefined;
  const close = () => setOpen(null);
  const mayEdit = seat.can('USERS:EDIT');
  const mayStart = seat.can('IDENTIFICATIONS:EDIT');
  return (
    <div className={styles.actions}>
      {seat.can('VERIFICATIONS:GRANT') && (
        <Button onClick={() => setOpen('grant')} refusal={refusal}>
          <Trans>Grant level</Trans>
        </Button>
      )}
      {mayEdit && seat.can('USERS:PERSONAL') && (
        <Button onClick={() => setOpen('edit')} refusal={refusal}>
          <Trans>Edit</Trans>
        </Button>
      )}
      {(mayEdit || mayStart) && !isGone && (
        <Popover label={<Trans>More</Trans>}>
          {(closeMenu) => {
            const choose = (next: Open) => () => {
              closeMenu();
              setOpen(next);
            };
            return (
              <>
                {mayStart && (
                  <MenuItem onClick={choose('start')}>
                    <Trans>Start an identification</Trans>
                  </MenuItem>
                )}
                {mayEdit && (
                  <MenuItem onClick={choose('deactivate')}>
                    {data.status === 'Deactivated' ? <Trans>Reactivate</Trans> : <Trans>Deactivate</Trans>}
                  </MenuItem>
                )}
                <MenuItem onClick={() => window.print()}>
                  <Trans>Print</Trans>
                </MenuItem>
              </>
            );
          }}
        </Popover>
      )}
      {open === 'grant' && <GrantDialog userId={data.id} onClose={close} />}
      {open === 'edit' && <EditUserDialog userId={data.id} onClose={close} />}
      {open === 'start' && <StartDialog userId={data.id} onClose={close} />}
      {open === 'deactivate' && (
        <DeactivateDialog userId={data.id} isDeactivated={data.status === 'Deactivated'} onClose={close} />
      )}
    </div>
  );
}
