import { task } from '../engine/context.ts';

export interface SpeedInput {
  readonly artifactId: number;
  readonly splitId: number;
}

export interface SpeedOutput {
  /** Median of the rounds, tokens a second, one thread. */
  readonly tokensPerSecond: number;
  readonly fastest: number;
  readonly slowest: number;
  readonly rounds: number;
  /** Tokens tagged in one round. */
  readonly tokens: number;
  readonly notes: number;
}

/** Measures how fast a model tags whole notes with all probabilities, as serving does. */
export const speedTask = task<SpeedInput, SpeedOutput, never>('serving.speed');
