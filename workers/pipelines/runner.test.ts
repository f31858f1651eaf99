import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MedspanError } from '../api/errors.ts';
import type { Pipeline, TaskDefinition, TaskKind } from '../api/pipelines.ts';
import type { TestWorkspace } from '../engine/test-workspace.ts';
import { openTestWorkspace } from '../engine/test-workspace.ts';
import type { Operation, Operations } from './operation.ts';
import {
  ensurePipeline,
  insertRun,
  interruptRuns,
  newestPipelines,
  setRunState,
  storedRun,
  tries,
} from './queries.ts';
import { retraining } from './retraining.ts';
import { currentStates, PipelineRunner } from './runner.ts';

let workspace: TestWorkspace;
let pipeline: Pipeline;
let runId: number;
let ran: string[];

const fine = (kind: TaskKind): Operation => ({
  kind: 'job',
  run: () => {
    ran.push(kind);
    return Promise.resolve({ from: kind });
  },
});

function operations(changed: Partial<Record<TaskKind, Operation>> = {}): Operations {
  const all = retraining.tasks.map(({ kind }) => [kind, changed[kind] ?? fine(kind)] as const);
  return Object.fromEntries(all) as Record<TaskKind, Operation>;
}

const states = (): Record<string, string> =>
  Object.fromEntries(currentStates(tries(workspace.context.db, runId)));

function start(given: Operations, signal = new AbortController().signal) {
  return new PipelineRunner(workspace.context, given).run(pipeline, runId, 1, signal, () => undefined);
}

beforeEach(async () => {
  workspace = await openTestWorkspace({ threads: 'none' });
  const { db } = workspace.context;
  const tasks: TaskDefinition[] = retraining.tasks.map((task) => ({ ...task }));
  ensurePipeline(db, { name: 'test', version: 1, tasks }, 1);
  const [found] = newestPipelines(db).filter(({ name }) => name === 'test');
  if (found === undefined) throw new Error('no pipeline');
  pipeline = found;
  runId = insertRun(db, {
    pipelineId: pipeline.id,
    trigger: 'person',
    reason: 'test',
    parameters: { corpusId: 1, jobId: null },
    profileId: workspace.context.profile().id,
    at: 1,
  });
  ran = [];
});

afterEach(() => workspace.close());

describe('PipelineRunner', () => {
  it('runs every task after those it waits for and hands outputs on', async () => {
    const seen: unknown[] = [];
    const end = await start(
      operations({
        'training.train': {
          kind: 'job',
          run: (call) => {
            seen.push(call.output('corpus.prepare'));
            call.log('trained');
            return Promise.resolve({ runId: 7 });
          },
        },
      }),
    );
    expect(end).toBe('success');
    expect(seen).toEqual([{ from: 'corpus.prepare' }]);
    expect(storedRun(workspace.context.db, runId)?.state).toBe('success');
    const train = tries(workspace.context.db, runId).find(({ task }) => task === 'train');
    expect(train?.log).toMatch(/^\d\d:\d\d:\d\d trained\n$/);
    expect(train?.output).toEqual({ runId: 7 });
  });

  it('tries again as often as the task allows, then fails what waits for it', async () => {
    let count = 0;
    const end = await start(
      operations({
        'training.train': {
          kind: 'job',
          run: () => {
            count += 1;
            return Promise.reject(new MedspanError('CANNOT_COMPUTE', 'No entities in the train part.'));
          },
        },
      }),
    );
    expect(end).toBe('failed');
    expect(count).toBe(2);
    expect(states()).toMatchObject({
      train: 'failed',
      evaluate: 'upstream_failed',
      validate: 'upstream_failed',
    });
    const seen = tries(workspace.context.db, runId).filter(({ task }) => task === 'train');
    expect(seen.map(({ number, state }) => [number, state])).toEqual([
      [1, 'up_for_retry'],
      [2, 'failed'],
    ]);
    expect(seen[0]?.error?.message).toMatch(/No entities/);
  });

  it('writes the effect of a workspace task and its state together or not at all', async () => {
    const { db } = workspace.context;
    const end = await start(
      operations({
        'corpus.prepare': {
          kind: 'transaction',
          run: () => {
            db.prepare('INSERT INTO corpus (name, created_at) VALUES (?, ?)').run('half done', 1);
            throw new Error('dies in the middle');
          },
        },
      }),
    );
    expect(end).toBe('failed');
    expect(db.prepare('SELECT count(*) AS n FROM corpus').get()).toEqual({ n: 0 });
    expect(states()['prepare']).toBe('failed');
  });

  it('stops where it is cancelled and goes on from there', async () => {
    const abort = new AbortController();
    const cancelling: Operation = {
      kind: 'job',
      run: (call) => {
        call.keep({ snapshotId: 3 });
        abort.abort();
        return Promise.reject(new MedspanError('CANCELLED', 'Cancelled.'));
      },
    };
    expect(await start(operations({ 'training.features': cancelling }), abort.signal)).toBe('cancelled');
    expect(states()).toMatchObject({ prepare: 'success', features: 'cancelled', train: 'cancelled' });

    ran = [];
    let kept: unknown;
    const going: Operation = {
      kind: 'job',
      run: (call) => {
        kept = call.kept;
        return Promise.resolve({});
      },
    };
    setRunState(workspace.context.db, runId, 'queued', 2);
    expect(await start(operations({ 'training.features': going }))).toBe('success');
    expect(kept).toEqual({ snapshotId: 3 });
    expect(ran).toEqual(['training.train', 'training.evaluate', 'registry.validate']);
  });

  it('shows what a crash left under way as interrupted', () => {
    setRunState(workspace.context.db, runId, 'running', 2);
    interruptRuns(workspace.context.db, 3);
    expect(storedRun(workspace.context.db, runId)).toMatchObject({ state: 'interrupted', endedAt: 3 });
  });
});
