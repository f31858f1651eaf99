import type { Timeline, TimelinePoint } from '../api/monitoring.ts';
import type { PerformanceCalibration } from './estimated-f1.ts';
import { expectedCounts, f1Of } from './estimated-f1.ts';
import type { Observation } from './observation.ts';

const day = 86_400_000;
/** 1970-01-01 was a Thursday; weeks begin on Monday. */
const firstMonday = 4 * day;

export type Bucket = 'day' | 'week';

/** Start of the day or week, UTC, that a moment lies in. */
export function bucketStart(at: number, bucket: Bucket): number {
  return bucket === 'day'
    ? Math.floor(at / day) * day
    : Math.floor((at - firstMonday) / (7 * day)) * 7 * day + firstMonday;
}

/** Adds observations up, stretch by stretch, without keeping them. */
export class TimelineBuilder {
  readonly #buckets = new Map<number, Sums>();
  readonly #bucket: Bucket;
  readonly #calibration: PerformanceCalibration | null;
  readonly #minimumNotes: number;

  constructor(bucket: Bucket, calibration: PerformanceCalibration | null, minimumNotes: number) {
    this.#bucket = bucket;
    this.#calibration = calibration;
    this.#minimumNotes = minimumNotes;
  }

  add(at: number, observation: Observation): void {
    const start = bucketStart(at, this.#bucket);
    let sums = this.#buckets.get(start);
    if (sums === undefined) this.#buckets.set(start, (sums = new Sums()));
    sums.add(observation, this.#calibration);
  }

  points(): Timeline['points'] {
    return [...this.#buckets.entries()]
      .sort(([a], [b]) => a - b)
      .map(([at, sums]) => ({ at, ...sums.summary(this.#minimumNotes) }));
  }
}

/** The same figures over a set of notes without a time, for the reference. */
export function summarise(
  observations: readonly Observation[],
  calibration: PerformanceCalibration | null,
): Omit<TimelinePoint, 'at'> {
  const sums = new Sums();
  for (const observation of observations) sums.add(observation, calibration);
  return sums.summary(1);
}

class Sums {
  #notes = 0;
  #entities = 0;
  readonly #confidence = new Mean();
  readonly #unseen = new Mean();
  #truePositives = 0;
  #gold = 0;
  #estimated = false;

  add(observation: Observation, calibration: PerformanceCalibration | null): void {
    this.#notes += 1;
    this.#entities += observation.spans.length;
    this.#confidence.add(observation.features['meanTokenMaxMarginal']);
    this.#unseen.add(observation.features['oovShare']);
    if (calibration === null) return;
    this.#estimated = true;
    for (const counts of Object.values(expectedCounts(observation, calibration))) {
      this.#truePositives += counts.truePositives;
      this.#gold += counts.gold;
    }
  }

  summary(minimumNotes: number): Omit<TimelinePoint, 'at'> {
    const enough = this.#estimated && this.#notes >= minimumNotes;
    return {
      notes: this.#notes,
      entitiesPerNote: this.#notes === 0 ? 0 : this.#entities / this.#notes,
      confidence: this.#confidence.value(),
      outOfVocabularyShare: this.#unseen.value(),
      estimatedF1: enough
        ? f1Of({ truePositives: this.#truePositives, predicted: this.#entities, gold: this.#gold })
        : null,
    };
  }
}

class Mean {
  #total = 0;
  #count = 0;

  add(value: number | undefined): void {
    if (value === undefined) return;
    this.#total += value;
    this.#count += 1;
  }

  value(): number | null {
    return this.#count === 0 ? null : this.#total / this.#count;
  }
}
