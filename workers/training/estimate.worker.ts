import type { TaskRunner } from '../engine/context.ts';
import { inOurWords } from './crf-errors.ts';
import type { estimateTask } from './estimate-task.ts';
import { estimate } from './estimate.ts';

export const run: TaskRunner<typeof estimateTask> = (input, thread) => {
  try {
    return estimate(input, thread.database(), () => thread.cancelled());
  } catch (error) {
    throw inOurWords(error);
  }
};
