import { rm } from 'node:fs/promises';
import path from 'node:path';
import { MedspanError } from '../api/errors.ts';
import type { Gate, GuardedStage } from '../api/registry.ts';
import type { RunDetail } from '../api/training.ts';
import type { EngineContext, JobHandle } from '../engine/context.ts';
import type { CardFacts } from './bundle/model-card.ts';
import { exportVersion } from './export-bundle.ts';
import type { GateBoard } from './gate-board.ts';
import { f1Floor } from './gates/f1-floor.ts';
import { couldNotRun } from './gates/outcome.ts';
import type { GateOutcome } from './gates/outcome.ts';
import { openBench } from './integration/integration-gates.ts';
import { findPlainNode } from './integration/plain-node.ts';
import { productVersion } from './product-files.ts';
import type { RegistryQueries, VersionRow } from './queries.ts';
import { unitGatesTask } from './unit-gates.ts';
import type { ModelAndSplit, ThreadGate } from './unit-gates.ts';

/** What the gates need to know beside the tables of the registry. */
export interface GateRunner {
  readonly context: EngineContext;
  readonly queries: RegistryQueries;
  readonly board: GateBoard;
  readonly run: (runId: number) => RunDetail;
  readonly champion: (versionId: number) => VersionRow | null;
  readonly card: (version: VersionRow) => CardFacts;
}

export type GateRunResult = { readonly green: number; readonly red: number };

/** Runs every enabled gate of a stage and stores each result as it comes. */
export async function runGatesOfStage(
  runner: GateRunner,
  version: VersionRow,
  stage: GuardedStage,
  job: Pick<JobHandle, 'signal' | 'progress'>,
): Promise<GateRunResult> {
  const gates = runner.board.gates().filter((gate) => gate.enabled && gate.stage === stage);
  // As they are now: a result found against today's Production must not count against tomorrow's.
  const settings = new Map(gates.map((gate) => [gate.id, runner.board.effectiveSettings(gate, version.id)]));
  let green = 0;
  let done = 0;
  const store = (gate: Gate, outcome: GateOutcome): void => {
    storeResult(runner, version, gate, settings.get(gate.id) ?? '{}', outcome);
    if (outcome.state === 'passed') green++;
    done++;
    job.progress(done / gates.length);
  };
  await (stage === 'Staging' ? unitGates : integrationGates)(runner, version, gates, store, job.signal);
  return { green, red: gates.length - green };
}

type Store = (gate: Gate, outcome: GateOutcome) => void;

async function unitGates(
  runner: GateRunner,
  version: VersionRow,
  gates: readonly Gate[],
  store: Store,
  signal: AbortSignal,
): Promise<void> {
  const { context, queries } = runner;
  const run = runner.run(version.runId);
  const inThread: ThreadGate[] = [];
  for (const gate of gates) {
    const { kind } = gate;
    if (kind === 'f1-floor') store(gate, f1Floor(run.evaluation?.test ?? null, gate.settings));
    else if (kind === 'no-worse' || kind === 'behaviour' || kind === 'determinism') {
      inThread.push({ gateId: gate.id, kind, settings: gate.settings });
    } else store(gate, couldNotRun('A gate of this kind belongs to Production.'));
  }
  if (inThread.length === 0) return;
  const champion = runner.champion(version.id);
  const where = (row: VersionRow, splitId: number): ModelAndSplit => ({
    name: row.name,
    artifactId: row.artifactId,
    splitId,
  });
  const outcomes = await context.compute.run(
    unitGatesTask,
    {
      candidate: where(version, run.splitId),
      champion: champion === null ? null : where(champion, runner.run(champion.runId).splitId),
      gates: inThread,
      examples: queries.examples().map(({ name, capability, kind, definition }) => ({
        name,
        capability,
        kind,
        definition: JSON.parse(definition) as never,
      })),
    },
    { signal },
  );
  for (const { gateId, outcome } of outcomes) {
    const gate = gates.find((candidate) => candidate.id === gateId);
    if (gate !== undefined) store(gate, outcome);
  }
}

async function integrationGates(
  runner: GateRunner,
  version: VersionRow,
  gates: readonly Gate[],
  store: Store,
  signal: AbortSignal,
): Promise<void> {
  const { context, queries } = runner;
  const folder = path.join(
    context.workspace.scratch,
    `gates-${String(version.id)}-${String(context.now())}-${crypto.randomUUID()}`,
  );
  const testNotes = Math.max(0, ...gates.map((gate) => Number(gate.settings['testNotes'] ?? 0)));
  try {
    const { prepared } = await exportVersion(context, queries, {
      version,
      splitId: runner.run(version.runId).splitId,
      card: runner.card(version),
      target: folder,
      packed: false,
      testNotes,
      signal,
    });
    const bench = await openBench({
      folder,
      node: await findPlainNode(),
      medspan: productVersion(),
      expected: [...prepared.golden, ...prepared.testNotes],
      signal,
    });
    try {
      for (const gate of gates) store(gate, await bench.run(gate.kind, gate.settings));
    } finally {
      await bench.stop();
    }
  } catch (error) {
    if (signal.aborted) throw new MedspanError('CANCELLED', 'The gates were cancelled.');
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function storeResult(
  runner: GateRunner,
  version: VersionRow,
  gate: Gate,
  settings: string,
  outcome: GateOutcome,
): void {
  const { context, queries } = runner;
  context.db
    .transaction(() => {
      queries.addResult({
        modelVersionId: version.id,
        gateId: gate.id,
        settings,
        state: outcome.state,
        summary: outcome.summary,
        detail: JSON.stringify(outcome.evidence),
        waiverReason: null,
        profileId: context.profile().id,
        at: context.now(),
      });
    })
    .immediate();
  context.events.emit('registry.changed', { modelVersionId: version.id });
}
