import type { GoldenNote } from '../../api/registry.ts';
import { task } from '../../engine/context.ts';

export interface PrepareInput {
  readonly artifactId: number;
  readonly splitId: number;
  /** How many notes of the test part to tag as well, for a comparison that stays on this machine. */
  readonly testNotes: number;
}

export interface PrepareOutput {
  readonly labels: readonly string[];
  /** Words of the train part, as crf-core's WordSet stores them. */
  readonly vocabulary: Uint8Array;
  readonly golden: readonly GoldenNote[];
  /** Never written into a bundle. */
  readonly testNotes: readonly GoldenNote[];
}

/** What a bundle needs beside the model: computed in a thread, since it reads the train part. */
export const prepareBundleTask = task<PrepareInput, PrepareOutput, never>('registry.prepare-bundle');
