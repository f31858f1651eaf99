import { task } from '../engine/context.ts';

/** The words of a split's train part, as crf-core's WordSet stores them. */
export const vocabularyTask = task<{ readonly splitId: number }, Uint8Array, never>('serving.vocabulary');
