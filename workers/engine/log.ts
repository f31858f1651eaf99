import type { Log } from './context.ts';

type Facts = Readonly<Record<string, string | number | boolean | null>>;
export type LogLevel = 'info' | 'warn' | 'error';

/** A log that hands each line on. An error is reduced to its class, code and the places of its stack. */
export function createLog(write: (level: LogLevel, event: string, facts: Facts) => void): Log {
  return {
    info: (event, facts = {}) => write('info', event, facts),
    warn: (event, facts = {}) => write('warn', event, facts),
    error: (event, error, facts = {}) => write('error', event, { ...facts, ...describeError(error) }),
  };
}

export const silentLog: Log = createLog(() => undefined);

/** What may be logged of an error. Its message is left out: it could quote what it failed on. */
function describeError(error: unknown): Facts {
  if (!(error instanceof Error)) return { error: typeof error };
  const places = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim())
    .join(' < ');
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  return { error: error.name, code, places };
}
