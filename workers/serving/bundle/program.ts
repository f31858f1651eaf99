import { BundleError } from './manifest.ts';

/** A call of the program that cannot be followed; the message says what would be. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/**
 * Runs a command-line program: what a person can mend is said in one line, anything else is a defect of ours.
 * Exit codes: 1 for failures, 2 for wrong usage.
 */
export function runProgram(name: string, main: () => Promise<number>): void {
  main().then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      const usage = error instanceof UsageError || isParseError(error);
      process.stderr.write(`${name}: ${describe(error)}\n${usage ? `Try: node ${name} --help\n` : ''}`);
      process.exitCode = usage ? 2 : 1;
    },
  );
}

function describe(error: unknown): string {
  if (error instanceof BundleError || error instanceof UsageError || isParseError(error))
    return error.message;
  if (isSystemError(error)) return systemMessage(error);
  return 'Something went wrong inside the program. Nothing that it acknowledged is lost.';
}

/** The parser's message may hold what was typed; that is the caller's own command line. */
function isParseError(error: unknown): error is Error {
  return error instanceof Error && String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS');
}

function isSystemError(error: unknown): error is Error & { code: string; path?: string; port?: number } {
  return error instanceof Error && typeof (error as { syscall?: unknown }).syscall === 'string';
}

function systemMessage(error: Error & { code: string; path?: string; port?: number }): string {
  const place = error.path ?? (error.port === undefined ? '' : `port ${String(error.port)}`);
  if (error.code === 'EADDRINUSE')
    return `${place} is taken by another program. Choose another one with --port.`;
  if (error.code === 'EACCES') return `${place} may not be used by this user. Choose another place.`;
  if (error.code === 'ENOENT') return `${place} does not exist.`;
  if (error.code === 'EISDIR') return `${place} is a folder; name a file.`;
  if (error.code === 'ENOSPC') return `The disk is full (${place}).`;
  return `${place === '' ? 'The system' : place}: ${error.code}.`;
}
