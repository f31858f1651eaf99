import type { EstimatedF1 } from '../api/monitoring.ts';
import type { Calibration } from './calibration.ts';
import { calibrate } from './calibration.ts';
import type { Observation } from './observation.ts';

/** Expected or counted true positives, predicted and gold spans. */
export interface SpanCounts {
  readonly truePositives: number;
  readonly predicted: number;
  readonly gold: number;
}

export type CountsByLabel = Readonly<Record<string, SpanCounts>>;

/** What makes a model's probabilities hold on notes whose gold is known. */
export interface PerformanceCalibration {
  /** From a span's stated probability to the share that is right. */
  readonly spans: Calibration;
  /** By label, gold spans counted over gold spans that the model expected. */
  readonly goldScale: Readonly<Record<string, number>>;
}

/**
 * Expected counts of one note: every predicted span is a true positive with its calibrated probability, and the
 * number of gold spans is the sum of the probabilities that one begins at each token.
 */
export function expectedCounts(observation: Observation, calibration: PerformanceCalibration): CountsByLabel {
  const counts: Record<string, { truePositives: number; predicted: number; gold: number }> = {};
  const of = (label: string) => (counts[label] ??= { truePositives: 0, predicted: 0, gold: 0 });
  for (const { label, p } of observation.spans) {
    of(label).truePositives += calibrate(calibration.spans, p);
    of(label).predicted += 1;
  }
  for (const [label, expected] of Object.entries(observation.expectedGold)) {
    of(label).gold += expected * (calibration.goldScale[label] ?? 1);
  }
  return counts;
}

/** F1 = 2 TP / (predicted + gold); 0 where there is nothing to find and nothing found. */
export function f1Of({ truePositives, predicted, gold }: SpanCounts): number {
  return predicted + gold === 0 ? 0 : (2 * truePositives) / (predicted + gold);
}

const resamples = 1000;

/**
 * F1 over notes, micro and by label, with the 95 % interval of a bootstrap over notes. `random` yields numbers in
 * [0, 1) and is seeded by the caller, so that a report computed twice is the same.
 */
export function f1WithInterval(notes: readonly CountsByLabel[], random: () => number): EstimatedF1 {
  const totals = notes.map((counts) => addUp(Object.values(counts)));
  const labels = [...new Set(notes.flatMap((counts) => Object.keys(counts)))].sort();
  const byLabel: Record<string, number> = {};
  for (const label of labels) {
    byLabel[label] = f1Of(addUp(notes.flatMap((counts) => counts[label] ?? [])));
  }
  const scores = new Float64Array(resamples);
  for (let i = 0; i < resamples; i += 1) {
    let truePositives = 0;
    let predicted = 0;
    let gold = 0;
    for (let j = 0; j < totals.length; j += 1) {
      const drawn = totals[Math.floor(random() * totals.length)];
      if (drawn === undefined) continue;
      truePositives += drawn.truePositives;
      predicted += drawn.predicted;
      gold += drawn.gold;
    }
    scores[i] = f1Of({ truePositives, predicted, gold });
  }
  scores.sort();
  return {
    f1: f1Of(addUp(totals)),
    interval: [scores[Math.floor(resamples * 0.025)] ?? 0, scores[Math.ceil(resamples * 0.975) - 1] ?? 0],
    byLabel,
    notes: notes.length,
  };
}

function addUp(counts: readonly SpanCounts[]): SpanCounts {
  return {
    truePositives: counts.reduce((total, c) => total + c.truePositives, 0),
    predicted: counts.reduce((total, c) => total + c.predicted, 0),
    gold: counts.reduce((total, c) => total + c.gold, 0),
  };
}
