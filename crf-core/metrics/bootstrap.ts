import { CrfError } from '../errors.ts';
import type { RandomSource } from './random.ts';
import type { Counts } from './scores.ts';
import { scoreOf } from './scores.ts';

/** An interval for F1 from resampling documents. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly level: number;
  readonly samples: number;
}

function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (sorted[above]! - sorted[below]!) * (place - below);
}

function resample(documents: readonly Counts[], picks: Int32Array): number {
  let truePositives = 0;
  let falsePositives = 0;
  let falseNegatives = 0;
  for (const pick of picks) {
    const counts = documents[pick]!;
    truePositives += counts.truePositives;
    falsePositives += counts.falsePositives;
    falseNegatives += counts.falseNegatives;
  }
  return scoreOf({ truePositives, falsePositives, falseNegatives }).f1;
}

/**
 * Percentile interval of micro-F1 by bootstrap over documents: documents, not spans, are drawn with replacement,
 * because spans of one note are not independent.
 *
 * @param documents counts of each document (or sentence, where a sentence is the unit)
 * @throws CrfError CRF_DATA_INVALID without documents
 */
export function bootstrapF1(
  documents: readonly Counts[],
  random: RandomSource,
  samples = 1000,
  level = 0.95,
): Interval {
  if (documents.length === 0) {
    throw new CrfError('CRF_DATA_INVALID', 'There is no document to resample. Score at least one.');
  }
  const values = new Float64Array(samples);
  const picks = new Int32Array(documents.length);
  for (let sample = 0; sample < samples; sample++) {
    for (let index = 0; index < picks.length; index++) picks[index] = Math.floor(random() * documents.length);
    values[sample] = resample(documents, picks);
  }
  values.sort();
  const tail = (1 - level) / 2;
  return { low: quantile(values, tail), high: quantile(values, 1 - tail), level, samples };
}

/** Result of a paired bootstrap of two systems on the same documents. */
export interface PairedDifference {
  /** F1 of the second minus F1 of the first. */
  readonly difference: number;
  readonly interval: Interval;
  /** Share of resamples in which the second is not better: the one-sided p-value, (k + 1) / (n + 1). */
  readonly pValue: number;
}

/**
 * Paired bootstrap of the F1 difference: both systems are scored on the same resampled documents.
 * @throws CrfError CRF_DATA_INVALID when the lists differ in length or are empty
 */
export function pairedBootstrap(
  first: readonly Counts[],
  second: readonly Counts[],
  random: RandomSource,
  samples = 10_000,
): PairedDifference {
  if (first.length !== second.length || first.length === 0) {
    throw new CrfError(
      'CRF_DATA_INVALID',
      'A paired comparison needs the same documents, at least one, on both sides.',
    );
  }
  const all = Int32Array.from({ length: first.length }, (_, index) => index);
  const difference = resample(second, all) - resample(first, all);
  const values = new Float64Array(samples);
  const picks = new Int32Array(first.length);
  let notBetter = 0;
  for (let sample = 0; sample < samples; sample++) {
    for (let index = 0; index < picks.length; index++) picks[index] = Math.floor(random() * first.length);
    values[sample] = resample(second, picks) - resample(first, picks);
    if (values[sample]! <= 0) notBetter++;
  }
  values.sort();
  return {
    difference,
    interval: { low: quantile(values, 0.025), high: quantile(values, 0.975), level: 0.95, samples },
    pValue: (notBetter + 1) / (samples + 1),
  };
}
