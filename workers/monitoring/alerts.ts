import type { Alert } from '../api/monitoring.ts';
import type { EngineContext } from '../engine/context.ts';
import { insertAlert } from './queries.ts';

export interface Drop {
  readonly kind: Exclude<Alert['kind'], 'drift'>;
  readonly reportId: number | null;
  readonly auditId: number | null;
  /** (reference − now) / reference */
  readonly value: number;
  readonly threshold: number;
  readonly modelVersion: string;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Records an alert, to be called inside the transaction that stores its cause. Whoever listens is told after it. */
export function raiseAlert({ db, now }: EngineContext, drop: Drop): number {
  const how =
    drop.kind === 'estimated-drop'
      ? 'is estimated, from its own probabilities,'
      : 'is, on notes that were annotated since,';
  return insertAlert(db, {
    reportId: drop.reportId,
    auditId: drop.auditId,
    kind: drop.kind,
    value: drop.value,
    threshold: drop.threshold,
    message: `F1 of ${drop.modelVersion} ${how} ${percent(drop.value)} below the reference; the threshold is ${percent(drop.threshold)}.`,
    createdAt: now(),
  });
}
