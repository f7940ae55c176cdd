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
import styles from './member.module.css';
import { RoleName } from './RoleName.tsx';
import { membershipStatus } from './words.ts';

type Open = 'change' | 'sign-out' | 'end' | null;

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
        {seat.can('MEMBERS:MANAGE') && data.status !== 'ENDED' && (
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
                  <MenuItem onClick={choose('change')}>
                    <Trans>Change role and limits</Trans>
                  </MenuItem>
                  <MenuItem onClick={choose('sign-out')}>
                    <Trans>Sign out everywhere</Trans>
                  </MenuItem>
                  <MenuItem onClick={choose('end')}>
                    <Trans>End the access</Trans>
                  </MenuItem>
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
        {open === 'end' && <EndMemberDialog member={person} onClose={close} />}
      </td>
    </tr>
  );
}
