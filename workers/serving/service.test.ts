import { afterAll, beforeAll, expect, test } from 'vitest';
import { runSpec } from '../api/training.ts';
import type { TestWorkspace } from '../engine/test-workspace.ts';
import { openTestWorkspace } from '../engine/test-workspace.ts';
import { makeSplit } from '../training/test-corpus.ts';

let workspace: TestWorkspace;

beforeAll(async () => {
  workspace = await openTestWorkspace();
  const split = await makeSplit(workspace);
  const started = workspace.services.training.startRun(
    runSpec.parse({ splitId: split.id, templateSetId: 1, parameters: { maxIterations: 25 } }),
  );
  await started.done;
}, 60_000);
afterAll(() => workspace.close());

test('says plainly that nothing serves before there is a version', async () => {
  await expect(workspace.call('serving.predict', { text: 'x' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    message: expect.stringContaining('No version is in Production yet'),
  });
  expect(await workspace.call('serving.summary', {})).toMatchObject({ headline: 'Nothing serves yet' });
  await workspace.call('registry.register', { runId: 1 });
});

test('predicts spans of a pasted text in its own offsets', async () => {
  const text = '🙂\r\nThe patient with chronic bronchitis was given hepatazole 20 mg .';
  const { spans, features, expectedGold } = await workspace.call('serving.predict', {
    modelVersionId: 1,
    text,
  });
  expect(spans.map(({ label, start, end }) => [label, text.slice(start, end)])).toEqual([
    ['Disease', 'chronic bronchitis'],
    ['Treatment', 'hepatazole'],
  ]);
  expect(features).toMatchObject({ sentences: 2, empty: false });
  expect(features.oovShare).toBeLessThan(0.2);
  expect(expectedGold['Disease']).toBeGreaterThan(0.5);
  const empty = await workspace.call('serving.predict', { modelVersionId: 1, text: ' \n' });
  expect(empty).toMatchObject({
    spans: [],
    meanTokenMaxMarginal: null,
    features: { empty: true, oovShare: null },
  });
});

test('maps pairs of one sentence and opens the sentences behind them', async () => {
  const map = await workspace.call('serving.treatmentMap', { limit: 3 });
  expect(map.pairs).toHaveLength(3);
  expect(map).toMatchObject({ notesWithGold: 160, notesWithPredictions: 0, modelVersion: null });
  const [pair] = map.pairs;
  const { disease = '', treatment = '' } = pair ?? {};
  const mentions = await workspace.call('serving.pairMentions', {
    disease: ` ${disease.toUpperCase()}  `,
    treatment,
  });
  expect(mentions.total).toBe((pair?.linked ?? 0) + (pair?.goldSentences ?? 0));
  for (const { sentence, start, disease: place } of mentions.rows) {
    expect(sentence.slice(place[0] - start, place[1] - start).toLowerCase()).toBe(disease.toLowerCase());
  }
  expect((await workspace.call('serving.pairMentions', { disease: 'no such', treatment })).total).toBe(0);
});

test('does not claim a mapping accuracy without links, and keeps the measured speed', async () => {
  const { f1 } = await workspace.call('serving.mappingAccuracy', { modelVersionId: 1 });
  expect(f1).toMatchObject({ value: null, n: 0, howComputed: expect.stringContaining('holds no link') });
  const { jobId } = await workspace.call('serving.measureSpeed', { modelVersionId: 1 });
  await expect
    .poll(async () => (await workspace.call('jobs.get', { jobId })).state, { timeout: 15_000 })
    .toBe('finished');
  const { inferenceSpeed } = await workspace.call('serving.state', {});
  expect(inferenceSpeed.value).toBeGreaterThan(1000);
  expect(inferenceSpeed.n).toBeGreaterThan(100);
  expect(inferenceSpeed.interval?.[0]).toBeLessThanOrEqual(inferenceSpeed.value ?? 0);
});

test('writes suggestions that never count as gold, and leaves annotated notes alone unless asked', async () => {
  const { registry, serving } = workspace.services;
  const { id } = registry.version(1);
  const none = await serving.suggest(id, { corpusId: 1, unannotated: true, minProbability: 0 }).done;
  expect(none).toEqual({ notes: 0, spans: 0 });
  const all = await serving.suggest(id, { corpusId: 1, unannotated: false, minProbability: 0 }).done;
  expect(all.notes).toBe(160);
  expect(all.spans).toBeGreaterThan(200);
  const strict = await serving.suggest(id, { corpusId: 1, unannotated: false, minProbability: 0.999_999 })
    .done;
  expect(strict.spans).toBeLessThan(all.spans);
  expect((await workspace.call('serving.treatmentMap', {})).notesWithPredictions).toBe(0);
});
