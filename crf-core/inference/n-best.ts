import type { LegalTransitions } from '../text/schemes.ts';

/** One of the best labellings, with its score. */
export interface RankedPath {
  readonly labels: Int32Array;
  readonly score: number;
}

/** What a labelling must obey. */
export interface DecodeLimits {
  /** What may begin, end and follow. */
  readonly legal?: LegalTransitions | null | undefined;
  /** Label id each token must have; -1 where any will do. */
  readonly forced?: ArrayLike<number> | undefined;
}

/** The rank-th best way to reach a cell. */
interface Arrival {
  readonly score: number;
  readonly from: number;
  readonly rank: number;
}

/**
 * The `count` best labellings by Viterbi with lists: each cell keeps its `count` best arrivals. Equal scores go to the
 * lowest label ids. With `forced` labels the answer is the best that agrees with them; a person's tags stay and only
 * the rest is decoded.
 *
 * @param scores state scores, `[t * L + label]`
 * @param transitions transition scores, `[from * L + to]`
 * @returns best first; fewer than `count` when there are no more legal labellings, none when there is none
 */
export function bestPaths(
  scores: Float64Array,
  length: number,
  transitions: Float64Array,
  labels: number,
  count: number,
  { legal, forced }: DecodeLimits = {},
): RankedPath[] {
  if (length === 0) return [{ labels: new Int32Array(0), score: 0 }];
  const fits = (t: number, label: number): boolean => {
    const wanted = forced?.[t] ?? -1;
    return wanted < 0 || wanted === label;
  };
  const keepBest = (arrivals: Arrival[]): Arrival[] =>
    arrivals.sort((a, b) => b.score - a.score || a.from - b.from || a.rank - b.rank).slice(0, count);
  const table: Arrival[][][] = [];
  for (let t = 0; t < length; t++) {
    const row: Arrival[][] = [];
    for (let label = 0; label < labels; label++) {
      const own = scores[t * labels + label]!;
      const arrivals: Arrival[] = [];
      const ends = t === length - 1 && legal?.end[label] === 0;
      if (fits(t, label) && !ends) {
        if (t === 0) {
          if (legal?.start[label] !== 0) arrivals.push({ score: own, from: -1, rank: 0 });
        } else {
          for (let from = 0; from < labels; from++) {
            if (legal?.allowed[from * labels + label] === 0) continue;
            table[t - 1]![from]!.forEach(({ score }, rank) =>
              arrivals.push({ score: score + transitions[from * labels + label]! + own, from, rank }),
            );
          }
        }
      }
      row.push(keepBest(arrivals));
    }
    table.push(row);
  }
  const finals = keepBest(
    table[length - 1]!.flatMap((arrivals, from) =>
      arrivals.map(({ score }, rank) => ({ score, from, rank })),
    ),
  );
  return finals.map(({ score, from, rank }) => {
    const path = new Int32Array(length);
    let label = from;
    let place = rank;
    for (let t = length - 1; t >= 0; t--) {
      path[t] = label;
      const arrival = table[t]![label]![place]!;
      label = arrival.from;
      place = arrival.rank;
    }
    return { labels: path, score };
  });
}
