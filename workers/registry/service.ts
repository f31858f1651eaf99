import { MedspanError } from '../api/errors.ts';
import type {
  BundleExport,
  Gate,
  GuardedStage,
  LedgerEntry,
  ModelVersion,
  registryMethods,
} from '../api/registry.ts';
import type { RunDetail } from '../api/training.ts';
import type { CorpusService } from '../corpus/service.ts';
import type { AreaService, EngineContext } from '../engine/context.ts';
import type { CardFacts } from './bundle/model-card.ts';
import { exportVersion } from './export-bundle.ts';
import { createGateBoard } from './gate-board.ts';
import { editGate, waiveGate } from './gate-acts.ts';
import { createLedgerStore } from './ledger-store.ts';
import { productVersion } from './product-files.ts';
import { productionHistory } from './production-history.ts';
import { createPromotion } from './promotion.ts';
import { createRegistryQueries } from './queries.ts';
import type { VersionRow } from './queries.ts';
import { registerRun } from './register.ts';
import { runGatesOfStage } from './run-gates.ts';
import type { GateRunResult, GateRunner } from './run-gates.ts';
import { seedGates } from './seed.ts';
import { registrySummary } from './summary.ts';
import { describeVersion } from './version-view.ts';

export type { VersionRow } from './queries.ts';
export type { GateRunResult } from './run-gates.ts';
export { bundleTemplateFolder, productVersion } from './product-files.ts';
export { readArtifact, readRoles } from './queries.ts';
export { goldOf, keyOf, predictedSpans } from './test-part.ts';
export type { GoldNote } from './test-part.ts';

/** What the registry needs of training. */
export interface TrainedRuns {
  run(runId: number): RunDetail;
}

export interface RegistryService extends AreaService<typeof registryMethods> {
  /** Makes a version of a finished run; the same run under the same name gives the same version. */
  register(runId: number, options?: { readonly model?: string; readonly description?: string }): VersionRow;
  version(versionId: number): VersionRow;
  versions(): readonly VersionRow[];
  /** `model/number`, as logs name it; undefined where no such version is known. */
  versionNamed(name: string): VersionRow | undefined;
  /** What stands in Production; of several models the one that was promoted last. */
  productionVersion(): VersionRow | null;
  stagingVersion(): VersionRow | null;
  stageOf(versionId: number): { readonly stage: ModelVersion['stage']; readonly since: number };
  versionModel(versionId: number): Uint8Array;
  /** Runs the gates of a stage as a job; `done` settles with it. */
  runGates(
    versionId: number,
    stage: GuardedStage,
  ): { readonly id: number; readonly done: Promise<GateRunResult> };
  /** Why a version may not be promoted now, or null. */
  blocked(versionId: number, stage: GuardedStage): string | null;
  promote(versionId: number, stage: GuardedStage, reason: string): LedgerEntry;
  exportBundle(versionId: number, path: string, packed: boolean, signal?: AbortSignal): Promise<BundleExport>;
  lastExport(): { readonly path: string; readonly packed: boolean; readonly at: number } | null;
}

export function createRegistryService(
  context: EngineContext,
  corpus: Pick<CorpusService, 'snapshot' | 'split'>,
  training: TrainedRuns,
): RegistryService {
  const { db } = context;
  const queries = createRegistryQueries(db);
  const ledger = createLedgerStore(context, queries);
  const board = createGateBoard(queries, (versionId) => champion(versionId)?.name ?? null);
  const promotion = createPromotion(context, queries, ledger, board);
  const runner: GateRunner = { context, queries, board, run: (runId) => training.run(runId), champion, card };

  function version(versionId: number): VersionRow {
    const found = queries.version(versionId);
    if (found !== undefined) return found;
    throw new MedspanError('NOT_FOUND', `There is no model version ${String(versionId)} in this workspace.`, {
      versionId,
    });
  }

  /** The version in Production that another version of the same model must be no worse than. */
  function champion(versionId: number): VersionRow | null {
    const { model } = version(versionId);
    const { current } = productionHistory(queries.entriesOfModel(model));
    return current === null || current === versionId ? null : version(current);
  }

  function newestIn(stage: ModelVersion['stage']): VersionRow | null {
    const standing = queries
      .versions()
      .map((row) => ({ row, at: queries.stage(row.id) }))
      .filter((entry) => entry.at.stage === stage)
      .toSorted((a, b) => b.at.since - a.at.since || b.row.id - a.row.id);
    return standing[0]?.row ?? null;
  }

  function view(row: VersionRow): ModelVersion {
    return describeVersion(row, training.run(row.runId), queries.stage(row.id), board);
  }

  function card(row: VersionRow): CardFacts {
    const run = training.run(row.runId);
    const snapshot = corpus.snapshot(run.snapshotId);
    return {
      version: view(row),
      run: {
        name: run.name,
        trainer: run.trainer,
        templateSet: run.templateSetName,
        parameters: run.parameters,
        seed: run.seed,
        engineVersion: run.engineVersion,
        snapshotSha256: run.snapshotSha256,
      },
      data: {
        snapshotName: snapshot.name,
        noteCount: snapshot.noteCount,
        spanCount: snapshot.spanCount,
        labelCounts: snapshot.labelCounts,
        parts: corpus.split(run.splitId).counts,
      },
      evaluation: run.evaluation,
      gates: board.results(row.id),
      medspan: productVersion(),
    };
  }

  function runGates(versionId: number, stage: GuardedStage) {
    const row = version(versionId);
    const title = `Checks of ${row.name} for ${stage}`;
    return context.jobs.start({
      kind: 'registry.gates',
      title,
      run: (job) => runGatesOfStage(runner, row, stage, job),
    });
  }

  async function exportBundle(versionId: number, path: string, packed: boolean, signal?: AbortSignal) {
    const row = version(versionId);
    const { row: exported } = await exportVersion(context, queries, {
      version: row,
      splitId: training.run(row.runId).splitId,
      card: card(row),
      target: path,
      packed,
      testNotes: 0,
      ...(signal === undefined ? {} : { signal }),
    });
    db.transaction(() => queries.addExport(versionId, exported)).immediate();
    context.events.emit('registry.changed', { modelVersionId: versionId });
    return exported;
  }

  function gate(gateId: number): Gate {
    const found = board.gates().find((candidate) => candidate.id === gateId);
    if (found !== undefined) return found;
    throw new MedspanError('NOT_FOUND', `There is no gate ${String(gateId)} in this workspace.`, { gateId });
  }

  const register: RegistryService['register'] = (runId, options = {}) =>
    registerRun(context, queries, ledger, training, {
      runId,
      model: 'clinical-ner',
      description: '',
      ...options,
    });

  return {
    register,
    version,
    versions: () => queries.versions(),
    versionNamed: (name) => queries.versions().find((row) => row.name === name),
    productionVersion: () => newestIn('Production'),
    stagingVersion: () => newestIn('Staging'),
    stageOf: (versionId) => queries.stage(versionId),
    versionModel(versionId) {
      const bytes = queries.modelBytes(version(versionId).id);
      if (bytes === undefined)
        throw new MedspanError('NOT_FOUND', 'The model of this version is not there any more.');
      return bytes;
    },
    runGates,
    blocked: (versionId, stage) => board.blocked(version(versionId).id, stage),
    promote: (versionId, stage, reason) => promotion.promote(versionId, stage, reason),
    exportBundle,
    lastExport() {
      const row = queries.newestExport();
      return row === undefined ? null : { ...row, packed: row.packed === 1 };
    },
    start: () => seedGates(db, queries),
    handlers: {
      'registry.summary': () => registrySummary(queries.versions().map(view), queries.entriesOldestFirst()),
      'registry.versions': () => queries.versions().map(view),
      'registry.version': ({ modelVersionId }) => {
        const row = version(modelVersionId);
        return {
          ...view(row),
          snapshotSha256: training.run(row.runId).snapshotSha256,
          gateResults: board.results(row.id),
          exports: queries.exports(row.id),
        };
      },
      'registry.register': ({ runId, model, description }) => ({
        modelVersionId: register(runId, { model, description }).id,
      }),
      'registry.gates': () => board.gates(),
      'registry.setGate': (input) => {
        editGate(context, queries, gate(input.gateId), input);
        return gate(input.gateId);
      },
      'registry.runGates': ({ modelVersionId, stage }) => ({ jobId: runGates(modelVersionId, stage).id }),
      'registry.waive': ({ modelVersionId, gateId, reason }) => {
        const row = version(modelVersionId);
        waiveGate(context, queries, board, row, gate(gateId), reason);
        return null;
      },
      'registry.promote': ({ modelVersionId, stage, reason }) =>
        promotion.promote(modelVersionId, stage, reason),
      'registry.archive': ({ modelVersionId, reason }) => promotion.archive(modelVersionId, reason),
      'registry.rollback': ({ model, reason }) =>
        promotion.rollback(
          model ?? newestIn('Production')?.model ?? queries.modelNames()[0] ?? 'clinical-ner',
          reason,
        ),
      'registry.ledger': ({ limit, offset }) => ({
        rows: queries.entries(limit, offset),
        total: queries.entryCount(),
      }),
      'registry.verifyLedger': () => ledger.verify(),
      'registry.productionAt': ({ at }) => productionAt(at),
      'registry.exportBundle': ({ modelVersionId, path, packed }, call) =>
        exportBundle(modelVersionId, path, packed, call.signal),
    },
  };

  /** The entry that brought each model's Production of that moment there. */
  function productionAt(at: number): LedgerEntry[] {
    return queries.modelNames().flatMap((model) => {
      const before = queries.entriesOfModel(model).filter((entry) => entry.at <= at);
      const { current } = productionHistory(before);
      const entry = before.findLast(
        (each) => each.modelVersionId === current && each.toStage === 'Production',
      );
      return entry === undefined ? [] : [entry];
    });
  }
}
