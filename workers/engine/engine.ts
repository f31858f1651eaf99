import type { EventMessage } from '../api/events.ts';
import { methods } from '../api/index.ts';
import type { ClientMessage, EngineMessage } from '../api/wire.ts';
import type { EngineOptions } from './engine-options.ts';
import type { AnyHandler, Reply } from './router.ts';
import { databaseError } from '../storage/storage-errors.ts';
import { MedspanError } from '../api/errors.ts';
import { createWorkspaceHandlers } from './workspace-handlers.ts';
import { createRouter } from './router.ts';
import type { Transport } from './transport.ts';
import { createWorkspaceHost } from './workspace-host.ts';
import type { WorkspaceSession } from './workspace-session.ts';

export interface Engine {
  dispatch(method: unknown, input: unknown, signal?: AbortSignal): Promise<Reply>;
  /** Hears every event of the engine and of the open workspace. */
  onEvent(listener: (message: EventMessage) => void): () => void;
  /** Serves a window or a command line until it goes away. */
  serve(client: Transport): void;
  /** The open workspace, for whoever lives in the same process. */
  session(): WorkspaceSession | null;
  /** Finishes what is under way and closes the workspace. */
  close(): Promise<void>;
}

/** Everything that runs beside the window, whichever process it lives in. */
export function createEngine(options: EngineOptions): Engine {
  const { log } = options;
  const host = createWorkspaceHost(options, serve);
  const own = new Map<string, AnyHandler>(
    Object.entries(createWorkspaceHandlers(host, options.fillSample ?? noSample)),
  );
  const router = createRouter({
    methods,
    log,
    handler(name) {
      const session = host.current()?.session;
      if (own.has(name) || session === undefined) return own.get(name);
      const handler = session.handlers.get(name) ?? notOffered(name);
      return (input, call) => host.track(handler(input, call));
    },
    after: () => host.announceWrites(),
    translate: (error) => databaseError(error, host.current()?.file.path),
  });
  const never = new AbortController().signal;

  function serve(client: Transport): void {
    const calls = new Map<number, AbortController>();
    const post = (message: EngineMessage): void => client.post(message);
    const stop = host.onEvent((event) => post({ kind: 'event', event }));
    client.onMessage((raw) => {
      const message = asClientMessage(raw);
      if (message === null) return;
      if (message.kind === 'cancel') {
        calls.get(message.id)?.abort();
        return;
      }
      const abort = new AbortController();
      calls.set(message.id, abort);
      void router.dispatch(message.method, message.input, abort.signal).then((reply) => {
        calls.delete(message.id);
        post({ kind: 'reply', id: message.id, ...reply });
      });
    });
    client.onClose(() => {
      stop();
      for (const abort of calls.values()) abort.abort();
    });
  }

  return {
    dispatch: (method, input, signal = never) => router.dispatch(method, input, signal),
    onEvent: (listener) => host.onEvent(listener),

    serve,
    session: () => host.current()?.session ?? null,
    close: () => host.dispose(),
  };
}

/** A window can be replaced by something hostile; what is not a message is dropped. */
export function asClientMessage(raw: unknown): ClientMessage | null {
  if (typeof raw !== 'object' || raw === null || !('kind' in raw) || !('id' in raw)) return null;
  if (typeof raw.id !== 'number') return null;
  if (raw.kind === 'cancel') return { kind: 'cancel', id: raw.id };
  if (raw.kind !== 'call' || !('method' in raw) || typeof raw.method !== 'string') return null;
  return { kind: 'call', id: raw.id, method: raw.method, input: 'input' in raw ? raw.input : undefined };
}

function notOffered(name: string): AnyHandler {
  return () => {
    throw new MedspanError('UNKNOWN_METHOD', `This build of Medspan does not offer “${name}”.`, {
      method: name,
    });
  };
}

function noSample(): Promise<never> {
  return Promise.reject(new MedspanError('NOT_FOUND', 'This build of Medspan ships no sample.'));
}
