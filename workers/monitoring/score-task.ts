import { task } from '../engine/context.ts';
import type { CountsByLabel } from './estimated-f1.ts';
import type { Observation } from './observation.ts';

/** Which annotated notes a model is scored on. */
export type ScoredNotes =
  | { readonly kind: 'held-out'; readonly splitId: number }
  | { readonly kind: 'corpus'; readonly corpusId: number };

export interface ScoreInput {
  /** The native model file. */
  readonly model: Uint8Array;
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
