import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import { MenuItem, menuStyles, Popover } from '../ui/Popover.tsx';
import styles from './MemberMenu.module.css';
import { LOCALES, activate } from './locale.ts';
import { useSeat } from './seat.tsx';
import { session } from './session.ts';

const NAMES = { en: 'English', fr: 'Français' };

export function MemberMenu() {
  const { member, membership } = useSeat();
  const { i18n } = useLingui();
  return (
    <Popover
      look="quiet"
      label={
        <>
          <Initials name={member.name} />
          <span className={styles.name}>{member.name}</span>
        </>
      }
    >
      {(close) => (
        <>
          <div className={styles.who}>
            <strong>{member.name}</strong>
            <span>{member.email}</span>
            <span>
              <Trans>
                {membership.role.name}, member {membership.number}
              </Trans>
            </span>
          </div>
          <hr className={menuStyles.line} />
          <Link href="/account" className={menuStyles.item} onClick={close}>
            <Trans>Account and devices</Trans>
          </Link>
          {LOCALES.filter((locale) => locale !== i18n.locale).map((locale) => (
            <MenuItem key={locale} lang={locale} onClick={() => void activate(locale).then(close)}>
              {NAMES[locale]}
            </MenuItem>
          ))}
          <hr className={menuStyles.line} />
          <MenuItem onClick={() => void session.signOut()}>
            <Trans>Sign out</Trans>
          </MenuItem>
        </>
      )}
    </Popover>
  );
}

export function Initials({ name }: { name: string }) {
  const letters = name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .filter((_, index, all) => index === 0 || index === all.length - 1)
    .join('');
  return (
    <span className={styles.initials} aria-hidden="true">
      {letters.toUpperCase()}
    </span>
  );
}
