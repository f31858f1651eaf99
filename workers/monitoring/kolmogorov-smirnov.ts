/** Larger sample up to which the p-value is counted exactly; its cost is the product of both sizes. */
const exactUpTo = 10_000;
const exactCells = 4_000_000;

export interface KolmogorovSmirnov {
  /** Largest distance between the two empirical distribution functions. */
  readonly statistic: number;
  /** Probability of a distance at least as large if both samples came from one distribution. */
  readonly pValue: number;
}

/** Two-sample, two-sided Kolmogorov–Smirnov test. Both samples must hold at least one value. */
export function kolmogorovSmirnov(
  reference: readonly number[],
  current: readonly number[],
): KolmogorovSmirnov {
  const a = Float64Array.from(reference).sort();
  const b = Float64Array.from(current).sort();
  const statistic = largestDistance(a, b);
  const exact = Math.max(a.length, b.length) <= exactUpTo && a.length * b.length <= exactCells;
  return {
    statistic,
    pValue: exact
      ? exactPValue(statistic, a.length, b.length)
      : asymptoticPValue(statistic, a.length, b.length),
  };
}

function largestDistance(a: Float64Array, b: Float64Array): number {
  let i = 0;
  let j = 0;
  let largest = 0;
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i] ?? 0, b[j] ?? 0);
    while (i < a.length && (a[i] ?? 0) <= value) i += 1;
    while (j < b.length && (b[j] ?? 0) <= value) j += 1;
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
  }
  return largest;
}

/**
 * Counts lattice paths from (0, 0) to (n, m) that leave the band |i/n − j/m| < d: the share of orderings whose
 * distance is at least d. Only the outside share is carried, so that small p-values keep their digits.
 */
export function exactPValue(statistic: number, n: number, m: number): number {
  const multiple = (n / greatestCommonDivisor(n, m)) * m;
  const h = Math.round(statistic * multiple);
  if (h === 0) return 1;
  const alongN = multiple / n;
  const alongM = multiple / m;
  // outside[j]: probability that a path through (i, j) has left the band at or before this cell.
  let previous = new Float64Array(m + 1);
  let outside = new Float64Array(m + 1);
  for (let i = 0; i <= n; i += 1) {
    for (let j = 0; j <= m; j += 1) {
      if (Math.abs(i * alongN - j * alongM) >= h) {
        outside[j] = 1;
      } else if (i === 0 && j === 0) {
        outside[j] = 0;
      } else {
        const step = i + j;
        const fromLeft = i === 0 ? 0 : (previous[j] ?? 0) * (i / step);
        const fromBelow = j === 0 ? 0 : (outside[j - 1] ?? 0) * (j / step);
        outside[j] = fromLeft + fromBelow;
      }
    }
    [previous, outside] = [outside, previous];
  }
  return Math.min(1, Math.max(0, previous[m] ?? 0));
}

/** Kolmogorov's limit with the small-sample correction of Stephens. */
export function asymptoticPValue(statistic: number, n: number, m: number): number {
  const root = Math.sqrt((n * m) / (n + m));
  const lambda = (root + 0.12 + 0.11 / root) * statistic;
  let total = 0;
  for (let k = 1; k <= 100; k += 1) {
    const term = Math.exp(-2 * k * k * lambda * lambda);
    total += k % 2 === 1 ? term : -term;
    if (term < 1e-16) break;
  }
  return Math.min(1, Math.max(0, 2 * total));
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
