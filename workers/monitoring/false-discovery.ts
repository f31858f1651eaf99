/**
 * Benjamini–Hochberg adjusted p-values (q-values), in the order given: reporting all with q ≤ 0.05 keeps the
 * expected share of false discoveries among them at 5 %.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const order = pValues.map((p, index) => ({ p, index })).sort((a, b) => b.p - a.p);
  const adjusted = new Array<number>(pValues.length).fill(1);
  let smallest = 1;
  for (const [i, { p, index }] of order.entries()) {
    const rank = pValues.length - i;
    smallest = Math.min(smallest, (p * pValues.length) / rank);
    adjusted[index] = smallest;
  }
  return adjusted;
}
