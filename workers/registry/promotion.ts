import { MedspanError } from '../api/errors.ts';
import type { GuardedStage, LedgerEntry } from '../api/registry.ts';
import type { EngineContext } from '../engine/context.ts';
import type { GateBoard } from './gate-board.ts';
import type { LedgerStore } from './ledger-store.ts';
import { productionHistory } from './production-history.ts';
import type { RegistryQueries, VersionRow } from './queries.ts';

export interface Promotion {
  promote(versionId: number, stage: GuardedStage, reason: string): LedgerEntry;
  archive(versionId: number, reason: string): LedgerEntry;
  rollback(model: string, reason: string): LedgerEntry;
}

/** Moves versions between stages. Each decision is one transaction: a crash leaves the old state or the new one. */
export function createPromotion(
  context: EngineContext,
  queries: RegistryQueries,
  ledger: LedgerStore,
  board: GateBoard,
): Promotion {
  const { db, events } = context;

  function decide(modelVersionId: number, act: () => LedgerEntry): LedgerEntry {
    const entry = db.transaction(act).immediate();
    events.emit('registry.changed', { modelVersionId });
    return entry;
  }

  function version(versionId: number): VersionRow {
    const found = queries.version(versionId);
    if (found !== undefined) return found;
    throw new MedspanError('NOT_FOUND', `There is no model version ${String(versionId)}.`, { versionId });
  }

  /** Whoever stands in Production makes room; there is never more than one. */
  function makeRoom(model: string, successor: string): void {
    const { current } = productionHistory(queries.entriesOfModel(model));
    if (current === null) return;
    ledger.append({
      modelVersionId: current,
      action: 'archived',
      toStage: 'Archived',
      reason: `Made room for ${successor}.`,
    });
  }

  return {
    promote: (modelVersionId, stage, reason) =>
      decide(modelVersionId, () => {
        const { model, name } = version(modelVersionId);
        const blocked = board.blocked(modelVersionId, stage);
        if (blocked !== null) {
          throw new MedspanError('NOT_ALLOWED', `${name} cannot go to ${stage}: ${blocked}`, {
            modelVersionId,
          });
        }
        if (stage === 'Production') makeRoom(model, name);
        return ledger.append({ modelVersionId, action: 'promoted', toStage: stage, reason });
      }),

    archive: (modelVersionId, reason) =>
      decide(modelVersionId, () => {
        const { name } = version(modelVersionId);
        if (queries.stage(modelVersionId).stage === 'Archived') {
          throw new MedspanError('NOT_ALLOWED', `${name} is archived already.`, { modelVersionId });
        }
        return ledger.append({ modelVersionId, action: 'archived', toStage: 'Archived', reason });
      }),

    rollback(model, reason) {
      const { rollbackTo } = productionHistory(queries.entriesOfModel(model));
      if (rollbackTo === null) {
        throw new MedspanError(
          'NOT_ALLOWED',
          `No earlier version of ${model} was in Production; there is nothing to go back to.`,
        );
      }
      return decide(rollbackTo, () => {
        makeRoom(model, version(rollbackTo).name);
        return ledger.append({
          modelVersionId: rollbackTo,
          action: 'rolled-back',
          toStage: 'Production',
          reason,
        });
      });
    },
  };
}
