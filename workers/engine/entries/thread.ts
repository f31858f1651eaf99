import { parentPort } from 'node:worker_threads';
import type { ThreadRequest } from '../compute-wire.ts';
import { runTask } from '../run-task.ts';
import { tasks } from './tasks.ts';

/** A thread of the compute process: one task after the other. */
parentPort?.on('message', (request: ThreadRequest) => {
  void runTask(request, tasks, (message) => parentPort?.postMessage(message));
});
