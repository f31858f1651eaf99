import type { TaskRunner } from '../engine/context.ts';
import type { differenceTask } from './difference-task.ts';
import { pairedDifference, readReadings } from './paired-difference.ts';

export const run: TaskRunner<typeof differenceTask> = ({ runId, baselineRunId, part, seed }, thread) => {
  const db = thread.database();
  return pairedDifference(readReadings(db, runId, part), readReadings(db, baselineRunId, part), part, seed);
};
