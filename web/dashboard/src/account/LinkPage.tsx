// An invitation, the set-up of an installation, or the way back in: the link's token is in the fragment of the address.

import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useEffect, useState } from 'react';
import { type AcceptedLink, auth, type AuthState, type OpenedLink } from '../app/auth.ts';
import { Mark } from '../app/ProjectSwitch.tsx';
import { session } from '../app/session.ts';
import { useTitle } from '../app/use-title.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { Skeleton } from '../ui/Panel.tsx';
import styles from './account.module.css';
import { useAuthWords } from './auth-words.ts';
import { QrCode } from './QrCode.tsx';
import { RecoveryCodes } from './RecoveryCodes.tsx';

/** Leaves the page for good: *Back* must not show its secrets again, which a browser may keep with the page. */
const leave = () => window.location.replace('/dashboard/');

type Step =
  | { name: 'opening' }
  | { name: 'failed'; message: string }
  | { name: 'opened'; link: OpenedLink }
  | { name: 'accepted'; link: AcceptedLink }
  | { name: 'confirmed'; state: AuthState; recoveryCodes: string[] };

export function LinkPage() {
  const { t, i18n } = useLingui();
  const words = useAuthWords();
  // Taken out of the address, so that it is not in the history.
  const [token] = useState(() => window.location.hash.slice(1));
  const [step, setStep] = useState<Step>({ name: 'opening' });
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useTitle(t`Your account`);

  useEffect(() => {
    window.history.replaceState(null, '', window.location.pathname);
    auth.openLink(token).then(
      (link) => setStep({ name: 'opened', link }),
      (error: unknown) => setStep({ name: 'failed', message: words(error) }),
    );
    // A link is opened once, when the page is.
  }, [token]);

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

  function accept(event: FormEvent<HTMLFormElement>, link: OpenedLink): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '');
    void run(async () => {
      const accepted = await auth.acceptLink({
        token,
        name: text('name'),
        ...(link.email === null && { email: text('email') }),
        locale: i18n.locale,
        password: text('password'),
      });
      setStep({ name: 'accepted', link: accepted });
    });
  }

  function join(): void {
    void run(async () => {
      session.take(await auth.joinByLink(token));
      leave();
    });
  }

  function confirm(event: FormEvent<HTMLFormElement>, attempt: string): void {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code') ?? '').replace(/\s/g, '');
    void run(async () => {
      const { state, recoveryCodes } = await auth.confirmLink(attempt, code);
      setStep({ name: 'confirmed', state, recoveryCodes });
    });
  }

  const alert = problem && (
    <p className={styles.problem} role="alert">
      {problem}
    </p>
  );
  return (
    <main className={`${styles.sign} ${styles.wide}`}>
      <Mark />
      {step.name === 'opening' && <Skeleton rows={4} />}
      {step.name === 'failed' && (
        <>
          <h1>
            <Trans>This link does not work</Trans>
          </h1>
          <p className={styles.note}>{step.message}</p>
          <a href="/dashboard/">
            <Trans>To the sign-in</Trans>
          </a>
        </>
      )}
      {step.name === 'opened' && (
        <>
          <h1>
            <LinkTitle link={step.link} />
          </h1>
          {step.link.project && (
            <p className={styles.note}>
              <Trans>
                You will work in {step.link.project} as {step.link.role}.
              </Trans>
            </p>
          )}
          {!step.link.needsPassword && (
            <div className={styles.form}>
              <p className={styles.note}>
                <Trans>{step.link.email} has an account. Sign in with it in another tab, then join here.</Trans>
              </p>
              {alert}
              <Button tone="primary" isBusy={isBusy} onClick={join}>
                <Trans>Join</Trans>
              </Button>
            </div>
          )}
          {step.link.needsPassword && (
          <form className={styles.form} onSubmit={(event) => accept(event, step.link)}>
            {step.link.purpose !== 'RECOVER' && (
              <Field label={t`Your name`} name="name" autoComplete="name" required />
            )}
            {step.link.email === null ? (
              <Field label={t`E-mail address`} name="email" type="email" autoComplete="username" required />
            ) : (
              <Field label={t`E-mail address`} name="email" value={step.link.email} autoComplete="username" readOnly />
            )}
            <Field
              label={step.link.purpose === 'RECOVER' ? t`New password` : t`Password`}
              name="password"
              type="password"
              autoComplete="new-password"
              minLength={12}
              maxLength={128}
              hint={t`12 characters or more; several words are easier to remember than signs.`}
              required
            />
            {alert}
            <Button type="submit" tone="primary" isBusy={isBusy}>
              <Trans>Continue</Trans>
            </Button>
          </form>
          )}
        </>
      )}
      {step.name === 'accepted' && (
        <>
          <h1>
            <Trans>Connect your authenticator</Trans>
          </h1>
          <p className={styles.note}>
            <Trans>Scan the code with an authenticator app, then type the six digits that it shows.</Trans>
          </p>
          <QrCode rows={step.link.totp.qr} />
          <details className={styles.more}>
            <summary>
              <Trans>Type the key instead</Trans>
            </summary>
            <p className={styles.secret}>{step.link.totp.secret}</p>
          </details>
          <form className={styles.form} onSubmit={(event) => confirm(event, step.link.attempt)}>
            <Field
              label={t`Code of your authenticator`}
              name="code"
              inputMode="numeric"
              autoComplete="one-time-code"
              autoFocus
              required
            />
            {alert}
            <Button type="submit" tone="primary" isBusy={isBusy}>
              <Trans>Confirm</Trans>
            </Button>
          </form>
        </>
      )}
      {step.name === 'confirmed' && (
        <RecoveryCodes
          codes={step.recoveryCodes}
          onDone={() => {
            session.take(step.state);
            leave();
          }}
        />
      )}
    </main>
  );
}

function LinkTitle({ link }: { link: OpenedLink }) {
  switch (link.purpose) {
    case 'SET_UP':
      return <Trans>Set up verigraph</Trans>;
    case 'RECOVER':
      return <Trans>Get back into your account</Trans>;
    default:
      return <Trans>You are invited to verigraph</Trans>;
  }
}

export default LinkPage;
