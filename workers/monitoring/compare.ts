import { createRandom } from '../../crf-core/index.ts';
import { MedspanError } from '../api/errors.ts';
import type { EngineContext, JobHandle } from '../engine/context.ts';
import { raiseAlert } from './alerts.ts';
import type { LogWindow } from './current-window.ts';
import { readWindow } from './current-window.ts';
import { collectFeatures, compareWindows } from './drift-report.ts';
import type { Observation } from './observation.ts';
import { insertReport, insertWindow } from './queries.ts';
import { referenceOf } from './reference-store.ts';
import { bootstrapSeed } from './seed.ts';
import { monitoringSettings } from './settings.ts';
import type { MonitoredVersion } from './versions.ts';

/** Compares a stretch of the logs with the reference, stores the report and raises the alert that follows. */
export async function compareLogs(
  context: EngineContext,
  version: MonitoredVersion,
  window: LogWindow,
  job: JobHandle,
): Promise<{ readonly reportId: number; readonly alertId: number | null }> {
  const { db, now } = context;
  const reference = await referenceOf(context, version, job);
  const current: Observation[] = [];
  for await (const { observation } of readWindow(context, window, job.signal)) current.push(observation);
  if (job.signal.aborted) throw new MedspanError('CANCELLED', 'The comparison was cancelled.');
  if (current.length === 0) {
    throw new MedspanError('CANNOT_COMPUTE', 'No logged prediction lies in that stretch. Choose another.');
  }
  const settings = monitoringSettings(db);
  const comparison = compareWindows(reference, current, settings, createRandom(bootstrapSeed));

  const store = db.transaction(() => {
    const currentWindowId = insertWindow(
      db,
      {
        kind: 'current',
        modelVersion: version.name,
        modelVersionId: version.id,
        from: window.from,
        to: window.to,
        notes: current.length,
        performance: JSON.stringify(comparison.estimatedF1),
        at: now(),
      },
      collectFeatures(current),
    );
    const reportId = insertReport(db, {
      referenceWindowId: reference.windowId,
      currentWindowId,
      verdict: comparison.verdict,
      report: JSON.stringify(comparison),
      profileId: context.profile().id,
      at: now(),
    });
    const { relativeDrop } = comparison;
    const alertId =
      relativeDrop !== null && relativeDrop >= settings.dropThreshold
        ? raiseAlert(context, {
            kind: 'estimated-drop',
            reportId,
            auditId: null,
            value: relativeDrop,
            threshold: settings.dropThreshold,
            modelVersion: version.name,
          })
        : null;
    return { reportId, alertId };
  });
  const stored = store.immediate();
  context.events.emit('monitoring.changed', { reportId: stored.reportId });
  if (stored.alertId !== null) context.events.emit('alert.raised', { alertId: stored.alertId });
  return stored;
}
