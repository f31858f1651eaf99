import { createRandom } from '../../crf-core/index.ts';
import { MedspanError } from '../api/errors.ts';
import type { EngineContext, JobHandle } from '../engine/context.ts';
import { raiseAlert } from './alerts.ts';
import { f1WithInterval } from './estimated-f1.ts';
import { annotatedNotes, insertAudit } from './queries.ts';
import { referenceOf } from './reference-store.ts';
import { scoreTask } from './score-task.ts';
import { bootstrapSeed } from './seed.ts';
import { monitoringSettings } from './settings.ts';
import type { MonitoredVersion } from './versions.ts';

/** Scores a version on the annotated notes of a corpus and compares with its reference. */
export async function auditCorpus(
  context: EngineContext,
  version: MonitoredVersion,
  corpusId: number,
  job: JobHandle,
): Promise<{ readonly auditId: number; readonly alertId: number | null }> {
  const { db, now } = context;
  const settings = monitoringSettings(db);
  const annotated = annotatedNotes(db, corpusId).length;
  if (annotated < settings.minimumNotes) {
    throw new MedspanError(
      'CANNOT_COMPUTE',
      `${annotated} annotated notes are too few for an audit; at least ${settings.minimumNotes} are needed.`,
      { annotated, needed: settings.minimumNotes },
    );
  }
  const reference = await referenceOf(context, version, job);
  const { counted } = await context.compute.run(
    scoreTask,
    { model: version.model, splitId: version.splitId, notes: { kind: 'corpus', corpusId } },
    { signal: job.signal, onProgress: (notes) => job.progress(notes / annotated) },
  );
  const { f1, interval, notes } = f1WithInterval(counted, createRandom(bootstrapSeed));
  const before = reference.performance.f1.f1;
  const relativeDrop = before === 0 ? 0 : (before - f1) / before;

  const store = db.transaction(() => {
    const auditId = insertAudit(db, {
      corpusId,
      modelVersionId: version.id,
      notes,
      f1,
      low: interval[0],
      high: interval[1],
      relativeDrop,
      at: now(),
    });
    const alertId =
      relativeDrop >= settings.dropThreshold
        ? raiseAlert(context, {
            kind: 'audited-drop',
            reportId: null,
            auditId,
            value: relativeDrop,
            threshold: settings.dropThreshold,
            modelVersion: version.name,
          })
        : null;
    return { auditId, alertId };
  });
  const stored = store.immediate();
  context.events.emit('monitoring.changed', { reportId: null });
  if (stored.alertId !== null) context.events.emit('alert.raised', { alertId: stored.alertId });
  return stored;
}
