import type { LegalTransitions } from '../text/schemes.ts';

/**
 * Viterbi for many sentences with one model: forbidden transitions are weights of -Infinity, and the working memory is
 * kept. It finds the same path as `viterbi` in lattice.ts; ties go to the lowest label id.
 */
export class Decoder {
  private readonly labels: number;
  /** Weights `[to * L + from]`, so that the inner loop reads them in a row. */
  private readonly weights: Float64Array;
  private readonly legal: LegalTransitions;
  private current: Float64Array;
  private next: Float64Array;
  private back = new Uint16Array(1024);

  constructor(transitions: Float64Array, labels: number, legal: LegalTransitions) {
    this.labels = labels;
    this.legal = legal;
    this.current = new Float64Array(labels);
    this.next = new Float64Array(labels);
    this.weights = new Float64Array(labels * labels);
    this.load(transitions);
  }

  /** Takes over other transition weights, `[from * L + to]`. */
  load(transitions: Float64Array): void {
    const { labels, legal } = this;
    for (let from = 0; from < labels; from++) {
      for (let to = 0; to < labels; to++) {
        const allowed = legal.allowed[from * labels + to] === 1;
        this.weights[to * labels + from] = allowed ? transitions[from * labels + to]! : -Infinity;
      }
    }
  }

  /**
   * Writes the best legal path of the first `length` rows of `scores` into `path`.
   * @returns false when no path is legal
   */
  decode(scores: Float64Array, length: number, path: Int32Array): boolean {
    const { labels, weights, legal } = this;
    if (length === 0) return true;
    if (this.back.length < length * labels) this.back = new Uint16Array(length * labels * 2);
    const { back } = this;
    let { current, next } = this;
    for (let label = 0; label < labels; label++) {
      current[label] = legal.start[label] === 0 ? -Infinity : scores[label]!;
    }
    for (let t = 1; t < length; t++) {
      const row = t * labels;
      for (let to = 0; to < labels; to++) {
        const base = to * labels;
        let best = current[0]! + weights[base]!;
        let from = 0;
        for (let before = 1; before < labels; before++) {
          const score = current[before]! + weights[base + before]!;
          if (score > best) {
            best = score;
            from = before;
          }
        }
        next[to] = best + scores[row + to]!;
        back[row + to] = from;
      }
      const swap = current;
      current = next;
      next = swap;
    }
    let best = -Infinity;
    let last = -1;
    for (let label = 0; label < labels; label++) {
      if (legal.end[label] === 1 && current[label]! > best) {
        best = current[label]!;
        last = label;
      }
    }
    if (last < 0) return false;
    for (let t = length - 1; t >= 0; t--) {
      path[t] = last;
      last = back[t * labels + last]!;
    }
    return true;
  }
}
