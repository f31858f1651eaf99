import type { PairedDifference } from '../api/training-evaluation.ts';
import { task } from '../engine/context.ts';

export interface DifferenceInput {
  readonly runId: number;
  readonly baselineRunId: number;
  readonly part: 'dev' | 'test';
  readonly seed: number;
}

/** Paired bootstrap of two runs over the notes that both scored. */
export const differenceTask = task<DifferenceInput, PairedDifference>('training.difference');
