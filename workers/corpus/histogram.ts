import type { Histogram } from '../api/corpus.ts';

/** Bins of one round width from 0, at most `most` of them; `sorted` ascends. */
export function histogram(sorted: readonly number[], most = 24): Histogram {
  const largest = sorted.at(-1) ?? 0;
  const width = roundUp((largest + 1) / most);
  const bins = Math.max(1, Math.ceil((largest + 1) / width));
  const counts = new Array<number>(bins).fill(0);
  for (const value of sorted) {
    const bin = Math.floor(value / width);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { edges: Array.from({ length: bins + 1 }, (_, index) => index * width), counts };
}

/** The next of 1, 2, 5, 10, 20, 50 … */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value) ?? power * 10;
}
