import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field } from '../ui/Field.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import type { EraseDialogMutation } from './__generated__/EraseDialogMutation.graphql.ts';
import styles from './UserPage.module.css';

interface Props {
  userId: string;
  number: number;
  isHeld: boolean;
  onClose(): void;
}

/** Erases a user: its number has to be typed, and what comes back is a receipt to keep. */
export function EraseDialog({ userId, number, isHeld, onClose }: Props) {
  const { t } = useLingui();
  const action = useAction<EraseDialogMutation>(graphql`
    mutation EraseDialogMutation($input: EraseUserInput!) {
      eraseUser(input: $input) {
        __typename
        ... on EraseUserSuccessPayload {
          erasedAt
          receipt
          user {
            id
            status
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  const [typed, setTyped] = useState('');
  const [receipt, setReceipt] = useState<string | null>(null);
  async function submit(): Promise<void> {
    const answer = await action.run({ input: { userId } });
    const text = answer?.eraseUser?.receipt;
    if (text) setReceipt(text);
    else if (answer) onClose();
  }
  if (receipt !== null) return <Receipt text={receipt} number={number} onClose={onClose} />;
  return (
    <FormDialog
      title={<Trans>Erase user {number}</Trans>}
      onClose={onClose}
      onSubmit={() => void submit()}
      error={action.over()}
      submit={<Trans>Erase for ever</Trans>}
      tone="danger"
      isBusy={action.isBusy}
      refusal={typed.trim() === String(number) ? undefined : t`the number has to be typed`}
    >
      <p>
        <Trans>What goes: the person's data, documents, images, and what results gave away. Nobody can bring it back.</Trans>
      </p>
      <p>
        <Trans>What stays: that there was a user of this number, its levels and their times, and the audit.</Trans>
      </p>
      {isHeld && (
        <p className={styles.hold}>
          <Trans>The user is on hold. It becomes Restricted now, and is erased when the hold is released.</Trans>
        </p>
      )}
      <Field
        label={t`Type the number of the user`}
        inputMode="numeric"
        autoComplete="off"
        value={typed}
        autoFocus
        onChange={(event) => setTyped(event.target.value)}
      />
    </FormDialog>
  );
}

function Receipt({ text, number, onClose }: { text: string; number: number; onClose(): void }) {
  const [isCopied, setCopied] = useState(false);
  function save(): void {
    const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `erasure-of-user-${number}.txt`;
    link.click();
    URL.revokeObjectURL(url);
  }
  return (
    <Dialog
      title={<Trans>User {number} was erased</Trans>}
      onClose={onClose}
      onSubmit={save}
      actions={
        <>
          <Button type="submit" tone="primary">
            <Trans>Save as a file</Trans>
          </Button>
          <Button onClick={onClose}>
            <Trans>Done</Trans>
          </Button>
        </>
      }
    >
      <p>
        <Trans>
          This receipt proves it. Keep it: the command <code>verigraph verify-receipt</code> checks it without the
          database.
        </Trans>
      </p>
      <pre className={styles.receipt}>{text}</pre>
      <div className={styles.buttons}>
        <Button icon="copy" onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
          {isCopied ? <Trans>Copied</Trans> : <Trans>Copy</Trans>}
        </Button>
      </div>
    </Dialog>
  );
}
