import { basename } from 'node:path';
import { MedspanError } from '../api/errors.ts';
import type { Alert, DriftReport, Timeline } from '../api/monitoring.ts';
import type { monitoringMethods } from '../api/monitoring.ts';
import type { AreaService, EngineContext } from '../engine/context.ts';
import type { RegistryService } from '../registry/service.ts';
import type { TrainingService } from '../training/service.ts';
import { auditCorpus } from './audit.ts';
import { compareLogs } from './compare.ts';
import { readWindow } from './current-window.ts';
import { importLog } from './log-import.ts';
import * as queries from './queries.ts';
import { storedReference } from './reference-store.ts';
import { changeSettings, monitoringSettings } from './settings.ts';
import { monitoringSummary } from './summary.ts';
import type { Bucket } from './timeline.ts';
import { TimelineBuilder } from './timeline.ts';
import { productionVersion, versionNamed } from './versions.ts';

export type MonitoringService = AreaService<typeof monitoringMethods>;

export function createMonitoringService(
  context: EngineContext,
  training: TrainingService,
  registry: RegistryService,
): MonitoringService {
  const { db, jobs, events, now } = context;

  /** The stretch that is asked for, by default all that the version wrote; versions by their newest line. */
  function windowOf(asked: {
    readonly modelVersion?: string | undefined;
    readonly from?: number | undefined;
    readonly to?: number | undefined;
  }) {
    const logged = queries.loggedVersions(db);
    const found =
      asked.modelVersion === undefined
        ? logged[0]
        : logged.find(({ modelVersion }) => modelVersion === asked.modelVersion);
    if (found === undefined) {
      throw new MedspanError('NOT_FOUND', 'There are no logs to look at. Import prediction logs first.');
    }
    return {
      modelVersion: found.modelVersion,
      from: asked.from ?? found.from,
      to: asked.to ?? found.to + 1,
    };
  }

  function importLogs(paths: readonly string[]): number {
    const title = paths.length === 1 ? `Import ${basename(paths[0] ?? '')}` : `Import ${paths.length} logs`;
    return jobs.start({
      kind: 'monitoring.importLogs',
      title,
      async run(job) {
        let added = 0;
        let rejected = 0;
        for (const [i, path] of paths.entries()) {
          const file = { path, name: basename(path) };
          const result = await importLog(context, file, job, (bytes, total) =>
            job.progress((i + bytes / total) / paths.length),
          );
          added += result.added;
          rejected += result.rejected;
          events.emit('monitoring.changed', { reportId: null });
        }
        return { added, rejected, files: paths.length };
      },
    }).id;
  }

  async function timeline(
    modelVersion: string | undefined,
    bucket: Bucket,
    signal: AbortSignal,
  ): Promise<Timeline> {
    const logged = queries.loggedVersions(db);
    const modelVersions = logged.map((entry) => entry.modelVersion);
    if (logged.length === 0) {
      return { points: [], reference: null, modelVersions, from: null, to: null };
    }
    const window = windowOf({ modelVersion });
    const version = registry.versionNamed(window.modelVersion);
    const reference = version === undefined ? null : storedReference(context, version.id);
    const builder = new TimelineBuilder(
      bucket,
      reference?.performance.calibration ?? null,
      monitoringSettings(db).minimumNotes,
    );
    for await (const { at, observation } of readWindow(context, window, signal)) builder.add(at, observation);
    return {
      points: builder.points(),
      reference: reference?.performance.summary ?? null,
      modelVersions,
      from: window.from,
      to: window.to,
    };
  }

  function report(reportId: number): DriftReport {
    const stored = queries.storedReport(db, reportId);
    const reference = stored && queries.storedWindow(db, stored.referenceWindowId);
    const current = stored && queries.storedWindow(db, stored.currentWindowId);
    if (stored === undefined || reference === undefined || current === undefined) {
      throw new MedspanError('NOT_FOUND', `There is no drift report ${reportId} in this workspace.`, {
        reportId,
      });
    }
    const describe = (kind: 'reference' | 'current', window: queries.StoredWindow) => ({
      kind,
      modelVersion: window.modelVersion,
      from: window.from,
      to: window.to,
      notes: window.notes,
    });
    return {
      ...(JSON.parse(stored.report) as Omit<DriftReport, 'id'>),
      id: stored.id,
      createdAt: stored.createdAt,
      createdBy: stored.createdBy,
      reference: describe('reference', reference),
      current: describe('current', current),
      alertId: stored.alertId,
    };
  }

  function setAlert(alertId: number, state: Alert['state']): Alert {
    queries.setAlertState(db, alertId, state, now());
    const changed = queries.alert(db, alertId);
    if (changed === undefined) {
      throw new MedspanError('NOT_FOUND', `There is no alert ${alertId} in this workspace.`, { alertId });
    }
    events.emit('monitoring.changed', { reportId: changed.reportId });
    return changed;
  }

  return {
    handlers: {
      'monitoring.summary': () => monitoringSummary(context),
      'monitoring.importLogs': ({ paths }) => ({ jobId: importLogs(paths) }),
      'monitoring.logImports': () => queries.logImports(db),
      'monitoring.removeLogImport': ({ logImportId }) => {
        if (!queries.deleteLogImport(db, logImportId)) {
          throw new MedspanError('NOT_FOUND', `There is no log import ${logImportId}.`, { logImportId });
        }
        events.emit('monitoring.changed', { reportId: null });
        return null;
      },
      'monitoring.timeline': ({ modelVersion, bucket }, { signal }) => timeline(modelVersion, bucket, signal),
      'monitoring.compare': (input) => {
        const window = windowOf(input);
        const version = versionNamed(registry, training, window.modelVersion);
        const { id: jobId } = jobs.start({
          kind: 'monitoring.compare',
          title: `Compare logs of ${window.modelVersion}`,
          run: (job) => compareLogs(context, version, window, job).then((result) => ({ ...result })),
        });
        return { jobId };
      },
      'monitoring.reports': ({ limit, offset }) => queries.reportRows(db, limit, offset),
      'monitoring.report': ({ reportId }) => report(reportId),
      'monitoring.audit': ({ corpusId }) => {
        const version = productionVersion(registry, training);
        const { id: jobId } = jobs.start({
          kind: 'monitoring.audit',
          title: `Audit ${version.name}`,
          run: (job) => auditCorpus(context, version, corpusId, job).then((result) => ({ ...result })),
        });
        return { jobId };
      },
      'monitoring.audits': () => queries.audits(db),
      'monitoring.alerts': () => queries.alerts(db),
      'monitoring.setAlert': ({ alertId, state }) => setAlert(alertId, state),
      'monitoring.settings': () => monitoringSettings(db),
      'monitoring.setSettings': (change) => changeSettings(db, change),
    },
    start() {
      db.transaction(() => queries.interruptLogImports(db, now())).immediate();
    },
  };
}
