import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { TextArea } from '../ui/TextArea.tsx';

/** What was typed into a form that the member may no longer use. */
export function LostDraft({ text, onClose }: { text: string; onClose(): void }) {
  const { t } = useLingui();
  return (
    <Dialog
      title={<Trans>You may do less here than before</Trans>}
      onClose={onClose}
      actions={
        <>
          <CopyButton text={text} />
          <Button tone="primary" onClick={onClose}>
            <Trans>Close</Trans>
          </Button>
        </>
      }
    >
      <p>
        <Trans>Your role was changed, and the form was closed. What you had typed was not saved:</Trans>
      </p>
      <TextArea label={t`What you typed`} value={text} readOnly rows={4} />
    </Dialog>
  );
}

export default LostDraft;
