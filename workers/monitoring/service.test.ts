import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tokenize, WordSet, wordsOf } from '../../crf-core/index.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../api/common.ts';
import { readTrainingNotes } from '../annotation/service.ts';
import type { TestWorkspace } from '../engine/test-workspace.ts';
import { openTestWorkspace } from '../engine/test-workspace.ts';
import { jobEnded } from '../engine/test-wait.ts';
import { createNoteTagger, logLine } from '../serving/service.ts';

const sample = new URL('../../resources/sample/', import.meta.url);
const day = 86_400_000;
const firstMonday = Date.UTC(2026, 0, 5);

let workspace: TestWorkspace;
let folder: string;
let modelVersion: string;
let predict: (text: string) => ReturnType<ReturnType<typeof createNoteTagger>>;

async function finished(
  jobId: number,
): Promise<{ readonly state: string; readonly result: Json; readonly message: string }> {
  const { state, result, error } = await jobEnded(workspace, jobId);
  return { state, result, message: error?.message ?? '' };
}

/** The log that a bundle would have written over a week of the sample's production notes. */
function writeWeek(week: number, name: string, extra: readonly string[] = []): string {
  const notes = readFileSync(new URL(`production/week-${week}.jsonl`, sample), 'utf8')
    .trim()
    .split('\n');
  const lines = notes.map((line, i) => {
    const { text } = JSON.parse(line) as { readonly text: string };
    const at = firstMonday + ((week - 1) * 7 + (i % 7)) * day + i * 1000;
    const occasion = { id: `${name}-${i}`, at, modelVersion, latencyMs: 1 };
    return JSON.stringify(logLine(text, predict(text), occasion));
  });
  const path = join(folder, `${name}.jsonl`);
  writeFileSync(path, `${[...lines, ...extra].join('\n')}\n`);
  return path;
}

const map = (label: string) => ({ action: 'map', label }) as const;

/** A production week with what an annotator says of it. */
function annotatedWeek(week: number): string {
  const read = (name: string): Record<string, unknown>[] =>
    readFileSync(new URL(`production/${name}`, sample), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const gold = new Map(read(`gold/week-${week}.jsonl`).map((note) => [note['id'], note]));
  const path = join(folder, `annotated-${week}.jsonl`);
  const lines = read(`week-${week}.jsonl`).map((note) =>
    JSON.stringify({ ...note, ...gold.get(note['id']) }),
  );
  writeFileSync(path, lines.join('\n'));
  return path;
}

async function compare(
  week: number,
): Promise<{ readonly reportId: number; readonly alertId: number | null }> {
  const from = firstMonday + (week - 1) * 7 * day;
  const { jobId } = await workspace.call('monitoring.compare', { from, to: from + 7 * day });
  const { state, result, message } = await finished(jobId);
  expect(state, message).toBe('finished');
  return result as { reportId: number; alertId: number | null };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'medspan-monitoring-'));
  workspace = await openTestWorkspace();
  const { corpus, training, registry } = workspace.services;
  const { id: corpusId } = corpus.createCorpus('Sample');
  await corpus.importFiles({
    corpusId,
    format: 'jsonl',
    paths: [new URL('notes.jsonl', sample).pathname],
    labels: { Disease: map('Disease'), Treatment: map('Treatment') },
  });
  const snapshot = await corpus.createSnapshot({ corpusId, name: 'v1' });
  const split = await workspace.call('corpus.createSplit', {
    snapshotId: snapshot.id,
    name: 's1',
    method: 'random',
    shares: { train: 0.7, dev: 0.1, test: 0.2 },
    seed: 1,
  });
  const [templates] = await workspace.call('training.templateSets', {});
  const { runId } = await workspace.call('training.start', {
    splitId: split.id,
    templateSetId: templates?.id ?? 0,
    parameters: { maxIterations: 40 },
  });
  const run = training.run(runId);
  await finished(run.jobId ?? 0);
  const version = registry.register(runId);
  modelVersion = version.name;
  const words = function* () {
    for (const { text } of readTrainingNotes(workspace.context.db, split.id, 'train'))
      yield* wordsOf(text, tokenize(text));
  };
  predict = createNoteTagger(registry.versionModel(version.id), WordSet.of(words()));
}, 120_000);

afterAll(async () => {
  await workspace.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('importing logs', () => {
  it('keeps good lines, lists bad ones with line and reason, and shows nothing before the end', async () => {
    const path = writeWeek(1, 'week-1', ['{"format":"prediction-log/1"', '{"format":"other/2"}', '']);
    const { jobId } = await workspace.call('monitoring.importLogs', { paths: [path] });
    expect((await finished(jobId)).state).toBe('finished');
    const [imported] = await workspace.call('monitoring.logImports', {});
    expect(imported).toMatchObject({ sourceName: 'week-1.jsonl', state: 'finished', rejected: 2 });
    expect(imported?.rejections.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/not JSON/),
      expect.stringMatching(/not prediction-log\/1: format/),
    ]);
  });

  it('refuses a file that is held already, and takes no line twice', async () => {
    const { jobId } = await workspace.call('monitoring.importLogs', {
      paths: [join(folder, 'week-1.jsonl')],
    });
    expect(await finished(jobId)).toMatchObject({
      state: 'failed',
      message: expect.stringMatching(/imported already/),
    });
    const before = (await workspace.call('monitoring.timeline', {})).points.reduce((n, p) => n + p.notes, 0);
    const copy = join(folder, 'copy.jsonl');
    writeFileSync(
      copy,
      readFileSync(join(folder, 'week-1.jsonl'), 'utf8').split('\n').slice(0, 5).join('\n'),
    );
    await finished((await workspace.call('monitoring.importLogs', { paths: [copy] })).jobId);
    const after = (await workspace.call('monitoring.timeline', {})).points.reduce((n, p) => n + p.notes, 0);
    expect(after).toBe(before);
  });

  it.each([
    ['empty', '', /is empty/],
    ['binary', '\0\u0001\u0002\0\0', /holds no text/],
    ['foreign', 'hello\nworld\n', /no line of prediction-log\/1. Line 1/],
  ])('names what is wrong with an %s file', async (name, content, message) => {
    const path = join(folder, `${name}.jsonl`);
    writeFileSync(path, content);
    const { jobId } = await workspace.call('monitoring.importLogs', { paths: [path] });
    expect(await finished(jobId)).toMatchObject({ state: 'failed', message: expect.stringMatching(message) });
  });
});

describe('comparing', () => {
  it('finds week 1 like the reference', async () => {
    const { reportId, alertId } = await compare(1);
    const report = await workspace.call('monitoring.report', { reportId });
    expect(alertId).toBeNull();
    expect(report.referenceF1.f1).toBeGreaterThan(0.5);
    expect(report.relativeDrop).toBeLessThan(0.1);
  });

  it('sees the drift that week 3 was given, raises an alert and tells of it', async () => {
    await finished(
      (await workspace.call('monitoring.importLogs', { paths: [writeWeek(3, 'week-3')] })).jobId,
    );
    const { reportId, alertId } = await compare(3);
    const report = await workspace.call('monitoring.report', { reportId });
    expect(report.verdict).toBe('drift');
    expect(report.statement).toMatch(/features drifted/);
    expect(report.relativeDrop).toBeGreaterThanOrEqual(report.dropThreshold);
    expect(alertId).not.toBeNull();
    expect(workspace.events.some(({ name }) => name === 'alert.raised')).toBe(true);
    const [alert] = await workspace.call('monitoring.alerts', {});
    expect(alert).toMatchObject({ id: alertId, state: 'open', kind: 'estimated-drop', reportId });
    const acknowledged = await workspace.call('monitoring.setAlert', {
      alertId: alertId ?? 0,
      state: 'acknowledged',
    });
    expect(acknowledged.state).toBe('acknowledged');
  });

  it('gives no verdict from a handful of notes', async () => {
    const { jobId } = await workspace.call('monitoring.compare', {
      from: firstMonday,
      to: firstMonday + 3_000,
    });
    const { result } = await finished(jobId);
    const { reportId } = result as { reportId: number };
    expect((await workspace.call('monitoring.report', { reportId })).verdict).toBe('not-enough-data');
  });

  it('draws the weeks beside the reference', async () => {
    const timeline = await workspace.call('monitoring.timeline', { bucket: 'week' });
    expect(timeline.points.map(({ at }) => at)).toEqual([firstMonday, firstMonday + 14 * day]);
    const [first, third] = timeline.points;
    expect(third?.outOfVocabularyShare).toBeGreaterThan(first?.outOfVocabularyShare ?? 1);
    expect(third?.estimatedF1).toBeLessThan(first?.estimatedF1 ?? 0);
    expect(timeline.reference?.notes).toBeGreaterThan(30);
  });

  it('says what is missing where there is nothing to compare', async () => {
    await expect(workspace.call('monitoring.compare', { modelVersion: 'nobody/1' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringMatching(/Import prediction logs first/),
    });
    await expect(workspace.call('monitoring.audit', { corpusId: 1 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringMatching(/Promote one first/),
    });
  });
});

describe('auditing', () => {
  it('scores Production on notes that people annotated since, and raises the alert that no estimate could', async () => {
    const { corpus, registry } = workspace.services;
    const version = registry.versionNamed(modelVersion);
    const modelVersionId = version?.id ?? 0;
    await registry.runGates(modelVersionId, 'Staging').done;
    registry.promote(modelVersionId, 'Staging', 'for the audit');
    // The integration checks need a built bundle, which is not what is tested here.
    for (const { id: gateId, stage } of await workspace.call('registry.gates', {})) {
      if (stage === 'Production') await workspace.call('registry.setGate', { gateId, enabled: false });
    }
    registry.promote(modelVersionId, 'Production', 'for the audit');

    const audited = corpus.createCorpus('Week 3, annotated');
    await corpus.importFiles({
      corpusId: audited.id,
      format: 'jsonl',
      paths: [annotatedWeek(3)],
      labels: { Disease: map('Disease'), Treatment: map('Treatment') },
    });
    const { state, result, message } = await finished(
      (await workspace.call('monitoring.audit', { corpusId: audited.id })).jobId,
    );
    expect(state, message).toBe('finished');
    const [audit] = await workspace.call('monitoring.audits', {});
    expect(audit).toMatchObject({ corpusId: audited.id, modelVersion, notes: 315 });
    expect(audit?.relativeDrop).toBeGreaterThan(0.1);
    expect(audit?.interval[0]).toBeLessThan(audit?.f1 ?? 0);
    const { alertId } = result as { alertId: number };
    const found = (await workspace.call('monitoring.alerts', {})).find(({ id }) => id === alertId);
    expect(found).toMatchObject({ kind: 'audited-drop', state: 'open' });
  }, 60_000);
});
