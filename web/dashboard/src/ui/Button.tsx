// What can be pressed. A button that cannot be used now says why in its label.

import type { ButtonHTMLAttributes, ReactNode } from 'react';
import styles from './Button.module.css';
import { Icon, type IconName } from './icon.tsx';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  tone?: 'plain' | 'primary' | 'danger' | 'quiet';
  icon?: IconName;
  /** Something is under way: the button keeps its width and takes no second press. */
  isBusy?: boolean;
  /** Why it cannot be used now. The button stays focusable, so that the reason can be read. */
  refusal?: string | undefined;
  children?: ReactNode;
}

export function Button({ tone = 'plain', icon, isBusy = false, refusal, children, onClick, ...rest }: Props) {
  const isOff = isBusy || refusal !== undefined;
  return (
    <button
      type="button"
      {...rest}
      className={styles.button}
      data-tone={tone}
      data-icon-only={children === undefined || undefined}
      aria-disabled={isOff || undefined}
      aria-busy={isBusy || undefined}
      title={refusal ?? rest.title}
      onClick={(event) => {
        if (isOff) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {icon && <Icon name={icon} />}
      {children}
      {refusal !== undefined && <span className="visually-hidden"> ({refusal})</span>}
    </button>
  );
}
