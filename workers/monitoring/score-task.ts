import { task } from '../engine/context.ts';
import type { CountsByLabel } from './estimated-f1.ts';
import type { Observation } from './observation.ts';

/** Which annotated notes a model is scored on. */
export type ScoredNotes =
  /** Dev and test part of the model's own split, without texts that stand in its train part too. */
  { readonly kind: 'held-out' } | { readonly kind: 'corpus'; readonly corpusId: number };

export interface ScoreInput {
  /** The native model file. */
  readonly model: Uint8Array;
  /** The split it was trained on: its train part holds the words that the model has seen. */
  readonly splitId: number;
  readonly notes: ScoredNotes;
}

/** What a model says of notes whose gold spans are known. */
export interface ScoreOutput {
  readonly observations: readonly Observation[];
  /** Counted against gold, a note each, in the order of `observations`. */
  readonly counted: readonly CountsByLabel[];
  /** Every predicted span: its stated probability and whether exactly this span is gold. */
  readonly spans: readonly { readonly p: number; readonly correct: boolean }[];
}

/** Tags annotated notes with a model and counts strict matches; reads the workspace on its own connection. */
export const scoreTask = task<ScoreInput, ScoreOutput, number>('monitoring.score');
