/**
 * Writes a workspace with annotated notes: `node test-training-workspace.ts FILE`, the plan as JSON on standard input.
 * For benches and end-to-end tests, which act on the file only through the app afterwards.
 */
import { runSpec } from '../api/training.ts';
import type { RunSpec } from '../api/training.ts';
import { openTestWorkspace } from '../engine/test-workspace.ts';
import { importNotes, makeSplit, splitBySource } from './test-corpus.ts';

interface Plan {
  /** Token pairs on disk; seeded notes where it is left out. */
  readonly source?: string;
  readonly trainNotes?: number;
  readonly testNotes?: number;
  /** Freezes a data version and splits it by its source's parts. */
  readonly frozen?: boolean;
  /** Runs to be finished before the app opens. */
  readonly runs?: readonly Omit<RunSpec, 'splitId'>[];
  /** A run that a process left behind. */
  readonly interrupted?: boolean;
}

const path = process.argv[2];
if (path === undefined) throw new Error('usage: node test-training-workspace.ts FILE < plan.json');
let text = '';
for await (const chunk of process.stdin) text += String(chunk);
const plan = JSON.parse(text) as Plan;

const maker = await openTestWorkspace();
await maker.call('workspace.create', { path });
await maker.close();
const workspace = await openTestWorkspace({ path });
await workspace.call('workspace.useProfile', { name: 'Ada Analyst' });
const corpusId =
  plan.source === undefined ? undefined : await importNotes(workspace, plan.source, 'BeHealthy');
if (plan.frozen === true) {
  const split =
    corpusId === undefined
      ? await makeSplit(workspace, plan.trainNotes, plan.testNotes)
      : await splitBySource(workspace, corpusId);
  for (const run of plan.runs ?? []) {
    await workspace.services.training.startRun(runSpec.parse({ ...run, splitId: split.id })).done;
  }
  if (plan.interrupted === true) {
    workspace.context.db
      .prepare(
        `INSERT INTO run (name, state, split_id, snapshot_sha256, template_set, trainer, parameters, seed,
           engine_version, environment, created_at)
         SELECT 'left behind', 'running', split_id, snapshot_sha256, template_set, trainer, parameters, seed,
           engine_version, environment, created_at FROM run ORDER BY id LIMIT 1`,
      )
      .run();
  }
} else if (corpusId === undefined) {
  await makeSplit(workspace, plan.trainNotes, plan.testNotes, false);
}
await workspace.close();
