// A native dialog: the browser keeps the focus in it, and Escape closes it.

import { useLingui } from '@lingui/react/macro';
import { type FormEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { Button } from './Button.tsx';
import styles from './Dialog.module.css';

interface Props {
  title: ReactNode;
  children: ReactNode;
  actions: ReactNode;
  /** What is wrong with the whole form. */
  error?: ReactNode;
  /** For forms of many fields. */
  isWide?: boolean;
  onClose(): void;
  onSubmit?(): void;
}

export function Dialog({ title, children, actions, error, isWide = false, onClose, onSubmit }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const { t } = useLingui();
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) {
      element.showModal();
      // The browser would take the button that closes it, which comes first.
      const field = element.querySelector<HTMLElement>(`.${styles.body} :is(input, select, textarea):not(:disabled)`);
      (field ?? element.querySelector<HTMLElement>('footer button'))?.focus();
    }
    return () => element?.close();
  }, []);
  function submit(event: FormEvent): void {
    event.preventDefault();
    onSubmit?.();
  }
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      data-wide={isWide || undefined}
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // A second Escape would close the dialog whatever `cancel` says, and what it shows once would be lost.
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <form onSubmit={submit} noValidate>
        <header>
          <h2 id={id}>{title}</h2>
          <Button tone="quiet" icon="cross" aria-label={t`Close`} onClick={onClose} />
        </header>
        <div className={styles.body}>{children}</div>
        {error && (
          <p className={styles.error} role="alert">
            {error}
          </p>
        )}
        <footer>{actions}</footer>
      </form>
    </dialog>
  );
}
