import type { GateResult, GuardedStage, ModelVersion, Stage } from '../api/registry.ts';
import type { RunDetail } from '../api/training.ts';
import type { GateBoard } from './gate-board.ts';
import type { VersionRow } from './queries.ts';

/** A version as screens show it. */
export function describeVersion(
  row: VersionRow,
  run: RunDetail,
  now: { readonly stage: Stage; readonly since: number },
  board: GateBoard,
): ModelVersion {
  const test = run.evaluation?.test?.all ?? null;
  const results = board.results(row.id);
  const standing = (stage: GuardedStage): ModelVersion['gates'][GuardedStage] => {
    const own = results.filter((entry) => entry.gate.stage === stage);
    return { green: own.filter(isGreen).length, total: own.length, blocked: board.blocked(row.id, stage) };
  };
  return {
    id: row.id,
    model: row.model,
    number: row.number,
    name: row.name,
    description: row.description,
    stage: now.stage,
    since: now.since,
    runId: row.runId,
    runName: run.name,
    f1: test === null ? null : test.span.micro.f1,
    labelF1: Object.fromEntries((test?.span.perLabel ?? []).map((score) => [score.label, score.f1])),
    testNotes: test?.notes ?? null,
    modelSha256: row.modelSha256,
    modelBytes: row.modelBytes,
    createdAt: row.createdAt,
    createdBy: row.createdBy,
    gates: { Staging: standing('Staging'), Production: standing('Production') },
  };
}

function isGreen(result: GateResult): boolean {
  return result.state === 'passed' || result.state === 'waived';
}
