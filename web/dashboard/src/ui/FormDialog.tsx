import { Trans } from '@lingui/react/macro';
import type { ComponentProps, ReactNode } from 'react';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';

interface Props extends Omit<ComponentProps<typeof Dialog>, 'actions'> {
  /** What the button says that sends the form. */
  submit: ReactNode;
  tone?: 'primary' | 'danger';
  isBusy: boolean;
  /** Why the form cannot be sent yet. */
  refusal?: string | undefined;
}

/** A form in a dialog, which can be left or sent. */
export function FormDialog({ submit, tone = 'primary', isBusy, refusal, ...dialog }: Props) {
  return (
    <Dialog
      {...dialog}
      actions={
        <>
          <Button onClick={dialog.onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" tone={tone} isBusy={isBusy} refusal={refusal}>
            {submit}
          </Button>
        </>
      }
    />
  );
}
