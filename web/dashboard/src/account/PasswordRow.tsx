// The password with its authenticator app and recovery codes, and the dialogs that replace each of them.

import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { type AcceptedLink, auth, type AuthState, type OwnMethods } from '../app/auth.ts';
import { session } from '../app/session.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field } from '../ui/Field.tsx';
import { SecretDialog } from '../ui/Secret.tsx';
import styles from './account.module.css';
import { useAuthWords } from './auth-words.ts';
import { freshly } from './freshly.ts';
import { QrCode } from './QrCode.tsx';

type Open = { name: 'password' } | { name: 'app'; begun: AcceptedLink } | { name: 'codes'; codes: string[] };

export function PasswordRow({ own, onRemove }: { own: OwnMethods; onRemove: (() => void) | null }) {
  const { t } = useLingui();
  const words = useAuthWords();
  const [open, setOpen] = useState<Open | null>(null);
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const isSet = own.hasPassword && own.hasAuthenticator;

  async function run(work: () => Promise<void>): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(words(error));
    } finally {
      setBusy(false);
    }
  }

  function show(next: Open | null): void {
    setText('');
    setOpen(next);
  }

  const beginApp = async () => show({ name: 'app', begun: await freshly(auth.beginAuthenticator) });

  function setPassword(): void {
    void run(async () => {
      const state: AuthState = await freshly(() => auth.setPassword(text));
      session.take(state);
      // A password signs in with an authenticator app only.
      if (own.hasAuthenticator) show(null);
      else await beginApp();
    });
  }

  function setApp(attempt: string): void {
    void run(async () => {
      const { state, recoveryCodes } = await auth.setAuthenticator(attempt, text.replace(/\s/g, ''));
      session.take(state);
      show(recoveryCodes ? { name: 'codes', codes: recoveryCodes } : null);
    });
  }

  function newCodes(): void {
    void run(async () => {
      const { recoveryCodes } = await freshly(auth.replaceRecoveryCodes);
      show({ name: 'codes', codes: recoveryCodes });
      await session.refresh();
    });
  }

  const close = () => {
    setProblem(null);
    show(null);
  };
  const cancel = (
    <Button onClick={close}>
      <Trans>Cancel</Trans>
    </Button>
  );
  return (
    <li>
      <div className={styles.device}>
        <strong>
          <Trans>Password and code</Trans>
        </strong>
        <span>{isSet ? <Trans>Recovery codes left: {own.recoveryCodes}</Trans> : <Trans>Not set</Trans>}</span>
      </div>
      <div className={styles.buttons}>
        <Button onClick={() => show({ name: 'password' })}>
          {isSet ? <Trans>New password</Trans> : <Trans>Add a password</Trans>}
        </Button>
        {isSet && (
          <>
            <Button onClick={() => void run(beginApp)}>
              <Trans>New authenticator app</Trans>
            </Button>
            <Button onClick={newCodes}>
              <Trans>New recovery codes</Trans>
            </Button>
          </>
        )}
        {isSet && onRemove && (
          <Button aria-label={t`Remove the password`} onClick={onRemove}>
            <Trans>Remove</Trans>
          </Button>
        )}
      </div>
      {problem && !open && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      {open?.name === 'password' && (
        <Dialog
          title={<Trans>New password</Trans>}
          onClose={close}
          onSubmit={setPassword}
          error={problem}
          actions={
            <>
              {cancel}
              <Button type="submit" tone="primary" isBusy={isBusy}>
                <Trans>Set the password</Trans>
              </Button>
            </>
          }
        >
          <Field
            label={t`New password`}
            type="password"
            autoComplete="new-password"
            minLength={12}
            maxLength={128}
            hint={t`12 characters or more; several words are easier to remember than signs.`}
            value={text}
            required
            onChange={(event) => setText(event.target.value)}
          />
          <p>
            <Trans>Your other devices are signed out.</Trans>
          </p>
        </Dialog>
      )}
      {open?.name === 'app' && (
        <Dialog
          title={<Trans>Connect your authenticator</Trans>}
          onClose={close}
          onSubmit={() => setApp(open.begun.attempt)}
          error={problem}
          actions={
            <>
              {cancel}
              <Button type="submit" tone="primary" isBusy={isBusy}>
                <Trans>Confirm</Trans>
              </Button>
            </>
          }
        >
          <p>
            <Trans>Scan the code with an authenticator app, then type the six digits that it shows.</Trans>
          </p>
          <QrCode rows={open.begun.totp.qr} />
          <details className={styles.more}>
            <summary>
              <Trans>Type the key instead</Trans>
            </summary>
            <p className={styles.secret}>{open.begun.totp.secret}</p>
          </details>
          <Field
            label={t`Code of your authenticator`}
            inputMode="numeric"
            autoComplete="one-time-code"
            value={text}
            required
            onChange={(event) => setText(event.target.value)}
          />
        </Dialog>
      )}
      {open?.name === 'codes' && (
        <SecretDialog
          title={<Trans>Keep your recovery codes</Trans>}
          text={<Trans>Each signs you in once when you do not have your authenticator. They are not shown again.</Trans>}
          values={[{ name: t`Recovery codes`, value: open.codes.join('\n') }]}
          onDone={close}
        />
      )}
    </li>
  );
}
