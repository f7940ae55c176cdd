// What the server had against a change: which field of the form it is about, and the sentence to show there.

import { GraphError } from './relay/errors.ts';

export interface Problem {
  /** The name of the field in the input, or null if the change as a whole was refused. */
  field: string | null;
  message: string;
}

/** Reads a sentence such as "`birthDate`: must be …" or "invalid argument `reason`: must have …". */
export function readProblem(message: string): Problem {
  const [, field, text] = /^(?:invalid argument )?`(\w+)`: (.+)$/s.exec(message) ?? [];
  if (field && text) return { field, message: sentence(text) };
  const [, scalar, what] = /^Failed to parse "(\w+)": (.+?)(?: \(occurred while parsing .*\))?$/s.exec(message) ?? [];
  if (scalar && what) return { field: SCALARS[scalar] ?? null, message: sentence(what) };
  return { field: null, message: sentence(message) };
}

/** Fields of forms that have a scalar of their own: the server names the scalar only. */
const SCALARS: Record<string, string> = { Date: 'birthDate', PhoneNumber: 'mobilePhoneNumber' };

function sentence(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

/** The fields that a rejection is about, by its type, where its sentence names none. */
const FIELDS: Record<string, string> = {
  RefIdTakenRejection: 'refId',
  UserTagsNeededRejection: 'tags',
  InvalidProofingOutcomeRejection: 'faceMatchScore',
  VerificationLevelNotFoundRejection: 'levelId',
  AlreadyAtVerificationLevelRejection: 'levelId',
  InvalidWebhookEndpointRejection: 'endpoint',
  InvalidWebhookSecretRejection: 'secret',
  UnknownEventTypeRejection: 'eventTypes',
  CredentialExceedsRejection: 'permissions',
  AlreadyMemberRejection: 'email',
  RoleExceedsRejection: 'roleId',
  RoleNotFoundRejection: 'roleId',
  LastOwnerRejection: 'roleId',
  RoleNameTakenRejection: 'name',
  UnknownPermissionRejection: 'permissions',
  InvalidScenarioRejection: 'scenario',
  VerificationLevelNameTakenRejection: 'name',
  VerificationLevelIndexTakenRejection: 'index',
};

/** The problem of a payload, or null if the change was made. A rejection that this build does not know has its sentence. */
export function rejectionIn(payload: unknown): Problem | null {
  const { __typename: type, message } = (payload ?? {}) as { __typename?: string; message?: string };
  if (message === undefined || type === undefined) return null;
  const problem = readProblem(message);
  return { ...problem, field: problem.field ?? FIELDS[type] ?? null };
}

export function problemOfError(error: unknown, unknown: string): Problem {
  if (!(error instanceof GraphError) || error.message === '') return { field: null, message: unknown };
  const problem = readProblem(error.message);
  const id = error.code === 'INTERNAL' && error.requestId ? ` (${error.requestId})` : '';
  return { ...problem, message: `${problem.message}${id}` };
}

/** Whether the server refused a change because the member signed in too long ago. */
export function needsFreshSignIn(response: unknown): boolean {
  return Object.values((response ?? {}) as Record<string, unknown>).some(
    (payload) => (payload as { __typename?: string } | null)?.__typename === 'FreshSignInNeededRejection',
  );
}
