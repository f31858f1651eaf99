import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TestWorkspace } from '../engine/test-workspace.ts';
import { openTestWorkspace } from '../engine/test-workspace.ts';

const shared = (name: string): string =>
  fileURLToPath(new URL(`../../../shared/data/${name}`, import.meta.url));

let workspace: TestWorkspace;
let corpusId: number;
beforeEach(async () => {
  workspace = await openTestWorkspace({ threads: 'none' });
  corpusId = workspace.services.corpus.createCorpus('Shared').id;
});
afterEach(() => workspace.close());

const map = (label: string) => ({ action: 'map', label }) as const;

describe.skipIf(!existsSync(shared('behealthy')))('corpora beside the project', () => {
  test('BeHealthy: guessed, previewed, imported, split as the source split it, its 25 leaks marked', async () => {
    const paths = [shared('behealthy')];
    const plan = await workspace.call('corpus.planImport', { paths });
    expect(plan).toMatchObject({ format: 'token-pairs', rejected: [] });
    const preview = await workspace.call('corpus.previewImport', {
      paths,
      format: plan.format,
      corpusId,
      previewId: 'p',
    });
    expect(preview).toMatchObject({ noteCount: 3655, rejectedCount: 0, duplicateCount: 0 });
    expect(preview.partCounts).toEqual({ train: 2599, dev: 0, test: 1056, none: 0 });
    expect(preview.labels.map(({ name, suggestion }) => [name, suggestion]).sort()).toEqual([
      ['D', map('Disease')],
      ['T', map('Treatment')],
    ]);
    expect((await workspace.call('corpus.notes', { corpusId })).total).toBe(0);

    const labels = { D: map('Disease'), T: map('Treatment') };
    const result = await workspace.services.corpus.importFiles({
      corpusId,
      paths,
      format: 'token-pairs',
      labels,
    });
    expect(result).toMatchObject({ notes: 3655, spans: preview.spanCount, rejected: 0 });
    const snapshot = await workspace.services.corpus.createSnapshot({ corpusId, name: 'v1' });
    expect(snapshot).toMatchObject({ noteCount: 3655, annotatedCount: 3655, spanCount: preview.spanCount });
    const split = workspace.services.corpus.createSplit({
      snapshotId: snapshot.id,
      name: 'source',
      method: 'source',
      seed: 1,
      shares: { train: 0.7, dev: 0.1, test: 0.2 },
    });
    expect(split.counts.test).toBe(1056);
    expect(split.counts.train + split.counts.dev).toBe(2599);
    expect(split.leakedCount).toBe(25);
  }, 60_000);

  test('BC5CDR: CoNLL with TAB, its labels mapped', async () => {
    const paths = [shared('bc5cdr')];
    const plan = await workspace.call('corpus.planImport', { paths });
    expect(plan.format).toBe('conll');
    const labels = { Disease: map('Disease'), Chemical: map('Treatment') };
    const result = await workspace.services.corpus.importFiles({ corpusId, paths, format: 'conll', labels });
    expect(result).toMatchObject({ notes: 9141, rejected: 0, skipped: 0 });
    const { parts } = await workspace.call('corpus.facets', { corpusId });
    expect(parts).toEqual([
      { value: 'dev', count: 4581 },
      { value: 'train', count: 4560 },
    ]);
  }, 60_000);
});
