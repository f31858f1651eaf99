import type { TaskRunner } from '../engine/context.ts';
import { exportPredictions } from './export-predictions.ts';
import type { exportTask } from './export-task.ts';

export const run: TaskRunner<typeof exportTask> = (input, thread) =>
  exportPredictions(thread.database(), input);
