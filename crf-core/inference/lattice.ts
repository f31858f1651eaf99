import { exponential, logarithm } from '../kernel/exponential.ts';
import type { LegalTransitions } from '../text/schemes.ts';

/** Viterbi's answer: the best label of each token and its score; null when no legal path exists. */
export interface BestPath {
  readonly labels: Int32Array;
  readonly score: number;
}

/**
 * The best legal labelling by Viterbi's algorithm. Ties go to the lowest label id.
 *
 * @param scores state scores, `[t * L + label]`
 * @param transitions transition scores, `[from * L + to]`
 * @param legal what may begin, end and follow; null when everything may
 * @returns null when `legal` leaves no path
 */
export function viterbi(
  scores: Float64Array,
  length: number,
  transitions: Float64Array,
  labels: number,
  legal: LegalTransitions | null,
): BestPath | null {
  const result = new Int32Array(length);
  if (length === 0) return { labels: result, score: 0 };
  const back = new Int32Array(length * labels);
  let current = new Float64Array(labels);
  let next = new Float64Array(labels);
  for (let label = 0; label < labels; label++) {
    current[label] = legal !== null && legal.start[label] === 0 ? -Infinity : scores[label]!;
  }
  for (let t = 1; t < length; t++) {
    for (let to = 0; to < labels; to++) {
      let best = -Infinity;
      let from = 0;
      for (let before = 0; before < labels; before++) {
        if (legal !== null && legal.allowed[before * labels + to] === 0) continue;
        const score = current[before]! + transitions[before * labels + to]!;
        if (score > best) {
          best = score;
          from = before;
        }
      }
      next[to] = best + scores[t * labels + to]!;
      back[t * labels + to] = from;
    }
    [current, next] = [next, current];
  }
  let best = -Infinity;
  let last = -1;
  for (let label = 0; label < labels; label++) {
    if (legal !== null && legal.end[label] === 0) continue;
    if (current[label]! > best) {
      best = current[label]!;
      last = label;
    }
  }
  if (last < 0 || best === -Infinity) return null;
  for (let t = length - 1; t >= 0; t--) {
    result[t] = last;
    last = back[t * labels + last]!;
  }
  return { labels: result, score: best };
}

/** Forward and backward rows of one sentence, ready for questions of probability. */
export interface Lattice {
  readonly length: number;
  readonly labels: number;
  /** log of the sum over all (legal) labellings of exp(score). */
  readonly logPartition: number;
  /** α scaled so that each row sums to 1. */
  readonly alpha: Float64Array;
  /** β scaled so that α_t(j) β_t(j) = P(y_t = j). */
  readonly beta: Float64Array;
  /** exp(score − max) / c_t: the factor of each cell with its row's scale. */
  readonly factors: Float64Array;
  /** exp of the transitions, 0 where illegal. */
  readonly transitions: Float64Array;
}

/**
 * Runs forward–backward over one sentence (see kernel/forward-backward.ts for the formulas).
 * @returns null when `legal` leaves no path
 */
export function buildLattice(
  scores: Float64Array,
  length: number,
  transitionScores: Float64Array,
  labels: number,
  legal: LegalTransitions | null,
): Lattice | null {
  const transitions = new Float64Array(labels * labels);
  for (let cell = 0; cell < transitions.length; cell++) {
    transitions[cell] =
      legal !== null && legal.allowed[cell] === 0 ? 0 : exponential(transitionScores[cell]!);
  }
  const alpha = new Float64Array(length * labels);
  const beta = new Float64Array(length * labels);
  const factors = new Float64Array(length * labels);
  let logPartition = 0;
  for (let t = 0; t < length; t++) {
    const row = t * labels;
    let top = -Infinity;
    for (let label = 0; label < labels; label++) top = Math.max(top, scores[row + label]!);
    let scale = 0;
    for (let label = 0; label < labels; label++) {
      let reach = 1;
      if (t === 0) reach = legal !== null && legal.start[label] === 0 ? 0 : 1;
      else {
        reach = 0;
        for (let before = 0; before < labels; before++) {
          reach += alpha[row - labels + before]! * transitions[before * labels + label]!;
        }
      }
      let factor = exponential(scores[row + label]! - top);
      if (t === length - 1 && legal !== null && legal.end[label] === 0) factor = 0;
      factors[row + label] = factor;
      alpha[row + label] = reach * factor;
      scale += alpha[row + label]!;
    }
    if (!(scale > 0)) return null;
    for (let label = 0; label < labels; label++) {
      alpha[row + label] = alpha[row + label]! / scale;
      factors[row + label] = factors[row + label]! / scale;
    }
    logPartition += logarithm(scale) + top;
  }
  beta.fill(1, Math.max(0, (length - 1) * labels));
  for (let t = length - 1; t > 0; t--) {
    const row = t * labels;
    for (let before = 0; before < labels; before++) {
      let sum = 0;
      for (let label = 0; label < labels; label++) {
        sum += transitions[before * labels + label]! * factors[row + label]! * beta[row + label]!;
      }
      beta[row - labels + before] = sum;
    }
  }
  return { length, labels, logPartition, alpha, beta, factors, transitions };
}

/** P(y_t = label), `[t * L + label]`. */
export function marginals(lattice: Lattice): Float64Array {
  return lattice.alpha.map((value, index) => value * lattice.beta[index]!);
}

/** log of the unnormalised weight exp(score) of one labelling. */
export function pathScore(
  scores: Float64Array,
  transitions: Float64Array,
  labels: number,
  path: ArrayLike<number>,
): number {
  let score = 0;
  for (let t = 0; t < path.length; t++) {
    score += scores[t * labels + path[t]!]!;
    if (t > 0) score += transitions[path[t - 1]! * labels + path[t]!]!;
  }
  return score;
}
