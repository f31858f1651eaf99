import { task } from '../engine/context.ts';
import type { TaggedNote } from './bundle/log-line.ts';

export interface TagTextsInput {
  readonly artifactId: number;
  /** Words of the train part, for the share of unseen words; null leaves it out. */
  readonly vocabulary: Uint8Array | null;
  readonly texts: readonly string[];
}

export type TagTextsOutput = readonly { readonly tagged: TaggedNote; readonly latencyMs: number }[];

/** Tags plain texts as the bundle does. */
export const tagTextsTask = task<TagTextsInput, TagTextsOutput, never>('serving.tag-texts');
