import type { Evaluation, ErrorKind, ScoredSpan } from '../api/training-evaluation.ts';
import type { Json } from '../api/common.ts';
import type { Projection, RunParameters, RunTimings, TrainingSize } from '../api/training.ts';
import type { TaskThread } from '../engine/context.ts';
import { task } from '../engine/context.ts';

export interface TrainInput {
  readonly splitId: number;
  readonly templateSet: Json;
  readonly parameters: RunParameters;
  readonly seed: number;
  /** State of an earlier try of the same run. */
  readonly checkpoint: Uint8Array | null;
}

/** One iteration as the curves show it. */
export interface StepRecord {
  readonly iteration: number;
  readonly loss: number;
  readonly gradientNorm: number;
  readonly devF1: number | null;
}

export type TrainProgress =
  | { readonly kind: 'reading'; readonly notes: number; readonly of: number }
  /** The iterations since the last message, so that none is missing from the curves. */
  | { readonly kind: 'steps'; readonly steps: readonly StepRecord[]; readonly secondsLeft: number | null }
  | { readonly kind: 'evaluating' }
  | { readonly kind: 'checkpoint'; readonly iteration: number; readonly bytes: Uint8Array };

/** One error of a note, with the sentence it stands in. */
export interface PlacedError {
  readonly kind: ErrorKind;
  readonly gold: ScoredSpan | null;
  readonly predicted: ScoredSpan | null;
  readonly sentenceStart: number;
  readonly sentenceEnd: number;
}

/** Both readings of a scored note. */
export interface ScoredNote {
  readonly noteId: number;
  readonly part: 'dev' | 'test';
  readonly gold: readonly ScoredSpan[];
  readonly predicted: readonly ScoredSpan[];
  readonly errors: readonly PlacedError[];
}

export interface TrainOutput {
  /** The model in crf-core's native format. */
  readonly model: Uint8Array;
  readonly modelSha256: string;
  readonly dataSha256: string;
  readonly iterations: number;
  readonly stopReason: string;
  readonly size: TrainingSize;
  readonly projection: Projection;
  readonly evaluation: Evaluation;
  readonly timings: RunTimings;
  readonly peakMemoryBytes: number;
  readonly notes: readonly ScoredNote[];
}

/** Reads, extracts, trains and scores in a thread. Rejects with CANNOT_COMPUTE where there is nothing to learn. */
export const trainTask = task<TrainInput, TrainOutput, TrainProgress>('training.train');

export type TrainThread = TaskThread<TrainProgress>;
