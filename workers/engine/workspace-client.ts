import { fromEnvelope, MedspanError } from '../api/errors.ts';
import type { EventMessage } from '../api/events.ts';
import type { Input, MethodName, Output } from '../api/index.ts';
import type { EngineMessage } from '../api/wire.ts';
import { lockHolder } from '../storage/lock.ts';
import { attach } from './attach.ts';
import { createComputePool } from './compute-pool.ts';
import { createEngine } from './engine.ts';
import type { FillSample } from './engine-options.ts';
import { forkCompute } from './fork-compute.ts';
import { silentLog } from './log.ts';
import { realPath } from './open-workspace.ts';
import { threadCount } from './thread-count.ts';
import type { Transport } from './transport.ts';

/** A workspace as a program without a window uses it, whoever has the file open. */
export interface WorkspaceClient {
  /** True where another process holds the file and answers for it. */
  readonly attached: boolean;
  call<Name extends MethodName>(
    method: Name,
    input: Input<Name>,
    signal?: AbortSignal,
  ): Promise<Output<Name>>;
  /** The same for a name and an input that nobody has checked yet. */
  callAny(method: string, input: unknown, signal?: AbortSignal): Promise<unknown>;
  onEvent(listener: (message: EventMessage) => void): () => void;
  close(): Promise<void>;
}

export interface WorkspaceClientOptions {
  readonly computeEntry: URL;
  readonly fillSample?: FillSample;
}

/** Attaches to the engine that has the file, or starts one in this process. The file itself is not opened yet. */
export async function connectWorkspace(
  path: string,
  options: WorkspaceClientOptions,
): Promise<WorkspaceClient> {
  const real = realPath(path);
  const holder = lockHolder(real);
  return holder === null ? ownEngine(options) : attachedEngine(await attach(real, holder));
}

function ownEngine(options: WorkspaceClientOptions): WorkspaceClient {
  const engine = createEngine({
    log: silentLog,
    ...(options.fillSample === undefined ? {} : { fillSample: options.fillSample }),
    compute: (workspace) =>
      createComputePool({
        size: threadCount(),
        log: silentLog,
        workspace,
        connect: () => forkCompute(options.computeEntry),
      }),
  });
  async function callAny(method: string, input: unknown, signal?: AbortSignal): Promise<unknown> {
    const reply = await engine.dispatch(method, input, signal);
    if (!reply.ok) throw fromEnvelope(reply.error);
    return reply.output;
  }
  return {
    attached: false,
    callAny,
    call: async (method, input, signal) => (await callAny(method, input, signal)) as never,
    onEvent: (listener) => engine.onEvent(listener),
    close: () => engine.close(),
  };
}

function attachedEngine(transport: Transport): WorkspaceClient {
  const waiting = new Map<number, { resolve(output: unknown): void; reject(error: Error): void }>();
  const listeners = new Set<(message: EventMessage) => void>();
  let lastId = 0;
  let gone = false;

  transport.onMessage((raw) => {
    const message = raw as EngineMessage;
    if (message.kind === 'event') for (const listener of listeners) listener(message.event);
    if (message.kind !== 'reply') return;
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.ok) call?.resolve(message.output);
    else call?.reject(fromEnvelope(message.error));
  });
  transport.onClose(() => {
    gone = true;
    for (const call of waiting.values()) call.reject(down());
    waiting.clear();
  });

  function callAny(method: string, input: unknown, signal?: AbortSignal): Promise<unknown> {
    if (gone) return Promise.reject(down());
    lastId += 1;
    const id = lastId;
    const onAbort = (): void => transport.post({ kind: 'cancel', id });
    signal?.addEventListener('abort', onAbort, { once: true });
    return new Promise<unknown>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      transport.post({ kind: 'call', id, method, input });
    }).finally(() => signal?.removeEventListener('abort', onAbort));
  }

  return {
    attached: true,
    callAny,
    call: async (method, input, signal) => (await callAny(method, input, signal)) as never,
    onEvent(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    close() {
      transport.close();
      return Promise.resolve();
    },
  };
}

function down(): MedspanError {
  return new MedspanError(
    'ENGINE_DOWN',
    'The Medspan that has the workspace open went away before it answered. Try again; what it had acknowledged is kept.',
  );
}
