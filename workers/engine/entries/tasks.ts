import type { TaskModules } from '../run-task.ts';

/**
 * Every computation that runs in a thread, by the name that its `task(…)` declares. A module is loaded by the
 * thread that needs it, at its first use.
 */
export const tasks: TaskModules = {
  'engine.check-file': () => import('../check-file.worker.ts'),
  'engine.copy-encrypted': () => import('../copy-encrypted.worker.ts'),
};
