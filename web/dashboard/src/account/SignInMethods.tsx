// The member's own ways to sign in. What changes them asks for a fresh sign-in.

import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { auth, type AuthState, type Passkey } from '../app/auth.ts';
import { createPasskey, hasPasskeys } from '../app/passkey.ts';
import { goInWindow } from '../app/oidc.ts';
import { session, useSession } from '../app/session.ts';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { Field } from '../ui/Field.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import { Card } from '../ui/Panel.tsx';
import { Time } from '../ui/Time.tsx';
import styles from './account.module.css';
import { useAuthWords } from './auth-words.ts';
import { deviceName } from './device.ts';
import { freshly } from './freshly.ts';
import { PasswordRow } from './PasswordRow.tsx';

type Asked = { do: 'rename'; passkey: Passkey } | { do: 'remove'; passkey: Passkey } | { do: 'remove password' };

export function SignInMethods() {
  const { t } = useLingui();
  const { state } = useSession();
  const words = useAuthWords();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const own = state?.ownMethods;
  if (!own) return null;

  async function run(work: () => Promise<AuthState>): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      session.take(await freshly(work));
      setAsked(null);
    } catch (error) {
      setProblem(words(error));
    } finally {
      setBusy(false);
    }
  }

  function add(): void {
    void run(async () => {
      const { attempt, options } = await auth.beginPasskey();
      const response = await createPasskey(options);
      return auth.addPasskey(attempt, response, deviceName(navigator.userAgent) ?? t`Passkey`);
    });
  }

  async function connect(provider: string): Promise<void> {
    setProblem(null);
    try {
      await goInWindow(() => freshly(() => auth.beginOidc(provider, 'CONNECT')));
    } catch (error) {
      setProblem(words(error));
    }
  }

  const ask = (next: Asked) => {
    setProblem(null);
    setAsked(next);
  };
  const close = () => setAsked(null);
  const canRemove = own.passkeys.length + own.providers.length > 0;
  const canAdd = state.methods.passkey && hasPasskeys;
  return (
    <Card
      title={<Trans>How you sign in</Trans>}
      actions={
        canAdd && (
          <Button isBusy={isBusy && !asked} onClick={add}>
            <Trans>Add a passkey</Trans>
          </Button>
        )
      }
    >
      {problem && !asked && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      {!canAdd && (
        <p className={styles.hint}>
          {state.methods.passkeyObstacle === 'IP_ADDRESS' ? (
            <Trans>An IP address has no passkeys: open this page under the name of the server to add one.</Trans>
          ) : (
            <Trans>There are no passkeys here: this server or this browser does not support them.</Trans>
          )}
        </p>
      )}
      <ul className={styles.devices}>
        {own.passkeys.map((passkey) => (
          <li key={passkey.id}>
            <div className={styles.device}>
              <strong>{passkey.label}</strong>
              <span>
                <Trans>Passkey</Trans> · <Trans>since</Trans> <Time at={passkey.createdAt} /> ·{' '}
                {passkey.lastUsedAt ? (
                  <>
                    <Trans>last used</Trans> <Time at={passkey.lastUsedAt} />
                  </>
                ) : (
                  <Trans>not used yet</Trans>
                )}
              </span>
            </div>
            {passkey.isBackedUp && (
              <Badge tone="info">
                <Trans>Backed up</Trans>
              </Badge>
            )}
            <Button aria-label={t`Rename ${passkey.label}`} onClick={() => ask({ do: 'rename', passkey })}>
              <Trans>Rename</Trans>
            </Button>
            <Button aria-label={t`Remove ${passkey.label}`} onClick={() => ask({ do: 'remove', passkey })}>
              <Trans>Remove</Trans>
            </Button>
          </li>
        ))}
        {state.methods.oidc.map(({ id, label }) => (
          <li key={id}>
            <div className={styles.device}>
              <strong>{label}</strong>
              <span>
                <Trans>Company sign-in</Trans>
              </span>
            </div>
            {own.providers.includes(id) ? (
              <Badge tone="ok">
                <Trans>Connected</Trans>
              </Badge>
            ) : (
              <Button onClick={() => void connect(id)}>
                <Trans>Connect {label}</Trans>
              </Button>
            )}
          </li>
        ))}
        <PasswordRow own={own} onRemove={canRemove ? () => ask({ do: 'remove password' }) : null} />
      </ul>
      {asked?.do === 'rename' && (
        <RenameDialog
          passkey={asked.passkey}
          isBusy={isBusy}
          error={problem}
          onClose={close}
          onRename={(label) => void run(() => auth.renamePasskey(asked.passkey.id, label))}
        />
      )}
      {asked?.do === 'remove' && (
        <ConfirmDialog
          title={<Trans>Remove the passkey {asked.passkey.label}?</Trans>}
          confirm={<Trans>Remove</Trans>}
          isBusy={isBusy}
          error={problem}
          onClose={close}
          onConfirm={() => void run(() => auth.removePasskey(asked.passkey.id))}
        >
          <Trans>It signs nobody in any more. Your device keeps its copy until you delete it there.</Trans>
        </ConfirmDialog>
      )}
      {asked?.do === 'remove password' && (
        <ConfirmDialog
          title={<Trans>Remove the password?</Trans>}
          confirm={<Trans>Remove</Trans>}
          isBusy={isBusy}
          error={problem}
          onClose={close}
          onConfirm={() => void run(auth.removePassword)}
        >
          <Trans>
            Your authenticator app and your recovery codes are removed with it, and your other devices are signed out.
          </Trans>
        </ConfirmDialog>
      )}
    </Card>
  );
}

interface RenameProps {
  passkey: Passkey;
  isBusy: boolean;
  error: string | null;
  onClose(): void;
  onRename(label: string): void;
}

function RenameDialog({ passkey, isBusy, error, onClose, onRename }: RenameProps) {
  const { t } = useLingui();
  const [label, setLabel] = useState(passkey.label);
  return (
    <FormDialog
      title={<Trans>Rename the passkey</Trans>}
      onClose={onClose}
      onSubmit={() => onRename(label)}
      error={error}
      submit={<Trans>Rename</Trans>}
      isBusy={isBusy}
    >
      <Field
        label={t`Name`}
        value={label}
        maxLength={100}
        required
        onChange={(event) => setLabel(event.target.value)}
      />
    </FormDialog>
  );
}
