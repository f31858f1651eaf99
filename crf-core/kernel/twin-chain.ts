import { exponential, logarithm } from './exponential.ts';
import { word } from './protocol.ts';
import type { Views } from './views.ts';

/**
 * Forward–backward on one sentence, scaled so that every forward row sums to 1.
 *
 * With s_t(j) = exp(score_t(j) − max_t), c_t the scale of token t and T the exponentials of the transition weights:
 *
 *     α_t(j) = s_t(j) Σ_i α_{t−1}(i) T(i,j) / c_t        β_{t−1}(i) = Σ_j T(i,j) s_t(j) β_t(j) / c_t
 *     P(y_t = j) = α_t(j) β_t(j)        log Z = Σ_t (log c_t + max_t)
 *
 * Sums over labels run as two sums, of even and of odd labels, then their sum: the order of a SIMD register.
 * The scratch area of a part holds α rows, then 1 / c_t, then one row for β and one for the flow s β / c.
 */
export function chainForward(views: Views, from: number, to: number, part: number): number {
  const { f64, i32, u32 } = views;
  const stride = i32[word.stride]!;
  const labels = i32[word.labels]!;
  const rows = u32[word.tokenRows]! / 8;
  const transitions = u32[word.transitions]! / 8;
  const mask = u32[word.firstMask]! / 8;
  const alpha = (u32[word.scratch]! + part * u32[word.scratchBytes]!) / 8;
  const scales = alpha + (to - from) * stride;
  let shift = 0;
  for (let t = from; t < to; t++) {
    const row = rows + t * stride;
    let top = f64[row]!;
    for (let label = 1; label < labels; label++) if (f64[row + label]! > top) top = f64[row + label]!;
    shift += top;
    for (let label = 0; label < stride; label++) f64[row + label] = exponential(f64[row + label]! - top);
  }
  let product = 1;
  let logs = 0;
  for (let t = from; t < to; t++) {
    const row = rows + t * stride;
    const here = alpha + (t - from) * stride;
    let even = 0;
    let odd = 0;
    for (let label = 0; label < stride; label++) {
      let reach: number;
      if (t === from) reach = f64[mask + label]!;
      else {
        let reachEven = 0;
        let reachOdd = 0;
        for (let before = 0; before < labels; before += 2) {
          reachEven += f64[here - stride + before]! * f64[transitions + before * stride + label]!;
        }
        for (let before = 1; before < labels; before += 2) {
          reachOdd += f64[here - stride + before]! * f64[transitions + before * stride + label]!;
        }
        reach = reachEven + reachOdd;
      }
      const value = reach * f64[row + label]!;
      f64[here + label] = value;
      if ((label & 1) === 0) even += value;
      else odd += value;
    }
    const scale = even + odd;
    const inverse = 1 / scale;
    f64[scales + t - from] = inverse;
    for (let label = 0; label < stride; label++) f64[here + label] = f64[here + label]! * inverse;
    product *= scale;
    if (product > 1e100 || product < 1e-100) {
      logs += logarithm(product);
      product = 1;
    }
  }
  return logs + logarithm(product) + shift;
}

/** Replaces score rows by marginals and adds α_{t−1}(i) s_t(j) β_t(j) / c_t to the block's sums. */
export function chainBackward(views: Views, from: number, to: number, part: number, sums: number): void {
  const { f64, i32, u32 } = views;
  const stride = i32[word.stride]!;
  const labels = i32[word.labels]!;
  const rows = u32[word.tokenRows]! / 8;
  const transposed = u32[word.transposed]! / 8;
  const mask = u32[word.firstMask]! / 8;
  const alpha = (u32[word.scratch]! + part * u32[word.scratchBytes]!) / 8;
  const scales = alpha + (to - from) * stride;
  const beta = scales + (to - from) + ((to - from) & 1);
  const flow = beta + stride;
  for (let label = 0; label < stride; label++) f64[beta + label] = f64[mask + label]!;
  for (let t = to - 1; t >= from; t--) {
    const row = rows + t * stride;
    const here = alpha + (t - from) * stride;
    const inverse = f64[scales + t - from]!;
    for (let label = 0; label < stride; label++) {
      f64[flow + label] = f64[row + label]! * f64[beta + label]! * inverse;
      f64[row + label] = f64[here + label]! * f64[beta + label]!;
    }
    if (t === from) break;
    for (let before = 0; before < stride; before++) {
      let even = 0;
      let odd = 0;
      for (let label = 0; label < labels; label += 2) {
        even += f64[flow + label]! * f64[transposed + label * stride + before]!;
      }
      for (let label = 1; label < labels; label += 2) {
        odd += f64[flow + label]! * f64[transposed + label * stride + before]!;
      }
      f64[beta + before] = even + odd;
    }
    for (let before = 0; before < labels; before++) {
      const mass = f64[here - stride + before]!;
      for (let label = 0; label < stride; label++) {
        const cell = sums + before * stride + label;
        f64[cell] = f64[cell]! + mass * f64[flow + label]!;
      }
    }
  }
}
