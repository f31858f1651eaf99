import type { Histogram } from '../api/monitoring.ts';

/** Distinct reference values up to which each value is a bin of its own. */
const fewValues = 20;

/**
 * Bins two samples alike, the way Evidently does: where the reference has more than 20 distinct values, Sturges'
 * rule on both samples together gives k = ⌈log₂(n + m) + 1⌉ bins of equal width; else each value is a bin.
 */
export function sharedHistogram(reference: readonly number[], current: readonly number[]): Histogram {
  const distinct = new Set(reference);
  return distinct.size > fewValues
    ? equalWidth(reference, current)
    : byValue(reference, current, new Set([...distinct, ...current]));
}

function equalWidth(reference: readonly number[], current: readonly number[]): Histogram {
  let low = Infinity;
  let high = -Infinity;
  for (const sample of [reference, current]) {
    for (const value of sample) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  const bins = Math.ceil(Math.log2(reference.length + current.length) + 1);
  const width = (high - low) / bins;
  const edges = Array.from({ length: bins + 1 }, (_, i) => (i === bins ? high : low + i * width));
  const bin = (value: number): number => {
    // The bounds decide, not the division: a value on a bound belongs to the bin above it.
    let i = Math.min(bins - 1, Math.floor((value - low) / width));
    while (i > 0 && value < (edges[i] ?? low)) i -= 1;
    while (i < bins - 1 && value >= (edges[i + 1] ?? high)) i += 1;
    return i;
  };
  return { edges, reference: shares(reference, bin, bins), current: shares(current, bin, bins) };
}

function byValue(
  reference: readonly number[],
  current: readonly number[],
  values: ReadonlySet<number>,
): Histogram {
  const sorted = [...values].sort((a, b) => a - b);
  const place = new Map(sorted.map((value, i) => [value, i]));
  const bin = (value: number): number => place.get(value) ?? 0;
  const last = sorted.at(-1) ?? 0;
  return {
    edges: [...sorted, last],
    reference: shares(reference, bin, sorted.length),
    current: shares(current, bin, sorted.length),
  };
}

function shares(sample: readonly number[], bin: (value: number) => number, bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const value of sample) {
    const i = bin(value);
    counts[i] = (counts[i] ?? 0) + 1;
  }
  return counts.map((count) => (sample.length === 0 ? 0 : count / sample.length));
}
