import type { TimelinePoint } from '../api/monitoring.ts';
import { expectedCalibrationError, isotonicCalibration } from './calibration.ts';
import type { Reference, ReferencePerformance } from './drift-report.ts';
import { collectFeatures } from './drift-report.ts';
import type { CountsByLabel, PerformanceCalibration } from './estimated-f1.ts';
import { f1WithInterval } from './estimated-f1.ts';
import type { Observation } from './observation.ts';
import type { ScoreOutput } from './score-task.ts';
import { summarise } from './timeline.ts';

/** What is stored of a reference beside its features. */
export interface StoredPerformance extends ReferencePerformance {
  readonly summary: Omit<TimelinePoint, 'at'>;
}

/**
 * A reference from scored notes: features a note, F1 against gold, and the calibration under which the model's
 * own probabilities would have given that F1. The calibration of span probabilities is kept only if it lowers
 * their error on spans that it was not fitted on.
 */
export function makeReference(
  scored: ScoreOutput,
  random: () => number,
): Reference & { readonly performance: StoredPerformance } {
  const fitted = isotonicCalibration(scored.spans);
  const before = expectedCalibrationError(scored.spans, null);
  const after = crossFittedError(scored.spans);
  const calibration: PerformanceCalibration = {
    spans: after < before ? fitted : { bounds: [], values: [] },
    goldScale: goldScale(scored.observations, scored.counted),
  };
  return {
    features: collectFeatures(scored.observations),
    performance: {
      f1: f1WithInterval(scored.counted, random),
      calibration,
      calibrationError: { before, after: Math.min(before, after) },
      summary: summarise(scored.observations, calibration),
    },
  };
}

/** The error on spans that a calibration did not see: fitted on one half, measured on the other, both ways. */
function crossFittedError(spans: ScoreOutput['spans']): number {
  const halves = [0, 1].map((half) => spans.filter((_, i) => i % 2 === half));
  const errors = halves.map((half, i) =>
    expectedCalibrationError(half, isotonicCalibration(halves[1 - i] ?? [])),
  );
  return (errors[0] ?? 0) / 2 + (errors[1] ?? 0) / 2;
}

/** By label, gold spans counted over gold spans expected; 1 where the model expected none. */
function goldScale(
  observations: readonly Observation[],
  counted: readonly CountsByLabel[],
): Readonly<Record<string, number>> {
  const expected: Record<string, number> = {};
  const actual: Record<string, number> = {};
  for (const { expectedGold } of observations) {
    for (const [label, value] of Object.entries(expectedGold))
      expected[label] = (expected[label] ?? 0) + value;
  }
  for (const counts of counted) {
    for (const [label, { gold }] of Object.entries(counts)) actual[label] = (actual[label] ?? 0) + gold;
  }
  return Object.fromEntries(
    Object.entries(expected).map(([label, value]) => [label, value > 0 ? (actual[label] ?? 0) / value : 1]),
  );
}
