import { createRandom } from '../../crf-core/index.ts';
import { MedspanError } from '../api/errors.ts';
import type { EngineContext, JobHandle } from '../engine/context.ts';
import type { Reference } from './drift-report.ts';
import { insertWindow, referenceWindow, windowFeatures } from './queries.ts';
import type { StoredPerformance } from './reference.ts';
import { makeReference } from './reference.ts';
import { scoreTask } from './score-task.ts';
import { bootstrapSeed } from './seed.ts';
import type { MonitoredVersion } from './versions.ts';

export interface StoredReference extends Reference {
  readonly windowId: number;
  readonly notes: number;
  readonly performance: StoredPerformance;
}

/** The stored reference of a version, if it was made already. */
export function storedReference(context: EngineContext, modelVersionId: number): StoredReference | null {
  const window = referenceWindow(context.db, modelVersionId);
  if (window === undefined) return null;
  return {
    windowId: window.id,
    notes: window.notes,
    features: windowFeatures(context.db, window.id),
    performance: JSON.parse(window.performance) as StoredPerformance,
  };
}

/** The reference of a version; made from the notes held out of its training when it is asked for first. */
export async function referenceOf(
  context: EngineContext,
  version: MonitoredVersion,
  job: JobHandle,
): Promise<StoredReference> {
  const stored = storedReference(context, version.id);
  if (stored !== null) return stored;
  const scored = await context.compute.run(
    scoreTask,
    { model: version.model, splitId: version.splitId, notes: { kind: 'held-out' } },
    { signal: job.signal },
  );
  if (scored.observations.length === 0) {
    throw new MedspanError(
      'CANNOT_COMPUTE',
      `${version.name} was trained without notes held out, so there is nothing to compare with. Train it on a split that has a dev or test part.`,
    );
  }
  const { features, performance } = makeReference(scored, createRandom(bootstrapSeed));
  const notes = scored.observations.length;
  const window = {
    kind: 'reference' as const,
    modelVersion: version.name,
    modelVersionId: version.id,
    from: null,
    to: null,
    notes,
    performance: JSON.stringify(performance),
    at: context.now(),
  };
  const windowId = context.db.transaction(() => insertWindow(context.db, window, features)).immediate();
  return { windowId, notes, features, performance };
}
