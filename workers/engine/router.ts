import type { ErrorEnvelope } from '../api/errors.ts';
import { MedspanError, toEnvelope } from '../api/errors.ts';
import type { MethodMap } from '../api/method.ts';
import type { CallContext, Log } from './context.ts';

export type Reply =
  { readonly ok: true; readonly output: unknown } | { readonly ok: false; readonly error: ErrorEnvelope };

export type AnyHandler = (input: never, call: CallContext) => unknown;
export type HandlerMap = Readonly<Record<string, AnyHandler>>;

export interface Router {
  /** Never throws and never rejects: whatever comes in, an envelope goes out. */
  dispatch(name: unknown, input: unknown, signal: AbortSignal): Promise<Reply>;
}

export interface RouterOptions {
  readonly methods: MethodMap;
  /** The handler of a method now; undefined where its area is not there (no workspace is open). */
  readonly handler: (name: string) => AnyHandler | undefined;
  readonly log: Log;
  /** Called after each handled call, for what must follow a write. */
  readonly after?: () => void;
  /** Turns what a handler threw into an error that a person can act on, where it can. */
  readonly translate?: (error: unknown) => unknown;
  /** Calls that take longer are named in the log. */
  readonly slowMilliseconds?: number;
}

export function createRouter(options: RouterOptions): Router {
  const { log, slowMilliseconds = 40 } = options;
  // A null prototype, so that 'constructor' or '__proto__' is no method.
  const methods = Object.assign(Object.create(null) as object, options.methods) as MethodMap;

  async function call(name: string, input: unknown, signal: AbortSignal): Promise<unknown> {
    const method = methods[name];
    if (method === undefined) {
      throw new MedspanError('UNKNOWN_METHOD', `Medspan has no method “${shorten(name)}”.`);
    }
    const parsed = method.input.safeParse(input);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const place =
        issue === undefined || issue.path.length === 0 ? 'input' : issue.path.map(String).join('.');
      throw new MedspanError(
        'BAD_INPUT',
        `${name}: ${shorten(place)}: ${shorten(issue?.message ?? 'does not fit')}.`,
        { method: name, place: shorten(place) },
      );
    }
    const handler = options.handler(name);
    if (handler === undefined) {
      throw new MedspanError('NO_WORKSPACE', 'No workspace is open. Open or create one first.');
    }
    const output: unknown = await handler(parsed.data as never, { signal });
    return output === undefined ? null : output;
  }

  return {
    async dispatch(name, input, signal) {
      const started = performance.now();
      const known = typeof name === 'string' && name in methods ? name : '?';
      try {
        if (signal.aborted) throw cancelled();
        return { ok: true, output: await call(typeof name === 'string' ? name : '?', input, signal) };
      } catch (thrown) {
        const error = options.translate?.(thrown) ?? thrown;
        if (!(error instanceof MedspanError)) log.error('call.failed', error, { method: known });
        if (signal.aborted && !(error instanceof MedspanError))
          return { ok: false, error: toEnvelope(cancelled()) };
        return { ok: false, error: toEnvelope(error) };
      } finally {
        const milliseconds = Math.round(performance.now() - started);
        if (milliseconds > slowMilliseconds) log.info('call.slow', { method: known, milliseconds });
        options.after?.();
      }
    },
  };
}

function cancelled(): MedspanError {
  return new MedspanError('CANCELLED', 'The call was cancelled.');
}

function shorten(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
