/**
 * Population stability index Σ (p − q) ln(p / q) over shares of the same bins. A share of zero is filled as
 * Evidently fills it: with 0.0001, or with a millionth of the smallest share where that is no larger.
 */
export function populationStabilityIndex(reference: readonly number[], current: readonly number[]): number {
  const p = fillZeros(reference);
  const q = fillZeros(current);
  return sum(p, (share, i) => (share - (q[i] ?? 0)) * Math.log(share / (q[i] ?? 1)));
}

/**
 * Jensen–Shannon distance √(½ KL(p‖m) + ½ KL(q‖m)) with m = (p + q) / 2, in nats; from 0 to √ln 2 ≈ 0.8326.
 */
export function jensenShannonDistance(reference: readonly number[], current: readonly number[]): number {
  const p = normalise(reference);
  const q = normalise(current);
  const half = (a: readonly number[], b: readonly number[]): number =>
    sum(a, (share, i) => (share === 0 ? 0 : share * Math.log((2 * share) / (share + (b[i] ?? 0)))));
  return Math.sqrt(Math.max(0, half(p, q) / 2 + half(q, p) / 2));
}

function fillZeros(shares: readonly number[]): number[] {
  const smallest = Math.min(...shares.filter((share) => share > 0));
  const filling = smallest <= 1e-4 ? smallest / 1e6 : 1e-4;
  return shares.map((share) => (share === 0 ? filling : share));
}

function normalise(shares: readonly number[]): number[] {
  const total = sum(shares, (share) => share);
  return shares.map((share) => share / total);
}

function sum(values: readonly number[], term: (value: number, index: number) => number): number {
  let total = 0;
  for (const [i, value] of values.entries()) total += term(value, i);
  return total;
}
