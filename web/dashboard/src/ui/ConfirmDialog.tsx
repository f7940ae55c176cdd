import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';

interface Props {
  title: ReactNode;
  /** What happens then. */
  children: ReactNode;
  confirm: ReactNode;
  isBusy: boolean;
  error?: ReactNode;
  onClose(): void;
  onConfirm(): void;
}

/** Asks before a change that cannot be taken back. */
export function ConfirmDialog({ title, children, confirm, isBusy, error, onClose, onConfirm }: Props) {
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={onConfirm}
      error={error}
      actions={
        <>
          <Button onClick={onClose} autoFocus>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" tone="danger" isBusy={isBusy}>
            {confirm}
          </Button>
        </>
      }
    >
      <p>{children}</p>
    </Dialog>
  );
}
