import { MedspanError } from '../api/errors.ts';
import type { RunDetail } from '../api/training.ts';
import type { EngineContext } from '../engine/context.ts';
import type { LedgerStore } from './ledger-store.ts';
import type { RegistryQueries, VersionRow } from './queries.ts';

export interface RegisterRequest {
  readonly runId: number;
  readonly model: string;
  readonly description: string;
}

/** Makes a version of a finished run's model, or gives the one that it made before under the same name. */
export function registerRun(
  context: EngineContext,
  queries: RegistryQueries,
  ledger: LedgerStore,
  training: { run(runId: number): RunDetail },
  request: RegisterRequest,
): VersionRow {
  const known = queries.versionOfRun(request.runId, request.model);
  if (known !== undefined) return known;
  const run = training.run(request.runId);
  const artifactId = queries.artifactOfRun(request.runId);
  if (run.state !== 'finished' || artifactId === null) {
    throw new MedspanError(
      'NOT_ALLOWED',
      `Run “${run.name}” has no finished model. Let it end, or choose another run.`,
      {
        runId: run.id,
      },
    );
  }
  const id = context.db
    .transaction(() => {
      const at = context.now();
      const modelVersionId = queries.addVersion({
        modelId: queries.modelId(request.model, at),
        runId: request.runId,
        artifactId,
        description: request.description,
        profileId: context.profile().id,
        at,
      });
      ledger.append({
        modelVersionId,
        action: 'registered',
        toStage: 'None',
        reason: `Registered from run “${run.name}”.`,
      });
      return modelVersionId;
    })
    .immediate();
  context.events.emit('registry.changed', { modelVersionId: id });
  const made = queries.version(id);
  if (made === undefined) throw new Error('the version was not stored');
  return made;
}
