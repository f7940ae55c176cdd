import { useLingui } from '@lingui/react';
import type { MessageDescriptor } from '@lingui/core';
import { Link } from 'wouter';
import styles from './Tabs.module.css';

export interface TabLink {
  href: string;
  name: MessageDescriptor;
  isHere: boolean;
}

interface Props {
  label: string;
  links: readonly TabLink[];
  /** Beside the title rather than across the page. */
  isInline?: boolean;
  /** *Back* leaves the page, whatever parts of it were seen. */
  isReplacing?: boolean;
}

/** Links to the parts of a page. */
export function Tabs({ label, links, isInline = false, isReplacing = false }: Props) {
  const { i18n } = useLingui();
  return (
    <nav className={styles.tabs} data-inline={isInline || undefined} aria-label={label}>
      {links.map(({ href, name, isHere }) => (
        <Link key={href} href={href} aria-current={isHere ? 'page' : undefined} replace={isReplacing}>
          {i18n._(name)}
        </Link>
      ))}
    </nav>
  );
}
