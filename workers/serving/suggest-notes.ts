import type { NoteSuggestions } from '../annotation/service.ts';
import { task } from '../engine/context.ts';

export interface SuggestNotesInput {
  readonly artifactId: number;
  readonly noteIds: readonly number[];
  readonly minProbability: number;
}

/** Predicts over notes of the workspace, with the tokens that each note came with. */
export const suggestNotesTask = task<SuggestNotesInput, readonly NoteSuggestions[], never>(
  'serving.suggest-notes',
);
