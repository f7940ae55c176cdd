// The server's REST interface for signing in: who the member is, and how it proves that.

import type { PasskeyOptions } from './passkey.ts';

export type BuiltInRole = 'OWNER' | 'ADMIN' | 'REVIEWER' | 'SUPPORT' | 'DEVELOPER' | 'AUDITOR';

export interface Member {
  id: string;
  name: string;
  email: string;
  locale: 'en' | 'fr' | null;
  isOperator: boolean;
}

export interface Session {
  id: string;
  method: string;
  createdAt: string;
  authenticatedAt: string;
  expiresAt: string;
  idleMinutes: number;
  idleAt: string;
}

export interface Membership {
  id: string;
  number: number;
  project: { id: string; name: string; environment: 'LIVE' | 'SANDBOX' };
  role: { id: string; name: string; builtIn: BuiltInRole | null; isMasked: boolean };
  permissions: string[];
  /** The project is entered by passkey only, and the last proof of identity was none. */
  needsPasskey: boolean;
  tagLimits: string[] | null;
}

/** An identity provider. */
export interface Provider {
  id: string;
  label: string;
}

/** What the way to a provider is for. */
export type OidcPurpose = 'SIGN_IN' | 'STEP_UP' | 'CONNECT';

export interface Methods {
  password: boolean;
  passkey: boolean;
  /** Why there are no passkeys: IP_ADDRESS, NOT_SECURE or NOT_BUILT. */
  passkeyObstacle: string | null;
  oidc: Provider[];
  /** The roles of a demo that anybody may take, or null where the server is no demo. */
  demo: string[] | null;
}

export interface Passkey {
  id: string;
  label: string;
  isBackedUp: boolean;
  createdAt: string;
  lastUsedAt: string | null;
}

export interface OwnMethods {
  hasPassword: boolean;
  hasAuthenticator: boolean;
  recoveryCodes: number;
  passkeys: Passkey[];
  /** Ids of the identity providers with which the member can sign in. */
  providers: string[];
}

/** What the browser is asked for, and the attempt that its answer belongs to. */
export interface Ceremony {
  attempt: string;
  options: PasskeyOptions;
}

export interface AuthState {
  member: Member | null;
  session: Session | null;
  memberships: Membership[];
  methods: Methods;
  ownMethods: OwnMethods | null;
  needsSetUp: boolean;
}

export interface Device {
  id: string;
  method: string;
  userAgent: string | null;
  source: string | null;
  createdAt: string;
  lastSeenAt: string;
  isCurrent: boolean;
}

export type SecondFactor = 'TOTP' | 'RECOVERY_CODE';

export interface OpenedLink {
  purpose: 'SET_UP' | 'INVITE' | 'RECOVER';
  email: string | null;
  project: string | null;
  role: string | null;
  needsPassword: boolean;
}

export interface AcceptedLink {
  attempt: string;
  /** The code is rows of modules: 1 is dark. */
  totp: { secret: string; uri: string; qr: string[] };
}

export interface LinkInput {
  token: string;
  name: string;
  email?: string;
  locale: string;
  password: string;
}

export class AuthError extends Error {
  readonly code: string;
  readonly retryAfter: number | null;

  constructor(code: string, message: string, retryAfter: number | null) {
    super(message);
    this.name = 'AuthError';
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** The server could not be reached, or what answered was not the server. */
export const UNREACHABLE = 'UNREACHABLE';

async function request<T>(method: string, path: string, body?: unknown, isActive = false): Promise<T> {
  const headers: Record<string, string> = { 'X-Verigraph-Client': 'dashboard' };
  if (isActive) headers['X-Verigraph-Activity'] = '1';
  const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store' };
  if (method === 'POST' || method === 'PUT') {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(body ?? {});
  }
  let response: Response;
  try {
    response = await fetch(`/auth/${path}`, init);
  } catch {
    throw new AuthError(UNREACHABLE, 'no answer', null);
  }
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as T;
  const { code, message, retryAfter } = (answer ?? {}) as Record<string, unknown>;
  throw new AuthError(
    typeof code === 'string' ? code : UNREACHABLE,
    typeof message === 'string' ? message : `the server answered ${response.status}`,
    typeof retryAfter === 'number' ? retryAfter : null,
  );
}

const segment = encodeURIComponent;

export const auth = {
  state: (isActive = false) => request<AuthState>('GET', 'state', undefined, isActive),
  demo: (role: string) => request<AuthState>('POST', `demo/${segment(role)}`),
  password: (email: string, password: string) =>
    request<{ attempt: string; secondFactors: SecondFactor[] }>('POST', 'password', { email, password }),
  secondFactor: (factor: SecondFactor, attempt: string, code: string) =>
    request<AuthState>('POST', factor === 'TOTP' ? 'totp' : 'recovery-code', { attempt, code }),
  signOut: () => request<AuthState>('POST', 'sign-out'),
  devices: () => request<{ sessions: Device[] }>('GET', 'sessions'),
  endDevice: (id: string) => request<unknown>('DELETE', `sessions/${segment(id)}`),
  endOtherDevices: () => request<unknown>('DELETE', 'sessions'),
  openLink: (token: string) => request<OpenedLink>('POST', 'link/open', { token }),
  acceptLink: (input: LinkInput) => request<AcceptedLink>('POST', 'link/accept', input),
  confirmLink: (attempt: string, code: string) =>
    request<{ state: AuthState; recoveryCodes: string[] }>('POST', 'link/confirm', { attempt, code }),
  joinByLink: (token: string) => request<AuthState>('POST', 'link/join', { token }),
  beginStepUp: () =>
    request<{ attempt: string; methods: string[]; options: PasskeyOptions | null; providers: Provider[]; isDemo: boolean }>(
      'POST',
      'step-up/begin',
    ),
  finishStepUp: (attempt: string, password: string, code: string) =>
    request<AuthState>('POST', 'step-up/finish', { attempt, password, code }),
  finishStepUpByPasskey: (attempt: string, response: unknown) =>
    request<AuthState>('POST', 'step-up/finish', { attempt, response }),
  beginPasskeySignIn: () => request<Ceremony>('POST', 'passkey/begin'),
  finishPasskeySignIn: (attempt: string, response: unknown) =>
    request<AuthState>('POST', 'passkey/finish', { attempt, response }),
  beginOidc: (provider: string, purpose: OidcPurpose) =>
    request<{ url: string }>('POST', 'oidc/begin', { provider, purpose }),
  finishOidc: (callback: Record<'state' | 'code' | 'iss' | 'error', string | undefined>) =>
    request<AuthState>('POST', 'oidc/finish', callback),
  beginPasskey: () => request<Ceremony>('POST', 'passkeys/begin'),
  addPasskey: (attempt: string, response: unknown, label: string) =>
    request<AuthState>('POST', 'passkeys', { attempt, response, label }),
  renamePasskey: (id: string, label: string) => request<AuthState>('PUT', `passkeys/${segment(id)}`, { label }),
  removePasskey: (id: string) => request<AuthState>('DELETE', `passkeys/${segment(id)}`),
  setPassword: (password: string) => request<AuthState>('PUT', 'password', { password }),
  beginAuthenticator: () => request<AcceptedLink>('POST', 'totp/begin'),
  setAuthenticator: (attempt: string, code: string) =>
    request<{ state: AuthState; recoveryCodes: string[] | null }>('PUT', 'totp', { attempt, code }),
  replaceRecoveryCodes: () => request<{ recoveryCodes: string[] }>('PUT', 'recovery-codes'),
  removePassword: () => request<AuthState>('DELETE', 'password'),
  explorerToken: (projectId: string) =>
    request<{ token: string; expiresAt: string }>('POST', 'explorer-token', { projectId }),
};
