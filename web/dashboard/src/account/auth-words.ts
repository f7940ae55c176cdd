import { useLingui } from '@lingui/react/macro';
import { AuthError } from '../app/auth.ts';
import { PasskeyRefused } from '../app/passkey.ts';

/** What went wrong at signing in, in a sentence. */
export function useAuthWords(): (error: unknown) => string {
  const { t } = useLingui();
  return (error) => {
    if (error instanceof PasskeyRefused) return t`No passkey was used. Try again, or sign in another way.`;
    if (!(error instanceof AuthError)) return t`Something went wrong. Try again.`;
    const seconds = error.retryAfter ?? 60;
    switch (error.code) {
      case 'BAD_SIGN_IN':
        return t`That is not right. Check what you typed.`;
      case 'SECOND_FACTOR_NEEDED':
        return t`A code is needed as well.`;
      case 'PAUSED':
        return t`Too many attempts. Try again in ${seconds} s.`;
      case 'LINK_SPENT':
        return t`This link was used already, or it is too old. Ask for another one.`;
      case 'WEAK_PASSWORD':
        return t`This password is too easy to guess. Take 12 characters or more, several words for example.`;
      case 'LAST_METHOD':
        return t`This is your last way to sign in. Add another one first.`;
      case 'NO_GROUP':
        return t`None of your groups has a role here. Ask an owner of the project.`;
      case 'NO_EMAIL':
        return t`Your company's sign-in does not send your e-mail address, so no account can be made.`;
      case 'EMAIL_TAKEN':
        return t`An account here has your e-mail address. Sign in to it in another way, then connect it on its account page.`;
      case 'OTHER_ACCOUNT':
        return t`This belongs to another account here.`;
      case 'SUSPENDED':
        return t`This account is suspended.`;
      case 'PROVIDER_FAILED':
        return t`Your company's sign-in does not answer. Try again later, or ask an operator for a recovery link.`;
      case 'METHOD_OFF':
        return t`This way to sign in is not offered here.`;
      case 'ORIGIN_REFUSED':
        return t`The server does not know this address as its own: its setting public_url has to name it.`;
      case 'NOT_CONFIGURED':
        return t`People cannot sign in under this address: the server's setting public_url has to name it, with https.`;
      case 'UNREACHABLE':
        return t`The server does not answer.`;
      default:
        return error.message;
    }
  };
}
