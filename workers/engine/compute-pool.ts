import { MedspanError, fromEnvelope } from '../api/errors.ts';
import type { ComputePool, Log } from './context.ts';
import type { ComputeReport, ComputeRequest, WorkspaceFile } from './compute-wire.ts';
import type { Transport } from './transport.ts';

export interface RemoteComputePool extends ComputePool {
  close(): void;
}

export interface ComputePoolOptions {
  readonly size: number;
  readonly log: Log;
  /** Gives a channel to a living compute process, starting or awaiting one where there is none. */
  readonly connect: () => Promise<Transport>;
  readonly workspace: () => WorkspaceFile | null;
}

interface Waiting {
  readonly id: number;
  readonly task: string;
  readonly input: unknown;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: never) => void) | undefined;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The engine's side of the compute process: tasks wait here for their turn, and when the process dies those that
 * were running reject with COMPUTE_DOWN, while the next one brings a new process up.
 */
export function createComputePool(options: ComputePoolOptions): RemoteComputePool {
  const { log, size } = options;
  const queue: Waiting[] = [];
  const running = new Map<number, Waiting>();
  let channel: Promise<Transport> | undefined;
  let current: Transport | undefined;
  let closed = false;
  let lastId = 0;
  // The channel alone does not keep a process alive; work that is under way does.
  let vigil: NodeJS.Timeout | undefined;

  function keepAlive(): void {
    if (running.size > 0) vigil ??= setInterval(() => undefined, 60_000);
    else if (vigil !== undefined) {
      clearInterval(vigil);
      vigil = undefined;
    }
  }

  async function connected(): Promise<Transport> {
    channel ??= options.connect().then((transport) => {
      current = transport;
      transport.onMessage((message) => receive(message as ComputeReport));
      transport.onClose(() => lost(transport));
      return transport;
    });
    try {
      return await channel;
    } catch (error) {
      channel = undefined;
      throw error;
    }
  }

  function lost(transport: Transport): void {
    if (current !== transport) return;
    current = undefined;
    channel = undefined;
    const victims = [...running.values()];
    running.clear();
    if (victims.length > 0) log.warn('compute.down', { tasks: victims.length });
    for (const victim of victims) victim.reject(down(victim.task));
    pump();
  }

  function receive(report: ComputeReport): void {
    const waiting = running.get(report.id);
    if (waiting === undefined) return;
    if (report.kind === 'progress') {
      try {
        waiting.onProgress?.(report.value as never);
      } catch (error) {
        log.error('compute.progress-failed', error, { task: waiting.task });
      }
      return;
    }
    running.delete(report.id);
    if (waiting.signal?.aborted === true) waiting.reject(cancelled(waiting.task));
    else if (report.kind === 'done') waiting.resolve(report.output);
    else {
      if (report.defect !== null) {
        log.warn('compute.task-failed', {
          task: waiting.task,
          error: report.defect.name,
          places: report.defect.stack,
        });
      }
      waiting.reject(fromEnvelope(report.error));
    }
    pump();
  }

  function pump(): void {
    while (!closed && running.size < size) {
      const waiting = queue.shift();
      if (waiting === undefined) break;
      running.set(waiting.id, waiting);
      void send(waiting);
    }
    keepAlive();
  }

  async function send(waiting: Waiting): Promise<void> {
    try {
      const transport = await connected();
      if (!running.has(waiting.id)) return;
      if (waiting.signal?.aborted === true) throw cancelled(waiting.task);
      const request: ComputeRequest = {
        kind: 'run',
        id: waiting.id,
        task: waiting.task,
        input: waiting.input,
        workspace: options.workspace(),
      };
      transport.post(request);
    } catch (error) {
      if (!running.delete(waiting.id)) return;
      waiting.reject(error instanceof Error ? error : down(waiting.task));
      pump();
    }
  }

  function cancel(waiting: Waiting): void {
    const place = queue.indexOf(waiting);
    if (place >= 0) {
      queue.splice(place, 1);
      waiting.reject(cancelled(waiting.task));
    } else if (running.has(waiting.id)) {
      const request: ComputeRequest = { kind: 'cancel', id: waiting.id };
      current?.post(request);
    }
  }

  return {
    size,
    run<Input, Output, Progress>(
      task: { readonly name: string },
      input: Input,
      {
        signal,
        onProgress,
      }: { readonly signal?: AbortSignal; readonly onProgress?: (progress: Progress) => void } = {},
    ) {
      return new Promise<Output>((resolve, reject) => {
        if (closed) return reject(down(task.name));
        if (signal?.aborted === true) return reject(cancelled(task.name));
        lastId += 1;
        const onAbort = (): void => cancel(waiting);
        const waiting: Waiting = {
          id: lastId,
          task: task.name,
          input,
          signal,
          onProgress,
          resolve(output) {
            signal?.removeEventListener('abort', onAbort);
            resolve(output as Output);
          },
          reject(error) {
            signal?.removeEventListener('abort', onAbort);
            reject(error);
          },
        };
        signal?.addEventListener('abort', onAbort);
        queue.push(waiting);
        pump();
      });
    },
    close() {
      closed = true;
      const victims = [...queue.splice(0), ...running.values()];
      running.clear();
      keepAlive();
      current?.close();
      current = undefined;
      channel = undefined;
      for (const victim of victims) victim.reject(down(victim.task));
    },
  };
}

function down(task: string): MedspanError {
  return new MedspanError(
    'COMPUTE_DOWN',
    `The compute process ended during “${task}”, often because memory ran out. Everything stored is kept; start the work again, with less data or fewer features if it happens twice.`,
    { task },
  );
}

function cancelled(task: string): MedspanError {
  return new MedspanError('CANCELLED', `“${task}” was cancelled.`, { task });
}
