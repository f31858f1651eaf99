import { Worker } from 'node:worker_threads';
import type { KernelThreads } from '../kernel/threads.ts';

/** Threads of Node behind crf-core's port. Keep it over several runs: a thread takes 30 ms to start. */
export function openThreads(helpers: number): KernelThreads & { close(): Promise<void> } {
  const workers = Array.from(
    { length: helpers },
    () => new Worker(new URL('./kernel-thread.ts', import.meta.url)),
  );
  return {
    helpers,
    start: (task) => workers[task.part - 1]!.postMessage(task),
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
