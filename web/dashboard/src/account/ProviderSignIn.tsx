import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { auth, type Provider } from '../app/auth.ts';
import { goInWindow } from '../app/oidc.ts';
import { Button } from '../ui/Button.tsx';
import styles from './account.module.css';
import { useAuthWords } from './auth-words.ts';

interface Props {
  providers: readonly Provider[];
  /** What is open stays behind the sign-in. */
  isAgain: boolean;
}

/** Signs in with the company's account, at one of the identity providers. */
export function ProviderSignIn({ providers, isAgain }: Props) {
  const words = useAuthWords();
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  async function leave({ id }: Provider): Promise<void> {
    setBusy(id);
    setProblem(null);
    const begin = () => auth.beginOidc(id, 'SIGN_IN');
    try {
      if (isAgain) await goInWindow(begin);
      else window.location.assign((await begin()).url);
    } catch (error) {
      setProblem(words(error));
    }
    setBusy(null);
  }
  return (
    <div className={styles.form}>
      {providers.map((provider) => (
        <Button key={provider.id} isBusy={busy === provider.id} onClick={() => void leave(provider)}>
          <Trans>Sign in with {provider.label}</Trans>
        </Button>
      ))}
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
