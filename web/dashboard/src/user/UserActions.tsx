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
import { EraseDialog } from './EraseDialog.tsx';
import { HoldDialog } from './HoldDialog.tsx';
import styles from './UserPage.module.css';

type Open = 'grant' | 'edit' | 'start' | 'deactivate' | 'hold' | 'erase' | null;

/** What the seat may do with a user. What it never may is absent; what it may not now says why. */
export function UserActions({ user }: { user: UserActions_user$key }) {
  const seat = useSeat();
  const { t } = useLingui();
  const [open, setOpen] = useState<Open>(null);
  const data = useFragment(
    graphql`
      fragment UserActions_user on User {
        id
        number
        status
        legalHoldReason @include(if: $erase)
      }
    `,
    user,
  );
  const isGone = data.status === 'Erased' || data.status === 'Restricted';
  const refusal = isGone ? t`the user is erased or restricted` : undefined;
  const close = () => setOpen(null);
  const mayEdit = seat.can('USERS:EDIT');
  const mayErase = seat.can('USERS:ERASE');
  const isHeld = typeof data.legalHoldReason === 'string';
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
      {data.status !== 'Erased' && (
        <Popover label={<Trans>More</Trans>}>
          {(closeMenu) => {
            const choose = (next: Open) => () => {
              closeMenu();
              setOpen(next);
            };
            return (
              <>
                {mayStart && !isGone && (
                  <MenuItem icon="plus" onClick={choose('start')}>
                    <Trans>Start an identification</Trans>
                  </MenuItem>
                )}
                {mayEdit && !isGone && (
                  <MenuItem icon="none" onClick={choose('deactivate')}>
                    {data.status === 'Deactivated' ? <Trans>Reactivate</Trans> : <Trans>Deactivate</Trans>}
                  </MenuItem>
                )}
                {mayErase && (
                  <MenuItem icon="hold" onClick={choose('hold')}>
                    {isHeld ? <Trans>Release the hold</Trans> : <Trans>Place a hold</Trans>}
                  </MenuItem>
                )}
                {mayErase && data.status !== 'Restricted' && (
                  <MenuItem icon="cross" onClick={choose('erase')}>
                    <Trans>Erase</Trans>
                  </MenuItem>
                )}
                <MenuItem icon="print" onClick={() => window.print()}>
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
      {open === 'hold' && <HoldDialog userId={data.id} isHeld={isHeld} onClose={close} />}
      {open === 'erase' && <EraseDialog userId={data.id} number={data.number} isHeld={isHeld} onClose={close} />}
      {open === 'deactivate' && (
        <DeactivateDialog userId={data.id} isDeactivated={data.status === 'Deactivated'} onClose={close} />
      )}
    </div>
  );
}
