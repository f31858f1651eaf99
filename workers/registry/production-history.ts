import type { LedgerEntry } from '../api/registry.ts';

/** What the ledger says of one model's Production, newest on top. */
export interface ProductionHistory {
  /** The version that stands in Production, or null. */
  readonly current: number | null;
  /** Where a rollback leads, or null where there is nothing to go back to. */
  readonly rollbackTo: number | null;
}

type Step = Pick<LedgerEntry, 'modelVersionId' | 'action' | 'fromStage' | 'toStage'>;

/**
 * Replays the entries of one model, oldest first. Promotions stack up; a rollback takes the top away, so that a
 * second rollback goes one further back and never forward again. A version that was archived by hand stays on
 * top: rolling back then brings that very version back.
 */
export function productionHistory(entries: Iterable<Step>): ProductionHistory {
  const stack: number[] = [];
  let current: number | null = null;
  for (const { modelVersionId, action, fromStage, toStage } of entries) {
    if (toStage === 'Production') {
      if (action === 'rolled-back') {
        while (stack.length > 0 && stack.at(-1) !== modelVersionId) stack.pop();
      } else {
        stack.push(modelVersionId);
      }
      current = modelVersionId;
    } else if (fromStage === 'Production' && current === modelVersionId) {
      current = null;
    }
  }
  const rollbackTo = current === null ? stack.at(-1) : stack.at(-2);
  return { current, rollbackTo: rollbackTo ?? null };
}
