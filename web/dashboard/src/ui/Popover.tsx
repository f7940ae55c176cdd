// A button that opens something beneath it: by a press, or by the arrow down, which goes into it. The browser closes it: by
// Escape, or by a press anywhere else.

import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import styles from './Popover.module.css';
import { Icon, type IconName } from './icon.tsx';

interface Props {
  label: ReactNode;
  icon?: IconName;
  /** How the button looks: as a filter of a list, as a button, or as plain text. */
  look?: 'filter' | 'button' | 'quiet';
  isSet?: boolean;
  hasArrow?: boolean;
  title?: string;
  children: (close: () => void) => ReactNode;
}

const GAP = 4;
const EDGE = 8;

export function Popover({ label, icon, look = 'button', isSet = false, hasArrow = true, title, children }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const goesIn = useRef(false);

  function place(): void {
    if (!button.current || !panel.current) return;
    const anchor = button.current.getBoundingClientRect();
    const own = panel.current.getBoundingClientRect();
    const left = Math.max(EDGE, Math.min(anchor.left, window.innerWidth - own.width - EDGE));
    const below = anchor.bottom + GAP;
    const fits = below + own.height <= window.innerHeight - EDGE;
    const top = fits ? below : Math.max(EDGE, anchor.top - own.height - GAP);
    panel.current.style.left = `${left}px`;
    panel.current.style.top = `${top}px`;
  }

  // What is read when it opens makes it larger.
  useEffect(() => {
    if (!isOpen || !panel.current) return;
    const observer = new ResizeObserver(place);
    observer.observe(panel.current);
    return () => observer.disconnect();
  }, [isOpen]);

  useEffect(() => {
    if (isOpen && goesIn.current && panel.current) itemsOf(panel.current)[0]?.focus();
    goesIn.current = false;
  }, [isOpen]);

  function goDown(event: React.KeyboardEvent): void {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    if (isOpen && panel.current) itemsOf(panel.current)[0]?.focus();
    else {
      goesIn.current = true;
      // It may be opening already, by the key before.
      if (!panel.current?.matches(':popover-open')) button.current?.click();
    }
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        className={styles.button}
        data-look={look}
        data-set={isSet || undefined}
        popoverTarget={id}
        aria-expanded={isOpen}
        title={title}
        onKeyDown={goDown}
      >
        {icon && <Icon name={icon} />}
        {label}
        {hasArrow && <Icon name="down" />}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        className={styles.panel}
        onToggle={(event) => {
          const isNowOpen = event.newState === 'open';
          setOpen(isNowOpen);
          if (isNowOpen) place();
        }}
        onKeyDown={moveFocus}
      >
        {isOpen && children(() => panel.current?.hidePopover())}
      </div>
    </>
  );
}

function itemsOf(panel: HTMLElement): HTMLElement[] {
  return [...panel.querySelectorAll<HTMLElement>('a[href], button, input, select')];
}

/** The arrows go through what can be operated, as in a menu. */
function moveFocus(event: React.KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const isText = event.target instanceof HTMLInputElement && !/checkbox|radio/.test(event.target.type);
  if (step === 0 || (isText && step < 0)) return;
  const items = itemsOf(event.currentTarget);
  const index = items.indexOf(document.activeElement as HTMLElement);
  const next = items[(index + step + items.length) % items.length];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** A line of a menu. */
export function MenuItem({ icon, children, ...rest }: React.ButtonHTMLAttributes<HTMLButtonElement> & { icon?: IconName }) {
  return (
    <button type="button" {...rest} className={styles.item}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

export const menuStyles = styles;
