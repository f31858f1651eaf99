import { parentPort } from 'node:worker_threads';
import type { ProxyMarked, Remote } from 'comlink';
import { expose, releaseProxy } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import type { ComputeReport, ThreadRequest } from './compute-wire.ts';
import type { TaskModules } from './run-task.ts';
import { runTask } from './run-task.ts';

/** Told everything about a task, in order, by a call across the thread's border. */
export type Report = ((message: ComputeReport) => void) & ProxyMarked;

/** What a thread of the compute process offers to it. */
export interface ThreadApi {
  run(request: ThreadRequest, report: Report): void;
}

/** Makes this thread run tasks. Progress and end take the same way, so that none overtakes the other. */
export function exposeThread(tasks: TaskModules): void {
  if (parentPort === null) throw new Error('a task thread is started by the compute process');
  const api = {
    async run(request: ThreadRequest, report: Remote<Report>): Promise<void> {
      let told: Promise<void> = Promise.resolve();
      await runTask(request, tasks, (message) => {
        told = report(message);
      });
      await told;
      report[releaseProxy]();
    },
  };
  expose(api, nodeEndpoint(parentPort));
}
