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
    if (element && !element.open) element.showModal();
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
