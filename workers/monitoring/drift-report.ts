import type {
  DriftReport,
  DriftVerdict,
  EstimatedF1,
  FeatureDrift,
  MonitoringSettings,
} from '../api/monitoring.ts';
import type { PerformanceCalibration } from './estimated-f1.ts';
import { expectedCounts, f1WithInterval } from './estimated-f1.ts';
import type { FeatureValues } from './feature-drift.ts';
import { compareFeatures } from './feature-drift.ts';
import type { Observation } from './observation.ts';

/** The notes a model version is compared with, and what is known of them. */
export interface Reference {
  readonly features: FeatureValues;
  readonly performance: ReferencePerformance;
}

export interface ReferencePerformance {
  /** Strict span F1 on the reference notes, counted against gold. */
  readonly f1: EstimatedF1;
  readonly calibration: PerformanceCalibration;
  /** Calibration error of span probabilities before and after, on these notes. */
  readonly calibrationError: { readonly before: number; readonly after: number };
}

export type Comparison = Pick<
  DriftReport,
  | 'verdict'
  | 'statement'
  | 'features'
  | 'referenceF1'
  | 'estimatedF1'
  | 'relativeDrop'
  | 'dropThreshold'
  | 'remarks'
>;

/** Everything that a report says, from the reference and the observations of the current window. */
export function compareWindows(
  reference: Reference,
  current: readonly Observation[],
  settings: MonitoringSettings,
  random: () => number,
): Comparison {
  const features = compareFeatures(reference.features, collectFeatures(current), settings);
  const referenceF1 = reference.performance.f1;
  const enough = current.length >= settings.minimumNotes;
  const estimatedF1 = enough
    ? f1WithInterval(
        current.map((observation) => expectedCounts(observation, reference.performance.calibration)),
        random,
      )
    : null;
  const relativeDrop =
    estimatedF1 === null || referenceF1.f1 === 0 ? null : (referenceF1.f1 - estimatedF1.f1) / referenceF1.f1;
  const verdict = overallVerdict(features, enough);
  return {
    verdict,
    statement: stateVerdict(verdict, features, current.length, settings, relativeDrop),
    features,
    referenceF1,
    estimatedF1,
    relativeDrop,
    dropThreshold: settings.dropThreshold,
    remarks: [
      'The estimated F1 holds as long as the same words still mean the same; it cannot see that labels changed their meaning. An audit of a few annotated notes can.',
      `Span probabilities are calibrated on ${referenceF1.notes} held-out notes (calibration error ${reference.performance.calibrationError.before.toFixed(3)} before, ${reference.performance.calibrationError.after.toFixed(3)} after).`,
    ],
  };
}

/** Columns of values by feature. */
export function collectFeatures(observations: readonly Observation[]): FeatureValues {
  const columns: Record<string, number[]> = {};
  for (const { features } of observations) {
    for (const [feature, value] of Object.entries(features)) (columns[feature] ??= []).push(value);
  }
  return columns;
}

function overallVerdict(features: readonly FeatureDrift[], enough: boolean): DriftVerdict {
  if (!enough) return 'not-enough-data';
  return features.some(({ verdict }) => verdict === 'drift') ? 'drift' : 'no-drift';
}

function stateVerdict(
  verdict: DriftVerdict,
  features: readonly FeatureDrift[],
  notes: number,
  settings: MonitoringSettings,
  relativeDrop: number | null,
): string {
  const drop =
    relativeDrop === null
      ? ''
      : relativeDrop > 0
        ? ` F1 is estimated ${(100 * relativeDrop).toFixed(1)} % below the reference.`
        : ' F1 is estimated no lower than the reference.';
  if (verdict === 'not-enough-data') {
    return `${notes} notes are too few to tell drift from chance; at least ${settings.minimumNotes} are needed.`;
  }
  const drifted = features.filter((feature) => feature.verdict === 'drift');
  const tested = features.filter((feature) => feature.verdict !== 'not-enough-data').length;
  if (verdict === 'no-drift') return `None of ${tested} features drifted over ${notes} notes.${drop}`;
  const first = drifted
    .slice(0, 3)
    .map(({ title }) => title)
    .join(', ');
  return `${drifted.length} of ${tested} features drifted over ${notes} notes, first of all: ${first}.${drop}`;
}
