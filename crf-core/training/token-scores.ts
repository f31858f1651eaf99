/** The attributes of every token: token t holds entries `[starts[t], starts[t + 1])`. */
export interface TokenRows {
  readonly starts: Int32Array;
  readonly attributes: Int32Array;
  /** Value of each entry; null when all are 1. */
  readonly values: Float64Array | null;
}

/**
 * Writes a token's score for each label, Σ value · w[attribute · L + label], to `out[at ..]`. The usual numbers of labels
 * keep their sums in registers; all sum in the order of the entries.
 */
export function scoreToken(
  rows: TokenRows,
  weights: Float64Array,
  labels: number,
  token: number,
  out: Float64Array,
  at: number,
): void {
  const { starts, attributes, values } = rows;
  const end = starts[token + 1]!;
  let entry = starts[token]!;
  if (values === null && labels === 3) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    for (; entry < end; entry++) {
      const row = attributes[entry]! * 3;
      s0 += weights[row]!;
      s1 += weights[row + 1]!;
      s2 += weights[row + 2]!;
    }
    out[at] = s0;
    out[at + 1] = s1;
    out[at + 2] = s2;
    return;
  }
  if (values === null && labels === 5) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let s4 = 0;
    for (; entry < end; entry++) {
      const row = attributes[entry]! * 5;
      s0 += weights[row]!;
      s1 += weights[row + 1]!;
      s2 += weights[row + 2]!;
      s3 += weights[row + 3]!;
      s4 += weights[row + 4]!;
    }
    out[at] = s0;
    out[at + 1] = s1;
    out[at + 2] = s2;
    out[at + 3] = s3;
    out[at + 4] = s4;
    return;
  }
  for (let label = 0; label < labels; label++) out[at + label] = 0;
  for (; entry < end; entry++) {
    const row = attributes[entry]! * labels;
    const value = values === null ? 1 : values[entry]!;
    for (let label = 0; label < labels; label++) {
      out[at + label] = out[at + label]! + value * weights[row + label]!;
    }
  }
}
