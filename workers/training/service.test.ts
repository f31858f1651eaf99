import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodeModel } from '../../crf-core/index.ts';
import type { TestWorkspace } from '../engine/test-workspace.ts';
import { openTestWorkspace } from '../engine/test-workspace.ts';
import { runSpec } from '../api/training.ts';
import type { RunSpec } from '../api/training.ts';
import { modelBytes } from './service.ts';
import { makeSplit } from './test-corpus.ts';

let workspace: TestWorkspace;
let splitId: number;

beforeEach(async () => {
  workspace = await openTestWorkspace();
  splitId = (await makeSplit(workspace)).id;
});

afterEach(async () => {
  await workspace.close();
});

async function finish(spec: Partial<RunSpec> = {}): Promise<number> {
  const started = workspace.services.training.startRun(
    runSpec.parse({ splitId, templateSetId: 1, parameters: { maxIterations: 25 }, ...spec }),
  );
  await started.done;
  return started.runId;
}

describe('a run', () => {
  test('trains, scores and stores everything that made it', async () => {
    const runId = await finish();
    const run = await workspace.call('training.run', { runId });
    expect(run).toMatchObject({
      state: 'finished',
      snapshotName: 'v1',
      who: expect.any(String),
      error: null,
    });
    expect(run.projection).toMatchObject({ changed: 0, dropped: 0 });
    expect(run.size?.notes).toBe(96);
    expect(run.evaluation?.test?.all.notes).toBe(40);
    expect(run.testSpanF1).toBeGreaterThan(0.8);
    expect(run.evaluation?.test?.all.span.micro.f1Interval?.[0]).toBeLessThan(run.testSpanF1 ?? 0);
    expect(run.environment).toMatchObject({ node: process.versions.node, electron: null });
    expect(run.dataSha256).toMatch(/^[0-9a-f]{64}$/);
    const timings = run.timings ?? { readSeconds: 0, trainSeconds: 0, totalSeconds: 0 };
    expect(timings.readSeconds + timings.trainSeconds).toBeLessThanOrEqual(timings.totalSeconds);
    const model = decodeModel(modelBytes(workspace.context.db, runId));
    expect(model.labels).toContain('B-Disease');
  });

  test('tells its curve while it trains and keeps it', async () => {
    const runId = await finish();
    const [series] = await workspace.call('training.series', { runIds: [runId] });
    expect(series?.iterations).toEqual(
      Array.from({ length: series?.iterations.length ?? 0 }, (_, at) => at + 1),
    );
    expect(series?.loss.at(-1)).toBeLessThan(series?.loss[0] ?? 0);
    expect(series?.devF1.at(-1)).toBeGreaterThan(0);
    expect(workspace.events.some(({ name }) => name === 'run.step')).toBe(true);
  });

  test('gives the same weights and data hash twice', async () => {
    const first = await workspace.call('training.run', { runId: await finish() });
    const second = await workspace.call('training.run', { runId: await finish() });
    expect(second.modelSha256).toBe(first.modelSha256);
    expect(second.dataSha256).toBe(first.dataSha256);
    expect(second.name).toBe(`${first.name} (2)`);
  });

  test('is frozen once it has ended, but for name, notes and tags', async () => {
    const runId = await finish();
    const edited = await workspace.call('training.editRun', { runId, name: 'Baseline', tags: ['first'] });
    expect(edited).toMatchObject({ name: 'Baseline', tags: ['first'] });
    expect(() =>
      workspace.context.db.prepare("UPDATE run SET state = 'failed' WHERE id = ?").run(runId),
    ).toThrow('not edited');
  });
});

describe('errors', () => {
  test('are sentences with both readings, by kind and by label', async () => {
    const runId = await finish({ parameters: { maxIterations: 1, patience: 0 } });
    const { evaluation } = await workspace.call('training.run', { runId });
    const counts = evaluation?.test?.errors ?? { missed: 0, spurious: 0, boundary: 0, label: 0 };
    const all = await workspace.call('training.errors', { runId, limit: 1000 });
    const found = all.rows.flatMap((row) => row.errors);
    expect(found).toHaveLength(counts.missed + counts.spurious + counts.boundary + counts.label);
    expect(found.length).toBeGreaterThan(0);
    for (const row of all.rows) {
      for (const span of [...row.gold, ...row.predicted]) {
        expect(span.start).toBeGreaterThanOrEqual(row.start);
        expect(span.end).toBeLessThanOrEqual(row.start + row.text.length);
      }
    }
    const missed = await workspace.call('training.errors', { runId, kind: 'missed', label: 'Treatment' });
    for (const row of missed.rows) {
      expect(row.errors.some(({ kind, gold }) => kind === 'missed' && gold?.label === 'Treatment')).toBe(
        true,
      );
    }
  });
});

describe('comparison', () => {
  test('names what differs, and by how much one run is better', async () => {
    const weak = await finish({ parameters: { maxIterations: 2, patience: 0 } });
    const strong = await finish({ parameters: { maxIterations: 25, scheme: 'IOBES' } });
    const { properties } = await workspace.call('training.compare', { runIds: [weak, strong] });
    const differing = properties.filter(({ differs }) => differs).map(({ name }) => name);
    expect(differing).toContain('Scheme');
    expect(differing).not.toContain('c2');
    const difference = await workspace.call('training.pairedDifference', {
      runId: strong,
      baselineRunId: weak,
    });
    expect(difference.notes).toBe(40);
    expect(difference.difference).toBeCloseTo(difference.f1 - difference.baselineF1, 12);
    expect(difference.interval[0]).toBeGreaterThan(0);
    expect(difference.pValue).toBeLessThan(0.05);
    const same = await workspace.call('training.pairedDifference', { runId: weak, baselineRunId: weak });
    expect(same).toMatchObject({ difference: 0, pValue: 1 });
  });

  test('sorts and filters the table, with what is missing last', async () => {
    const first = await finish({ name: 'alpha', parameters: { maxIterations: 2, patience: 0 } });
    const second = await finish({ name: 'beta', parameters: { maxIterations: 25 } });
    const best = await workspace.call('training.runs', { sort: 'testSpanF1' });
    expect(best.rows.map(({ id }) => id)).toEqual([second, first]);
    const found = await workspace.call('training.runs', { filter: 'ALPH' });
    expect(found).toMatchObject({ total: 1, rows: [{ id: first }] });
    expect(await workspace.call('training.runs', { filter: '%' })).toMatchObject({ total: 0 });
  });
});

describe('a run cut short', () => {
  test('is cancelled on request, keeps its curve and goes on from its state to the same weights', async () => {
    const spec = { parameters: { maxIterations: 60, patience: 0 } } as const;
    const whole = await workspace.call('training.run', { runId: await finish(spec) });
    const { training } = workspace.services;
    const started = training.startRun(runSpec.parse({ splitId, templateSetId: 1, ...spec }));
    const stop = workspace.context.events.on('run.step', ({ runId }) => {
      stop();
      void workspace.call('training.cancel', { runId });
    });
    await expect(started.done).rejects.toMatchObject({ code: 'CANCELLED' });
    const cut = await workspace.call('training.run', { runId: started.runId });
    expect(cut.state).toBe('cancelled');
    expect(cut.checkpointIteration).toBeGreaterThan(0);
    await workspace.call('training.resume', { runId: started.runId });
    await new Promise<void>((resolve) => {
      const off = workspace.context.events.on('run.changed', ({ runId }) => {
        if (training.run(runId).state !== 'finished') return;
        off();
        resolve();
      });
    });
    const resumed = await workspace.call('training.run', { runId: started.runId });
    expect(resumed.modelSha256).toBe(whole.modelSha256);
    const [series] = await workspace.call('training.series', { runIds: [started.runId] });
    expect(series?.iterations).toEqual(Array.from({ length: whole.iterations ?? 0 }, (_, at) => at + 1));
    expect(resumed.checkpointIteration).toBeNull();
  });

  test('is interrupted when the process that trained it is gone, and can be started anew', async () => {
    const runId = await finish();
    const { db } = workspace.context;
    db.prepare(
      `INSERT INTO run (name, state, split_id, snapshot_sha256, template_set, trainer, parameters, seed,
         engine_version, environment, created_at)
       SELECT 'left behind', 'running', split_id, snapshot_sha256, template_set, trainer, parameters, seed,
         engine_version, environment, created_at FROM run WHERE id = ?`,
    ).run(runId);
    await workspace.services.training.start?.();
    const { rows } = await workspace.call('training.runs', { state: 'interrupted' });
    expect(rows).toMatchObject([{ name: 'left behind', state: 'interrupted' }]);
    const summary = await workspace.call('training.summary', {});
    expect(summary.next).toContain('interrupted');
    const again = await workspace.call('training.restart', { runId: rows[0]?.id ?? 0 });
    expect(again.runId).not.toBe(rows[0]?.id);
    await workspace.call('training.cancel', { runId: again.runId });
  });
});

describe('refusals', () => {
  test('name what is missing', async () => {
    const unknown = workspace.call('training.start', { splitId: 999, templateSetId: 1 });
    await expect(unknown).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(workspace.call('training.start', { splitId, templateSetId: 77 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(workspace.call('training.run', { runId: 5 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('say that there is nothing to learn, and record it on the run', async () => {
    const { corpus } = workspace.services;
    const { id: corpusId } = corpus.createCorpus('Bare');
    const folder = mkdtempSync(join(tmpdir(), 'medspan-bare-'));
    const { writeFileSync } = await import('node:fs');
    writeFileSync(join(folder, 'a.txt'), 'Nothing was found.\n');
    writeFileSync(join(folder, 'b.txt'), 'All was well.\n');
    await corpus.importFiles({ corpusId, paths: [folder], format: 'text' });
    rmSync(folder, { recursive: true, force: true });
    const snapshot = await corpus.createSnapshot({ corpusId, name: 'bare' });
    const shares = { train: 1, dev: 0, test: 0 };
    const split = corpus.createSplit({
      snapshotId: snapshot.id,
      name: 's',
      seed: 1,
      method: 'random',
      shares,
    });
    await expect(finish({ splitId: split.id })).rejects.toMatchObject({ code: 'CANNOT_COMPUTE' });
    const { rows } = await workspace.call('training.runs', {});
    const failed = await workspace.call('training.run', { runId: rows[0]?.id ?? 0 });
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'CANNOT_COMPUTE' } });
    await expect(
      workspace.call('training.estimate', { splitId: split.id, templateSetId: 1 }),
    ).rejects.toMatchObject({ code: 'CANNOT_COMPUTE' });
    await expect(
      workspace.call('training.exportPredictions', { runId: failed.id, path: '/tmp/none.tsv' }),
    ).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  });

  test('a template set that cannot be read, by the name of the template', async () => {
    const bad = {
      format: 'medspan-templates/1',
      templates: [{ name: 'x', attributes: ['colour'], offsets: [0] }],
    };
    await expect(
      workspace.call('training.saveTemplateSet', { name: 'mine', definition: bad }),
    ).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('colour') });
    const [shipped] = await workspace.call('training.templateSets', {});
    await expect(
      workspace.call('training.saveTemplateSet', {
        name: shipped?.name ?? '',
        definition: {
          format: 'medspan-templates/1',
          templates: [{ name: 'w', attributes: ['lower'], offsets: [0] }],
        },
      }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

test('predictions are exported as a table from which others can score', async () => {
  const runId = await finish();
  const folder = mkdtempSync(join(tmpdir(), 'medspan-export-'));
  const path = join(folder, 'predictions.tsv');
  const written = await workspace.call('training.exportPredictions', { runId, path });
  const lines = readFileSync(path, 'utf8').split('\n');
  expect(written).toMatchObject({
    notes: 40,
    sentences: 40,
    tokens: lines.filter((line) => line !== '').length,
  });
  expect(lines[0]?.split('\t')).toHaveLength(3);
  const script = fileURLToPath(new URL('../../tools/recompute-f1.ts', import.meta.url));
  const others = JSON.parse(execFileSync(process.execPath, [script, path], { encoding: 'utf8' })) as {
    strictSpanF1: number;
    tokenMicroF1: number;
  };
  const run = await workspace.call('training.run', { runId });
  expect(others.strictSpanF1).toBeCloseTo(run.testSpanF1 ?? 0, 12);
  expect(others.tokenMicroF1).toBeCloseTo(run.testTokenF1 ?? 0, 12);
  await expect(
    workspace.call('training.exportPredictions', { runId, path: join(folder, 'no', 'such', 'x.tsv') }),
  ).rejects.toMatchObject({ code: 'READ_ONLY' });
  rmSync(folder, { recursive: true, force: true });
});

test('the estimate is close to what the run then has', async () => {
  const estimate = await workspace.call('training.estimate', { splitId, templateSetId: 1 });
  const run = await workspace.call('training.run', { runId: await finish() });
  expect(estimate.notes).toBe(run.size?.notes);
  expect(estimate.tokens).toBe(run.size?.tokens);
  expect(Math.abs(estimate.attributes / (run.size?.attributes ?? 1) - 1)).toBeLessThan(0.2);
  expect(estimate.secondsPerIteration).toBeGreaterThan(0);
});
