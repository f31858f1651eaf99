import type { TaskRunner } from '../engine/context.ts';
import { inOurWords } from './crf-errors.ts';
import type { trainTask } from './train-task.ts';
import { train } from './train.ts';

export const run: TaskRunner<typeof trainTask> = (input, thread) => {
  try {
    return train(input, thread);
  } catch (error) {
    throw inOurWords(error);
  }
};
