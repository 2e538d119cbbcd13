/** The few ways a command refuses. Each maps to one HTTP status, in one place. */
const errorStatuses = {
  'sign-in-required': 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  invalid: 422,
  'too-many': 429,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof errorStatuses;

/** Messages by field name, shown at the field. */
export type FieldErrors = Record<string, string>;

/** A refusal that a person can read: its message says what to do next. Everything else that is thrown is a bug. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields: FieldErrors;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, details: { fields?: FieldErrors; retryAfterSeconds?: number; cause?: unknown } = {}) {
    super(message, { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.fields = details.fields ?? {};
    this.retryAfterSeconds = details.retryAfterSeconds;
  }

  get status(): number {
    return errorStatuses[this.code];
  }
}

/** A failure of set-up that the operator can mend: printed as one line without a stack, with a non-zero exit. */
export class OperatorError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OperatorError';
  }
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
