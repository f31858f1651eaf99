/**
 * Every way in which Medspan can refuse or fail, as one closed list. The code is for programs and tests; the
 * message is for a person and names the thing and the way out. Neither ever holds text of a note.
 */
export const errorCodes = [
  /** The input of a call does not have the shape that its contract asks for. */
  'BAD_INPUT',
  /** No method of that name. */
  'UNKNOWN_METHOD',
  /** The thing that an id names is not there (any more). */
  'NOT_FOUND',
  /** The act contradicts what is stored: a duplicate name, a stale revision, a quote that does not match. */
  'CONFLICT',
  /** A rule of the workbench forbids the act now: a red gate, a finished run, nothing to undo. */
  'NOT_ALLOWED',
  /** The caller, or a person, cancelled it. */
  'CANCELLED',
  /** The engine process is not there; nothing that was acknowledged is lost. */
  'ENGINE_DOWN',
  /** The compute process ended in the middle of a task. */
  'COMPUTE_DOWN',
  /** A defect of ours. The message says what was kept. */
  'INTERNAL',
  /** No workspace is open. */
  'NO_WORKSPACE',
  /** Another process holds the workspace for writing. */
  'WORKSPACE_LOCKED',
  /** The file was written by a newer Medspan. */
  'WORKSPACE_NEWER',
  /** The file is not a Medspan workspace. */
  'WORKSPACE_FOREIGN',
  /** The file is damaged; restore and salvage are offered. */
  'WORKSPACE_DAMAGED',
  /** The workspace is encrypted, and no key or a wrong one was given. */
  'WORKSPACE_KEY',
  /** The disk or folder cannot be written. */
  'READ_ONLY',
  /** No space is left on the disk. */
  'DISK_FULL',
  /** A file cannot be read as what it should be; details name file and line. */
  'BAD_FILE',
  /** A model or bundle fails its checks. */
  'BAD_MODEL',
  /** Training or another computation cannot go on: no entities, not enough data, not a number. */
  'CANNOT_COMPUTE',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Facts beside a message that a screen can use: ids, counts, file names, line numbers. Never note text. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>;

/** How an error crosses a process boundary. */
export interface ErrorEnvelope {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: ErrorDetails;
}

/** An error that a person can act on. */
export class MedspanError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails | undefined;

  constructor(code: ErrorCode, message: string, details?: ErrorDetails, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MedspanError';
    this.code = code;
    this.details = details;
  }
}

/** The envelope of any thrown value. What is not a MedspanError is a defect and keeps its text to itself. */
export function toEnvelope(error: unknown): ErrorEnvelope {
  if (error instanceof MedspanError) {
    return error.details === undefined
      ? { code: error.code, message: error.message }
      : { code: error.code, message: error.message, details: error.details };
  }
  return {
    code: 'INTERNAL',
    message:
      'Something went wrong inside Medspan. Everything acknowledged so far is kept; the log names the place.',
  };
}

/** The error that an envelope stands for. */
export function fromEnvelope(envelope: ErrorEnvelope): MedspanError {
  return new MedspanError(envelope.code, envelope.message, envelope.details);
}
