import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { useAuthWords } from '../account/auth-words.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import { auth } from './auth.ts';
import { goInWindow } from './oidc.ts';
import { proveByPasskey } from './passkey-proof.ts';
import { hasPasskeys } from './passkey.ts';
import { session, useSession } from './session.ts';
import { endProof, useProofWanted } from './step-up.ts';

/** Shows when a change asks for a fresh sign-in, over the form of that change, which stays as it is. */
export function StepUpHost() {
  return useProofWanted() ? <StepUp /> : null;
}

function StepUp() {
  const { t } = useLingui();
  const words = useAuthWords();
  const [begun, setBegun] = useState<Awaited<ReturnType<typeof auth.beginStepUp>> | null>(null);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

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

  useEffect(() => {
    void run(async () => setBegun(await auth.beginStepUp()));
  }, []);

  function submit(): void {
    if (!begun) return;
    void run(async () => {
      session.take(await auth.finishStepUp(begun.attempt, password, code.replace(/\s/g, '')));
      endProof(true);
    });
  }

  function byPasskey(): void {
    void run(async () => {
      await proveByPasskey();
      endProof(true);
    });
  }

  const provedAt = useSession().state?.session?.authenticatedAt;
  const [openedAt] = useState(provedAt);
  useEffect(() => {
    // In the window of an identity provider.
    if (provedAt !== openedAt) endProof(true);
  }, [provedAt, openedAt]);

  const hasPasskey = hasPasskeys && begun !== null && begun.options !== null;
  const hasPassword = begun?.methods.includes('PASSWORD') ?? false;
  return (
    <FormDialog
      title={<Trans>Confirm that it is you</Trans>}
      onClose={() => endProof(false)}
      onSubmit={hasPasskey && !hasPassword ? byPasskey : submit}
      error={problem}
      submit={<Trans>Confirm</Trans>}
      isBusy={isBusy}
    >
      {begun?.isDemo ? (
        <p>
          <Trans>This change asks for a fresh sign-in. In a demo nothing has to be typed.</Trans>
        </p>
      ) : (
        begun && (
          <>
            <p>
              <Trans>This change asks for a fresh sign-in. It is made once you have confirmed.</Trans>
            </p>
            {hasPasskey && (
              <Button isBusy={isBusy} onClick={byPasskey}>
                <Trans>Confirm with a passkey</Trans>
              </Button>
            )}
            {begun.providers.map(({ id, label }) => (
              <Button key={id} onClick={() => void run(() => goInWindow(() => auth.beginOidc(id, 'STEP_UP')))}>
                <Trans>Confirm with {label}</Trans>
              </Button>
            ))}
            {hasPassword && (
              <>
                <Field
                  label={t`Password`}
                  type="password"
                  autoComplete="current-password"
                  value={password}
                  autoFocus
                  required
                  onChange={(event) => setPassword(event.target.value)}
                />
                <Field
                  label={t`Code of your authenticator`}
                  inputMode="numeric"
                  autoComplete="one-time-code"
                  value={code}
                  required
                  onChange={(event) => setCode(event.target.value)}
                />
              </>
            )}
          </>
        )
      )}
    </FormDialog>
  );
}
