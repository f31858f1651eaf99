/**
 * What the trainer and a kernel agree on. A kernel works on one stretch of memory; parameters stand at its beginning:
 * 64 unsigned 32-bit words (pointers are byte offsets), then 32 doubles. `assembly/kernel.ts` repeats these numbers.
 */

/** Operations; each works on part `part` of `parts` and never touches what another part writes. */
export const operation = {
  gather: 1,
  sweep: 2,
  attributeGradient: 3,
  unpack: 4,
  step: 5,
  measure: 6,
  remember: 7,
  addDot: 8,
  scaleDot: 9,
} as const;

/** Words of the parameter block. */
export const word = {
  stride: 0,
  labels: 1,
  starts: 2,
  list: 3,
  values: 4,
  source: 5,
  target: 6,
  count: 7,
  sentenceStarts: 8,
  sentenceCount: 9,
  tokenStarts: 10,
  tokenBundles: 11,
  bundleRows: 12,
  tokenRows: 13,
  transitions: 14,
  transposed: 15,
  firstMask: 16,
  blockSums: 17,
  blockLogs: 18,
  scratch: 19,
  scratchBytes: 20,
  stateStarts: 21,
  stateLabels: 22,
  observed: 23,
  weightRows: 24,
  x: 25,
  gradient: 26,
  direction: 27,
  previousX: 28,
  previousGradient: 29,
  other: 30,
  partner: 31,
  size: 32,
  partials: 33,
  attributeCount: 34,
} as const;

/** Doubles of the parameter block, counted from its beginning in doubles. */
export const real = { factor: 32, penalty: 33 } as const;

/** Bytes of the parameter block. */
export const parameterBytes = 1024;

/** Sentences whose logarithms and transition counts are summed together: fixed, whatever the number of threads. */
export const sentencesPerBlock = 64;

/** Weights whose products are summed together. */
export const vectorBlock = 4096;

/** Runs operations on its memory. */
export interface Kernel {
  execute(operation: number, part: number, parts: number): void;
}
