import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql, useFragment } from 'react-relay/hooks';
import { useSeat } from '../app/seat.tsx';
import { WordBadge } from '../app/WordBadge.tsx';
import { Chip } from '../ui/Badge.tsx';
import { MenuItem, Popover } from '../ui/Popover.tsx';
import { Distance } from '../ui/Time.tsx';
import type { MemberRow_membership$key } from './__generated__/MemberRow_membership.graphql.ts';
import { ChangeMemberDialog } from './ChangeMemberDialog.tsx';
import { EndMemberDialog, SignOutMemberDialog } from './EndMemberDialog.tsx';
import { EraseMemberDialog } from './EraseMemberDialog.tsx';
import { SuspendMemberDialog } from './SuspendMemberDialog.tsx';
import styles from './member.module.css';
import { RoleName } from './RoleName.tsx';
import { membershipStatus } from './words.ts';

type Open = 'change' | 'sign-out' | 'suspend' | 'end' | 'erase' | null;

export function MemberRow({ membership }: { membership: MemberRow_membership$key }) {
  const { t } = useLingui();
  const seat = useSeat();
  const [open, setOpen] = useState<Open>(null);
  const data = useFragment(
    graphql`
      fragment MemberRow_membership on Membership {
        id
        number
        label
        email
        status
        tagLimits
        lastSeenAt
        role {
          id
          name
          builtIn
        }
      }
    `,
    membership,
  );
  const close = () => setOpen(null);
  const { label } = data;
  const person = { id: data.id, label };
  const isMember = data.status !== 'ENDED';
  const isSuspended = data.status === 'SUSPENDED';
  // Who was erased has no address.
  const mayErase = seat.member.isOperator && data.email !== null;
  return (
    <tr>
      <td data-align="end" data-label={t`No.`}>{data.number}</td>
      <td data-label={t`Name`}>
        <div className={styles.person}>
          <strong>{label}</strong>
          {data.email && <span>{data.email}</span>}
        </div>
      </td>
      <td data-label={t`Role`}>{data.role && <RoleName role={data.role} />}</td>
      <td data-label={t`Limited to`}>
        <div className={styles.tags}>{data.tagLimits?.map((tag) => <Chip key={tag}>{tag}</Chip>) ?? '–'}</div>
      </td>
      <td data-label={t`Status`}>
        <WordBadge words={membershipStatus} value={data.status} />
      </td>
      <td data-label={t`Last seen`}>{data.lastSeenAt ? <Distance at={data.lastSeenAt} /> : <Trans>Never</Trans>}</td>
      <td data-align="end">
        {seat.can('MEMBERS:MANAGE') && (isMember || mayErase) && (
          <Popover
            label={<span className="visually-hidden">{t`What can be done with ${label}`}</span>}
            icon="more"
            look="quiet"
            hasArrow={false}
          >
            {(closeMenu) => {
              const choose = (next: Open) => () => {
                closeMenu();
                setOpen(next);
              };
              return (
                <>
                  {isMember && (
                    <>
                      <MenuItem onClick={choose('change')}>
                        <Trans>Change role and limits</Trans>
                      </MenuItem>
                      <MenuItem onClick={choose('sign-out')}>
                        <Trans>Sign out everywhere</Trans>
                      </MenuItem>
                      <MenuItem onClick={choose('suspend')}>
                        {isSuspended ? <Trans>Lift the suspension</Trans> : <Trans>Suspend</Trans>}
                      </MenuItem>
                      <MenuItem onClick={choose('end')}>
                        <Trans>End the access</Trans>
                      </MenuItem>
                    </>
                  )}
                  {mayErase && (
                    <MenuItem onClick={choose('erase')}>
                      <Trans>Erase the person</Trans>
                    </MenuItem>
                  )}
                </>
              );
            }}
          </Popover>
        )}
        {open === 'change' && (
          <ChangeMemberDialog
            member={{ ...person, roleId: data.role?.id ?? '', tagLimits: data.tagLimits ?? null }}
            onClose={close}
          />
        )}
        {open === 'sign-out' && <SignOutMemberDialog member={person} onClose={close} />}
        {open === 'suspend' && <SuspendMemberDialog member={person} isSuspended={isSuspended} onClose={close} />}
        {open === 'erase' && <EraseMemberDialog member={{ ...person, number: data.number }} onClose={close} />}
        {open === 'end' && <EndMemberDialog member={person} onClose={close} />}
      </td>
    </tr>
  );
}
