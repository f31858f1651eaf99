import { exponential, logarithm } from './exponential.ts';

/**
 * Forward–backward on one chain at a time, scaled so that every forward row sums to 1.
 *
 * With s_t(j) = exp(score_t(j) − max_t), c_t the scale of token t and T the exponentials of the transition weights:
 *
 *     α_t(j) = s_t(j) Σ_i α_{t−1}(i) T(i,j) / c_t        β_{t−1}(i) = Σ_j T(i,j) s_t(j) β_t(j) / c_t
 *     P(y_t = j) = α_t(j) β_t(j)        log Z = Σ_t (log c_t + max_t)
 */
export class ForwardBackward {
  /** exp of the transition weights, `[from * L + to]`. */
  readonly transitions: Float64Array;
  /** Σ α_{t−1}(i) s_t(j) β_t(j) / c_t over all chains run: times T(i,j) it is the expected count of (i, j). */
  readonly sums: Float64Array;
  private readonly labels: number;
  private readonly stride: number;
  private readonly alpha: Float64Array;
  private readonly scales: Float64Array;
  private readonly beta: Float64Array;
  private readonly flow: Float64Array;

  constructor(labels: number, stride: number, longest: number) {
    this.labels = labels;
    this.stride = stride;
    this.transitions = new Float64Array(labels * labels).fill(1);
    this.sums = new Float64Array(labels * labels);
    this.alpha = new Float64Array(longest * stride);
    this.scales = new Float64Array(longest);
    this.beta = new Float64Array(stride);
    this.flow = new Float64Array(stride);
  }

  /**
   * Replaces the score rows of tokens `[from, to)` by their marginals and adds to {@link sums}.
   * @returns log Z
   */
  run(rows: Float64Array, from: number, to: number): number {
    const { labels, stride, transitions, alpha, scales, beta, flow, sums } = this;
    let shift = 0;
    let product = 1;
    let logs = 0;
    for (let t = from; t < to; t++) {
      const row = t * stride;
      let top = rows[row]!;
      for (let label = 1; label < labels; label++) if (rows[row + label]! > top) top = rows[row + label]!;
      shift += top;
      const here = (t - from) * stride;
      let scale = 0;
      for (let label = 0; label < labels; label++) {
        const score = exponential(rows[row + label]! - top);
        rows[row + label] = score;
        let reach = 1;
        if (t > from) {
          reach = 0;
          for (let before = 0; before < labels; before++) {
            reach += alpha[here - stride + before]! * transitions[before * labels + label]!;
          }
        }
        const value = reach * score;
        alpha[here + label] = value;
        scale += value;
      }
      const inverse = 1 / scale;
      scales[t - from] = inverse;
      for (let label = 0; label < labels; label++) alpha[here + label] = alpha[here + label]! * inverse;
      product *= scale;
      if (product > 1e100 || product < 1e-100) {
        logs += logarithm(product);
        product = 1;
      }
    }
    logs += logarithm(product);
    for (let label = 0; label < labels; label++) beta[label] = 1;
    for (let t = to - 1; t >= from; t--) {
      const row = t * stride;
      const here = (t - from) * stride;
      const inverse = scales[t - from]!;
      for (let label = 0; label < labels; label++) {
        flow[label] = rows[row + label]! * beta[label]! * inverse;
        rows[row + label] = alpha[here + label]! * beta[label]!;
      }
      if (t === from) break;
      for (let before = 0; before < labels; before++) {
        const mass = alpha[here - stride + before]!;
        let sum = 0;
        for (let label = 0; label < labels; label++) {
          const cell = before * labels + label;
          sum += transitions[cell]! * flow[label]!;
          sums[cell] = sums[cell]! + mass * flow[label]!;
        }
        beta[before] = sum;
      }
    }
    return logs + shift;
  }
}
