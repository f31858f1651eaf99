import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PipelineRunDetail } from '../api/pipelines.ts';
import type { TestWorkspace } from '../engine/test-workspace.ts';
import { openTestWorkspace } from '../engine/test-workspace.ts';
import { waitUntil } from '../engine/test-wait.ts';

let workspace: TestWorkspace;
let corpusId: number;
let emptyId: number;

/** The run once it, and the job that carried it, have ended. */
const ended = (pipelineRunId: number): Promise<PipelineRunDetail> =>
  waitUntil(workspace, ['pipelines.changed', 'job.changed'], async () => {
    const run = await workspace.call('pipelines.run', { pipelineRunId });
    const job = run.jobId === null ? null : await workspace.call('jobs.get', { jobId: run.jobId });
    return [run.state, job?.state].some((state) => state === 'queued' || state === 'running') ? null : run;
  });

beforeAll(async () => {
  workspace = await openTestWorkspace();
  const { corpus } = workspace.services;
  ({ id: emptyId } = corpus.createCorpus('Empty'));
  ({ id: corpusId } = corpus.createCorpus('Sample'));
  const map = (label: string) => ({ action: 'map', label }) as const;
  await corpus.importFiles({
    corpusId,
    format: 'jsonl',
    paths: [new URL('../../resources/sample/notes.jsonl', import.meta.url).pathname],
    labels: { Disease: map('Disease'), Treatment: map('Treatment') },
  });
}, 60_000);

afterAll(() => workspace.close());

describe('retraining', () => {
  it('refuses a corpus that is not there', async () => {
    await expect(workspace.call('pipelines.start', { corpusId: 99 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('stops at the first step where nothing is annotated, and says why', async () => {
    const { pipelineRunId } = await workspace.call('pipelines.start', { corpusId: emptyId });
    const run = await ended(pipelineRunId);
    expect(run.state).toBe('failed');
    expect(run.tasks.map(({ state }) => state)).toEqual([
      'failed',
      ...Array<string>(5).fill('upstream_failed'),
    ]);
    expect(run.tries[0]?.error?.message).toMatch(/No note of this corpus is annotated/);
  });

  it('cleans, prepares, trains, evaluates, and leaves a candidate that waits for promotion', async () => {
    const { pipelineRunId } = await workspace.call('pipelines.start', { corpusId });
    await expect(workspace.call('pipelines.start', { corpusId })).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    });
    const run = await ended(pipelineRunId);
    expect(run.state, JSON.stringify(run.tries.map(({ task, error }) => [task, error]))).toBe('success');
    const output = Object.fromEntries(run.tries.map(({ task, output: made }) => [task, made]));
    expect(output['clean']).toMatchObject({ notes: 400, annotated: 400 });
    const validated = output['validate'] as { readonly modelVersionId: number; readonly green: number };
    expect(validated.green).toBeGreaterThan(0);
    const version = await workspace.call('registry.version', { modelVersionId: validated.modelVersionId });
    expect(version.stage).toBe('None');
    expect(run.tries.every(({ log }) => log !== '')).toBe(true);
  }, 120_000);

  it('runs a task and all after it again, and keeps what came before', async () => {
    const [last] = (await workspace.call('pipelines.runs', {})).rows;
    const pipelineRunId = last?.id ?? 0;
    const before = await workspace.call('pipelines.run', { pipelineRunId });
    await workspace.call('pipelines.resume', { pipelineRunId, fromTask: 'evaluate' });
    const run = await ended(pipelineRunId);
    expect(run.state).toBe('success');
    const count = (detail: PipelineRunDetail, task: string) =>
      detail.tries.filter((one) => one.task === task).length;
    expect(count(run, 'train')).toBe(count(before, 'train'));
    expect(count(run, 'evaluate')).toBeGreaterThan(count(before, 'evaluate'));
  }, 60_000);

  it('cancels, with the training that it waits for', async () => {
    const { pipelineRunId } = await workspace.call('pipelines.start', { corpusId });
    await new Promise<void>((resolve) => {
      const stop = workspace.context.events.on('run.step', () => {
        stop();
        resolve();
      });
    });
    await workspace.call('pipelines.cancel', { pipelineRunId });
    const run = await ended(pipelineRunId);
    expect(run.state).toBe('cancelled');
    expect(run.tasks.find(({ id }) => id === 'train')?.state).toBe('cancelled');
  }, 60_000);
});

describe('triggers', () => {
  it('an alert starts a run unless a person turned that off', async () => {
    await workspace.call('pipelines.setTriggers', { onAlert: false });
    const before = (await workspace.call('pipelines.runs', {})).total;
    workspace.context.events.emit('alert.raised', { alertId: 1 });
    expect((await workspace.call('pipelines.runs', {})).total).toBe(before);
    await workspace.call('pipelines.setTriggers', { onAlert: true });
    workspace.context.events.emit('alert.raised', { alertId: 2 });
    const [run] = (await workspace.call('pipelines.runs', {})).rows;
    expect(run).toMatchObject({ trigger: 'alert', reason: 'Monitoring raised alert 2.' });
    await workspace.call('pipelines.cancel', { pipelineRunId: run?.id ?? 0 });
    await ended(run?.id ?? 0);
  }, 60_000);

  it('new annotations start a run once there are enough', async () => {
    await workspace.call('pipelines.setTriggers', { afterAnnotatedNotes: 1 });
    const before = (await workspace.call('pipelines.runs', {})).total;
    const { rows } = await workspace.call('corpus.notes', { corpusId, limit: 1 });
    const noteId = rows[0]?.id ?? 0;
    const note = await workspace.call('annotation.openNote', { noteId });
    await workspace.call('annotation.addSpan', {
      noteId,
      revisionId: note.revisionId,
      uid: 'test-span-1',
      labelId: 1,
      start: 0,
      end: 2,
      quote: note.text.slice(0, 2),
    });
    const { rows: runs, total } = await workspace.call('pipelines.runs', {});
    expect(total).toBe(before + 1);
    expect(runs[0]).toMatchObject({ trigger: 'annotations' });
    await workspace.call('pipelines.cancel', { pipelineRunId: runs[0]?.id ?? 0 });
    await ended(runs[0]?.id ?? 0);
  }, 60_000);
});
