import { parentPort } from 'node:worker_threads';
import type { ThreadRequest } from './compute-wire.ts';
import type { TaskThread } from './context.ts';
import { runTask } from './run-task.ts';

/** A real thread with small tasks, for the tests of the pool. */
const tasks = {
  'test.echo': (input: unknown) => input,
  'test.count'({ to }: { readonly to: number }, thread: TaskThread<number>) {
    for (let step = 1; step <= to; step += 1) thread.progress(step);
    return to;
  },
  'test.spin'(_input: null, thread: TaskThread<never>) {
    let turns = 0;
    while (!thread.cancelled()) turns += 1;
    return turns;
  },
  'test.crash': () => process.exit(3),
};

const modules = Object.fromEntries(
  Object.entries(tasks).map(([name, run]) => [name, () => Promise.resolve({ run })]),
);

parentPort?.on('message', (request: ThreadRequest) => {
  void runTask(request, modules, (message) => parentPort?.postMessage(message));
});
