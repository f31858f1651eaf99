/**
 * Vector arithmetic with a fixed order of operations: blocks of 4,096, four running sums in a block, blocks added in
 * order. The SIMD kernel keeps the same order, and threads may share the blocks without changing a bit.
 */
export const vectorBlock = 4096;

/** Σ a[i]·b[i]. */
export function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let from = 0; from < a.length; from += vectorBlock) {
    const to = Math.min(from + vectorBlock, a.length);
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let index = from;
    for (; index + 4 <= to; index += 4) {
      s0 += a[index]! * b[index]!;
      s1 += a[index + 1]! * b[index + 1]!;
      s2 += a[index + 2]! * b[index + 2]!;
      s3 += a[index + 3]! * b[index + 3]!;
    }
    let rest = 0;
    for (; index < to; index++) rest += a[index]! * b[index]!;
    total += s0 + s2 + (s1 + s3) + rest;
  }
  return total;
}

/**
 * Σ a[i]·b[i] from first to last with one running sum: as CRFsuite adds. Slower and less exact than {@link dot}; its
 * rounding is what makes losses agree with CRFsuite's to the last printed digits.
 */
export function dotSequential(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let index = 0; index < a.length; index++) total += a[index]! * b[index]!;
  return total;
}

/** How long sums are added up: in blocks (fast, more exact) or from first to last (as CRFsuite does). */
export type Summation = 'blocked' | 'sequential';

/** The scalar product of a way of summing. */
export const dotFor = (summation: Summation): typeof dot =>
  summation === 'sequential' ? dotSequential : dot;

/** y += factor · x. */
export function addScaled(y: Float64Array, factor: number, x: Float64Array): void {
  for (let index = 0; index < y.length; index++) y[index] = y[index]! + factor * x[index]!;
}
