import type { DriftVerdict, FeatureDrift, MonitoringSettings } from '../api/monitoring.ts';
import { jensenShannonDistance, populationStabilityIndex } from './divergence.ts';
import { benjaminiHochberg } from './false-discovery.ts';
import { sharedHistogram } from './histogram.ts';
import { kolmogorovSmirnov } from './kolmogorov-smirnov.ts';
import { describeFeature } from './observation.ts';

/** Values by feature, one a note. */
export type FeatureValues = Readonly<Record<string, readonly number[]>>;

const significance = 0.05;

/**
 * Compares every feature that the reference knows. A feature has drifted when chance is an unlikely cause
 * (Kolmogorov–Smirnov over notes, Benjamini–Hochberg q ≤ 0.05 over all features of the report) and the change is
 * large enough to matter (Jensen–Shannon distance at least the effect floor). Most drifted first.
 */
export function compareFeatures(
  reference: FeatureValues,
  current: FeatureValues,
  settings: Pick<MonitoringSettings, 'minimumNotes' | 'effectFloor'>,
): readonly FeatureDrift[] {
  const measured = Object.keys(reference).map((feature) =>
    measure(feature, reference[feature] ?? [], current[feature] ?? [], settings.minimumNotes),
  );
  const tested = measured.filter((drift) => drift.pValue !== null);
  const qValues = benjaminiHochberg(tested.map((drift) => drift.pValue ?? 1));
  const judged = new Map(tested.map((drift, i) => [drift.feature, qValues[i] ?? 1]));
  return measured
    .map((drift) => {
      const qValue = judged.get(drift.feature) ?? null;
      return { ...drift, qValue, verdict: verdictOf(qValue, drift.jensenShannon, settings.effectFloor) };
    })
    .sort(byDrift);
}

function measure(
  feature: string,
  reference: readonly number[],
  current: readonly number[],
  minimumNotes: number,
): Omit<FeatureDrift, 'qValue' | 'verdict'> {
  const base = {
    feature,
    ...describeFeature(feature),
    referenceNotes: reference.length,
    currentNotes: current.length,
    referenceMean: mean(reference),
    currentMean: mean(current),
  };
  if (Math.min(reference.length, current.length) < minimumNotes) {
    return { ...base, psi: null, jensenShannon: null, ks: null, pValue: null, histogram: null };
  }
  const histogram = sharedHistogram(reference, current);
  const { statistic, pValue } = kolmogorovSmirnov(reference, current);
  return {
    ...base,
    psi: populationStabilityIndex(histogram.reference, histogram.current),
    jensenShannon: jensenShannonDistance(histogram.reference, histogram.current),
    ks: statistic,
    pValue,
    histogram,
  };
}

function verdictOf(qValue: number | null, effect: number | null, floor: number): DriftVerdict {
  if (qValue === null || effect === null) return 'not-enough-data';
  return qValue <= significance && effect >= floor ? 'drift' : 'no-drift';
}

const rank: Readonly<Record<DriftVerdict, number>> = { drift: 0, 'no-drift': 1, 'not-enough-data': 2 };

function byDrift(a: FeatureDrift, b: FeatureDrift): number {
  return rank[a.verdict] - rank[b.verdict] || (b.jensenShannon ?? 0) - (a.jensenShannon ?? 0);
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((total, value) => total + value, 0) / values.length;
}
