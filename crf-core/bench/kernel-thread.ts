/** A helping thread of the benches: works on whatever task it is sent. */
import { parentPort } from 'node:worker_threads';
import { runKernelTask, type KernelTask } from '../kernel/threads.ts';

parentPort!.on('message', (task: KernelTask) => runKernelTask(task));
