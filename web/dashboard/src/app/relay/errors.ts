// What can go wrong with an operation, by the code that the server gave it.

export interface FieldError {
  message: string;
  path?: readonly (string | number)[];
  extensions?: { code?: string };
}

export class GraphError extends Error {
  readonly code: string;
  readonly requestId: string | null;
  readonly errors: readonly FieldError[];

  constructor(code: string, message: string, requestId: string | null, errors: readonly FieldError[] = []) {
    super(message);
    this.name = 'GraphError';
    this.code = code;
    this.requestId = requestId;
    this.errors = errors;
  }
}

export function codeOf(error: unknown): string {
  return error instanceof GraphError ? error.code : 'UNKNOWN';
}

/** The first error of a field of the root: without that field there is nothing to show. */
export function rootError(
  data: Record<string, unknown> | null | undefined,
  errors: readonly FieldError[],
): FieldError | undefined {
  if (!data) return errors[0];
  return errors.find(({ path }) => path?.length === 1 && data[String(path[0])] == null);
}
