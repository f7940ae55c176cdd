import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import { auth, type SecondFactor } from '../app/auth.ts';
import { hasPasskeys } from '../app/passkey.ts';
import { Mark } from '../app/ProjectSwitch.tsx';
import { session, useSession } from '../app/session.ts';
import { useTitle } from '../app/use-title.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { Icon } from '../ui/icon.tsx';
import styles from './account.module.css';
import { useAuthWords } from './auth-words.ts';
import { PasskeySignIn } from './PasskeySignIn.tsx';
import { ProviderSignIn } from './ProviderSignIn.tsx';
import { demoRole } from './words.ts';

const resting = msg`Sign in`;

/** Asks who is there: at the beginning, and again over pages whose session has ended. */
export function SignInPage({ isAgain = false }: { isAgain?: boolean }) {
  const { state, awaySince } = useSession();
  const { t, i18n } = useLingui();
  useTitle(i18n._(resting));
  const roles = state?.methods.demo ?? null;
  return (
    <main className={styles.sign}>
      <Mark />
      <h1>{isAgain ? <Trans>Sign in to go on</Trans> : <Trans>Sign in to verigraph</Trans>}</h1>
      {isAgain && (
        <p className={styles.note}>
          <Trans>Your session has ended. What you had open is kept, and comes back when you sign in.</Trans>
        </p>
      )}
      {awaySince !== null && (
        <p className={styles.problem} role="alert">
          <Trans>The server does not answer.</Trans>{' '}
          <Button onClick={() => void session.refresh()}>
            <Trans>Try again</Trans>
          </Button>
        </p>
      )}
      {state?.needsSetUp && (
        <p className={styles.note}>
          <Trans>
            Nobody has an account here yet. The server printed a set-up link when it started; the command{' '}
            <code>verigraph member set-up-link</code> prints another.
          </Trans>
        </p>
      )}
      {roles && <DemoRoles roles={roles} />}
      {state && state.methods.oidc.length > 0 && <ProviderSignIn providers={state.methods.oidc} isAgain={isAgain} />}
      {state?.methods.passkey && hasPasskeys && <PasskeySignIn />}
      {roles ? (
        <details className={styles.more}>
          <summary>{t`Sign in with a password`}</summary>
          <Password />
        </details>
      ) : (
        state?.methods.password !== false && <Password />
      )}
    </main>
  );
}

function DemoRoles({ roles }: { roles: readonly string[] }) {
  const words = useWords();
  const authWords = useAuthWords();
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  async function enter(role: string): Promise<void> {
    setBusy(role);
    try {
      session.take(await auth.demo(role));
    } catch (error) {
      setProblem(authWords(error));
      setBusy(null);
    }
  }
  return (
    <section className={styles.demo} aria-labelledby="demo-roles">
      <p id="demo-roles" className={styles.note}>
        <Trans>This is a demo. Choose whom to be:</Trans>
      </p>
      <ul>
        {roles.map((role) => {
          const { name, does } = demoRole(role);
          return (
            <li key={role}>
              <button type="button" aria-busy={busy === role} onClick={() => void enter(role)}>
                <strong>{words({ [role]: { text: name } }, role).text}</strong>
                <span>{words({ [role]: { text: does } }, role).text}</span>
                <Icon name="right" />
              </button>
            </li>
          );
        })}
      </ul>
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}

function Password() {
  const { t } = useLingui();
  const words = useAuthWords();
  const [attempt, setAttempt] = useState<string | null>(null);
  const [factors, setFactors] = useState<SecondFactor[]>([]);
  const [factor, setFactor] = useState<SecondFactor>('TOTP');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function run(step: () => Promise<void>): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      await step();
    } catch (error) {
      setProblem(words(error));
    } finally {
      setBusy(false);
    }
  }

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '');
    if (attempt === null) {
      void run(async () => {
        const answer = await auth.password(text('email'), text('password'));
        setAttempt(answer.attempt);
        setFactors(answer.secondFactors);
        setFactor(answer.secondFactors[0] ?? 'TOTP');
      });
    } else {
      const code = text('code').replace(/\s/g, '');
      void run(async () => session.take(await auth.secondFactor(factor, attempt, code)));
    }
  }

  const other: SecondFactor = factor === 'TOTP' ? 'RECOVERY_CODE' : 'TOTP';
  return (
    <form className={styles.form} onSubmit={submit}>
      {attempt === null ? (
        <>
          <Field label={t`E-mail address`} name="email" type="email" autoComplete="username webauthn" required />
          <Field label={t`Password`} name="password" type="password" autoComplete="current-password" required />
        </>
      ) : (
        <Field
          key={factor}
          label={factor === 'TOTP' ? t`Code of your authenticator` : t`Recovery code`}
          name="code"
          inputMode={factor === 'TOTP' ? 'numeric' : 'text'}
          autoComplete="one-time-code"
          spellCheck={false}
          autoFocus
          required
        />
      )}
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      <Button type="submit" tone="primary" isBusy={isBusy}>
        {attempt === null ? <Trans>Continue</Trans> : <Trans>Sign in</Trans>}
      </Button>
      {attempt !== null && (
        <p className={styles.others}>
          {factors.includes(other) && (
            <Button tone="quiet" onClick={() => setFactor(other)}>
              {other === 'TOTP' ? <Trans>Use a code of the authenticator</Trans> : <Trans>Use a recovery code</Trans>}
            </Button>
          )}
          <Button tone="quiet" onClick={() => setAttempt(null)}>
            <Trans>Start again</Trans>
          </Button>
        </p>
      )}
    </form>
  );
}
