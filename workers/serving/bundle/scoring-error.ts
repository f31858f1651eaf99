/** The error codes of the scoring protocol that this server uses. */
export type ScoringCode =
  | 'BAD_REQUEST'
  | 'INVALID_PARAMETER_VALUE'
  | 'ENDPOINT_NOT_FOUND'
  | 'UNAUTHENTICATED'
  | 'REQUEST_LIMIT_EXCEEDED'
  | 'TEMPORARILY_UNAVAILABLE'
  | 'DEADLINE_EXCEEDED'
  | 'INTERNAL_ERROR';

/**
 * A request that is refused. Its message goes to the client and may end up in logs of strangers, so it is made
 * of fixed words, names of columns and numbers: never of a value that the request carried.
 */
export class ScoringError extends Error {
  readonly status: number;
  readonly code: ScoringCode;

  constructor(status: number, code: ScoringCode, message: string) {
    super(message);
    this.name = 'ScoringError';
    this.status = status;
    this.code = code;
  }
}

export function badRequest(message: string): ScoringError {
  return new ScoringError(400, 'BAD_REQUEST', message);
}

export function invalidValue(message: string): ScoringError {
  return new ScoringError(400, 'INVALID_PARAMETER_VALUE', message);
}
