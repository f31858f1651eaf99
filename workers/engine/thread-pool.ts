import { Worker } from 'node:worker_threads';
import type { ComputeReport, ComputeRequest, ThreadRequest } from './compute-wire.ts';
import { places } from './stack-places.ts';
import type { Transport } from './transport.ts';

interface Thread {
  readonly worker: Worker;
  task: { readonly id: number; readonly flag: Int32Array; grace: NodeJS.Timeout | undefined } | null;
  idle: NodeJS.Timeout | undefined;
}

export interface ThreadPoolOptions {
  /** Where the code of a thread is: `thread.ts` from the sources, `thread.js` once built. */
  readonly entry: URL;
  /** A thread that was told to stop and does not is ended by force after this time. */
  readonly graceMilliseconds?: number;
  readonly idleMilliseconds?: number;
}

/** The compute process's side: one thread a task, kept for the next one; a thread that dies fails its task only. */
export function serveThreads(engine: Transport, options: ThreadPoolOptions): { close(): Promise<void> } {
  const { graceMilliseconds = 10_000, idleMilliseconds = 30_000 } = options;
  const threads = new Set<Thread>();

  function report(message: ComputeReport): void {
    engine.post(message);
  }

  function spawn(): Thread {
    const worker = new Worker(options.entry, { execArgv: [], name: 'medspan-compute' });
    const thread: Thread = { worker, task: null, idle: undefined };
    threads.add(thread);
    let reason: unknown = null;
    worker.on('message', (message: ComputeReport) => {
      if (thread.task?.id !== message.id) return;
      if (message.kind !== 'progress') release(thread);
      report(message);
    });
    worker.on('error', (error) => {
      reason = error;
    });
    worker.on('exit', () => {
      threads.delete(thread);
      clearTimeout(thread.idle);
      const task = thread.task;
      if (task === null) return;
      clearTimeout(task.grace);
      thread.task = null;
      report({
        kind: 'failed',
        id: task.id,
        error: {
          code: 'COMPUTE_DOWN',
          message:
            reason instanceof Error && 'code' in reason && reason.code === 'ERR_WORKER_OUT_OF_MEMORY'
              ? 'The computation ran out of memory and was stopped. Everything stored is kept; try less data or fewer features.'
              : 'The computation ended unexpectedly. Everything stored is kept; start it again.',
        },
        defect: reason instanceof Error ? { name: reason.name, stack: places(reason) } : null,
      });
    });
    return thread;
  }

  function release(thread: Thread): void {
    clearTimeout(thread.task?.grace);
    thread.task = null;
    thread.worker.unref();
    thread.idle = setTimeout(() => void thread.worker.terminate(), idleMilliseconds).unref();
  }

  function run(request: Extract<ComputeRequest, { kind: 'run' }>): void {
    const thread = [...threads].find((candidate) => candidate.task === null) ?? spawn();
    clearTimeout(thread.idle);
    thread.worker.ref();
    const cancel = new SharedArrayBuffer(4);
    thread.task = { id: request.id, flag: new Int32Array(cancel), grace: undefined };
    const message: ThreadRequest = { ...request, cancel };
    thread.worker.postMessage(message);
  }

  function cancel(id: number): void {
    for (const thread of threads) {
      if (thread.task?.id !== id) continue;
      Atomics.store(thread.task.flag, 0, 1);
      thread.task.grace ??= setTimeout(() => void thread.worker.terminate(), graceMilliseconds).unref();
    }
  }

  async function close(): Promise<void> {
    await Promise.all([...threads].map((thread) => thread.worker.terminate()));
  }

  engine.onMessage((message) => {
    const request = message as ComputeRequest;
    if (request.kind === 'run') run(request);
    else if (request.kind === 'cancel') cancel(request.id);
  });
  engine.onClose(() => void close());
  return { close };
}
