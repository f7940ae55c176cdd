import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../ui/Button.tsx';
import styles from './account.module.css';

/** Shows the codes once. Whoever goes on has to say that they are kept. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone(): void }) {
  const [isKept, setKept] = useState(false);
  const [isCopied, setCopied] = useState(false);
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(codes.join('\n'));
    setCopied(true);
  }
  return (
    <>
      <h1>
        <Trans>Keep your recovery codes</Trans>
      </h1>
      <p className={styles.note}>
        <Trans>Each signs you in once when you do not have your authenticator. They are not shown again.</Trans>
      </p>
      <ul className={styles.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={styles.buttons}>
        <Button icon="copy" onClick={() => void copy()}>
          {isCopied ? <Trans>Copied</Trans> : <Trans>Copy</Trans>}
        </Button>
        <Button icon="print" onClick={() => window.print()}>
          <Trans>Print</Trans>
        </Button>
      </div>
      <label>
        <input type="checkbox" checked={isKept} onChange={(event) => setKept(event.target.checked)} />{' '}
        <Trans>I have put them somewhere safe</Trans>
      </label>
      {isKept && (
        <Button tone="primary" onClick={onDone}>
          <Trans>Go on</Trans>
        </Button>
      )}
    </>
  );
}
