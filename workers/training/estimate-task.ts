import type { Json } from '../api/common.ts';
import type { RunEstimate, RunParameters } from '../api/training.ts';
import { task } from '../engine/context.ts';

export interface EstimateInput {
  readonly splitId: number;
  readonly templateSet: Json;
  readonly parameters: RunParameters;
}

/** Extracts a sample of the train part and tries two iterations on it. */
export const estimateTask = task<EstimateInput, RunEstimate>('training.estimate');
