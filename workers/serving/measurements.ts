import { availableParallelism, cpus } from 'node:os';
import type { Figure } from '../api/common.ts';
import type { EngineContext } from '../engine/context.ts';
import type { VersionRow } from '../registry/service.ts';
import { mappingTask } from './mapping-accuracy.ts';
import type { MappingOutput } from './mapping-accuracy.ts';
import { readSetting, writeSetting } from './queries.ts';
import { speedTask } from './speed.ts';
import type { SpeedOutput } from './speed.ts';

/** What was measured of a version once, on this machine or the one that the workspace was on then. */
export interface Measurement {
  readonly modelVersionId: number;
  readonly modelVersion: string;
  readonly at: number;
  readonly machine: string;
  readonly speed: SpeedOutput;
  readonly mapping: MappingOutput;
}

const key = 'serving.measurements';
/** Enough for a trend. */
const kept = 50;

export function readMeasurements(context: EngineContext): readonly Measurement[] {
  return (readSetting(context.db, key) as readonly Measurement[] | null) ?? [];
}

/** Measures speed and mapping accuracy of a version in a thread and keeps both. */
export async function measure(
  context: EngineContext,
  version: VersionRow,
  splitId: number,
  signal: AbortSignal,
): Promise<Measurement> {
  const input = { artifactId: version.artifactId, splitId };
  const mapping = await context.compute.run(mappingTask, input, { signal });
  const speed = await context.compute.run(speedTask, input, { signal });
  const measurement: Measurement = {
    modelVersionId: version.id,
    modelVersion: version.name,
    at: context.now(),
    machine: `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${String(availableParallelism())} cores`,
    speed,
    mapping,
  };
  context.db
    .transaction(() =>
      writeSetting(context.db, key, [...readMeasurements(context), measurement].slice(-kept)),
    )
    .immediate();
  context.events.emit('registry.changed', { modelVersionId: version.id });
  return measurement;
}

export function speedFigure(measurements: readonly Measurement[], modelVersionId: number | null): Figure {
  const last = measurements.findLast((entry) => entry.modelVersionId === modelVersionId);
  return {
    name: 'Inference speed',
    value: last?.speed.tokensPerSecond ?? null,
    unit: 'tokens/s',
    interval: last === undefined ? null : [last.speed.slowest, last.speed.fastest],
    n: last?.speed.tokens ?? null,
    howComputed:
      last === undefined
        ? 'Measured when a version comes into Production, and on request in Serving.'
        : `${last.modelVersion} tags ${String(last.speed.notes)} notes of its test part with all probabilities, in one thread; median of ${String(last.speed.rounds)} rounds, the range from slowest to fastest beside it. Machine: ${last.machine}.`,
    trend: measurements.map((entry) => ({ at: entry.at, value: entry.speed.tokensPerSecond })),
  };
}

/** Precision, recall and F1 of the one-sentence rule, and the same rule over gold spans. */
export function mappingFigures(
  modelVersion: string,
  mapping: MappingOutput,
  trend: Figure['trend'],
): Record<'precision' | 'recall' | 'f1' | 'f1OnGoldSpans', Figure> {
  const { predicted, onGoldSpans } = mapping;
  const missing = `The test part of ${modelVersion} holds no link between a treatment and a disease. Link some while annotating, take a new snapshot and train on it.`;
  const how = (whose: string): string =>
    `A treatment counts as mapped to a disease when both stand in one sentence (${whose}). Compared with the linked pairs of the test part, merged by case and white space within each note; ${String(mapping.goldPairs)} linked pairs in ${String(mapping.notes)} notes with any pair. Interval: 1000 bootstrap draws of notes.`;
  const figure = (
    name: string,
    measured: { readonly value: number; readonly interval: readonly [number, number] } | undefined,
    whose: string,
  ): Figure => ({
    name,
    value: measured?.value ?? null,
    unit: name.startsWith('Mapping') ? 'F1' : '',
    interval: measured?.interval ?? null,
    n: mapping.goldPairs,
    howComputed: measured === undefined ? missing : how(whose),
    trend: [],
  });
  const own = `spans predicted by ${modelVersion}`;
  return {
    precision: figure('Precision', predicted?.precision, own),
    recall: figure('Recall', predicted?.recall, own),
    f1: { ...figure('Mapping accuracy', predicted?.f1, own), trend },
    f1OnGoldSpans: figure('Mapping accuracy on gold spans', onGoldSpans?.f1, 'gold spans'),
  };
}

export function mappingTrend(measurements: readonly Measurement[]): Figure['trend'] {
  return measurements.flatMap(({ at, mapping }) =>
    mapping.predicted === null ? [] : [{ at, value: mapping.predicted.f1.value }],
  );
}
