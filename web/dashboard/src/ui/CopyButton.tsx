import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from './Button.tsx';

/** Copies a text, and says so. Where the browser does not allow it, the text is there to be selected. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const [state, setState] = useState<'new' | 'copied' | 'refused'>('new');
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      setState('refused');
    }
  }
  return (
    <Button icon="copy" aria-label={label} onClick={() => void copy()}>
      <span aria-live="polite">
        {state === 'new' && <Trans>Copy</Trans>}
        {state === 'copied' && <Trans>Copied</Trans>}
        {state === 'refused' && <Trans>Select and copy it</Trans>}
      </span>
    </Button>
  );
}
