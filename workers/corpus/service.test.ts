import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TestWorkspace } from '../engine/test-workspace.ts';
import { openTestWorkspace } from '../engine/test-workspace.ts';

let workspace: TestWorkspace;
let folder: string;
let corpusId: number;

beforeEach(async () => {
  workspace = await openTestWorkspace({ threads: 'none' });
  folder = mkdtempSync(join(tmpdir(), 'medspan-corpus-'));
  corpusId = (await workspace.call('corpus.create', { name: 'Notes' })).id;
});

afterEach(async () => {
  await workspace.close();
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const labels = { D: { action: 'map', label: 'Disease' }, T: { action: 'map', label: 'Treatment' } } as const;

test('token pairs become notes with spans, and a snapshot and a split of them', async () => {
  write('bio/train_sent', 'Aspirin\nhelps\nchest\npain\n\nNo\nfever\n.\n\n');
  write('bio/train_label', 'T\nO\nD\nD\n\nO\nD\nO\n\n');
  write('bio/test_sent', 'No\nfever\n.\n');
  write('bio/test_label', 'O\nD\nO\n');
  const result = await workspace.services.corpus.importFiles({
    corpusId,
    paths: [join(folder, 'bio')],
    format: 'token-pairs',
    labels,
  });
  expect(result).toMatchObject({ notes: 3, spans: 4, rejected: 0, skipped: 0 });

  const notes = await workspace.call('corpus.notes', { corpusId });
  expect(notes.total).toBe(3);
  expect(notes.rows.map(({ externalId, part }) => [externalId, part])).toEqual([
    ['bio/test/1', 'test'],
    ['bio/train/1', 'train'],
    ['bio/train/2', 'train'],
  ]);
  const note = await workspace.call('corpus.note', { noteId: notes.rows[1]?.id ?? 0 });
  expect(note).toMatchObject({
    text: 'Aspirin helps chest pain',
    source: { file: 'train_sent', line: 1, encoding: 'utf-8' },
  });

  const snapshot = await workspace.call('corpus.createSnapshot', { corpusId, name: 'v1' });
  expect(snapshot).toMatchObject({ noteCount: 3, spanCount: 4, labelCounts: { Disease: 3, Treatment: 1 } });
  const again = await workspace.call('corpus.createSnapshot', { corpusId, name: 'v2' });
  expect(again.contentSha256).toBe(snapshot.contentSha256);

  const split = await workspace.call('corpus.createSplit', {
    snapshotId: snapshot.id,
    name: 'source',
    method: 'source',
    shares: { train: 0.8, dev: 0, test: 0.2 },
  });
  expect(split).toMatchObject({ counts: { train: 2, dev: 0, test: 1 }, leakedCount: 1 });

  const [row] = await workspace.call('corpus.imports', { corpusId });
  expect(row?.keptBecause).toContain('v1');
  await expect(workspace.call('corpus.removeImport', { importId: row?.id ?? 0 })).rejects.toMatchObject({
    code: 'NOT_ALLOWED',
  });
});

test('an import that nothing refers to is taken back as one act, and can be made anew', async () => {
  const path = write('a.jsonl', '{"id":"1","text":"Fever."}\n{"id":"2","text":"Cough."}\n');
  const spec = { corpusId, paths: [path], format: 'jsonl' } as const;
  const { importId } = await workspace.services.corpus.importFiles(spec);
  expect((await workspace.call('corpus.notes', { corpusId })).total).toBe(2);
  await workspace.call('corpus.removeImport', { importId });
  expect((await workspace.call('corpus.notes', { corpusId })).total).toBe(0);
  expect(await workspace.call('corpus.imports', { corpusId })).toEqual([]);
  expect(await workspace.services.corpus.importFiles(spec)).toMatchObject({ notes: 2, rejected: 0 });
});

test('an id that the corpus holds is skipped or rejected, as chosen', async () => {
  const first = write('a.jsonl', '{"id":"1","text":"Fever."}\n');
  const second = write('b.jsonl', '{"id":"1","text":"Other."}\n{"id":"2","text":"Cough."}\n');
  await workspace.services.corpus.importFiles({ corpusId, paths: [first], format: 'jsonl' });
  const spec = { corpusId, paths: [second], format: 'jsonl', duplicates: 'skip' } as const;
  const skipped = await workspace.services.corpus.importFiles(spec);
  expect(skipped).toMatchObject({ notes: 1, rejected: 0, skipped: 1 });
  await workspace.call('corpus.removeImport', { importId: skipped.importId });
  const rejected = await workspace.services.corpus.importFiles({ ...spec, duplicates: 'reject' });
  expect(rejected).toMatchObject({ notes: 1, rejected: 1, skipped: 0 });
  const list = await workspace.call('corpus.rejections', { importId: rejected.importId });
  expect(list.rows).toEqual([
    { file: 'b.jsonl', line: 1, reason: 'The corpus holds a note of this id already.' },
  ]);
});

test('an import of nothing but bad lines fails, says so, and keeps its list of rejections', async () => {
  const path = write('bad.jsonl', 'not json\n{"text":""}\n');
  await expect(
    workspace.services.corpus.importFiles({ corpusId, paths: [path], format: 'jsonl' }),
  ).rejects.toMatchObject({ code: 'BAD_FILE' });
  const [row] = await workspace.call('corpus.imports', { corpusId });
  expect(row).toMatchObject({ state: 'failed', visible: false, rejectedCount: 2 });
  expect(
    (await workspace.call('corpus.rejections', { importId: row?.id ?? 0 })).rows.map(({ line }) => line),
  ).toEqual([1, 2]);
});

test('a cancelled import leaves nothing, and what was there stays', async () => {
  const small = write('small.jsonl', '{"id":"small","text":"Fever."}\n');
  const large = write(
    'large.jsonl',
    Array.from({ length: 20_000 }, (_, index) =>
      JSON.stringify({ id: `n${String(index)}`, text: `Fever ${String(index)} `.repeat(20) }),
    ).join('\n'),
  );
  await workspace.services.corpus.importFiles({ corpusId, paths: [small], format: 'jsonl' });
  const abort = new AbortController();
  const off = workspace.context.events.on('job.changed', (job) => {
    if ((job.progress ?? 0) > 0.3) abort.abort();
  });
  await expect(
    workspace.services.corpus.importFiles({ corpusId, paths: [large], format: 'jsonl' }, abort.signal),
  ).rejects.toMatchObject({ code: 'CANCELLED' });
  off();
  expect((await workspace.call('corpus.notes', { corpusId })).total).toBe(1);
  expect(
    await workspace.services.corpus.importFiles({ corpusId, paths: [large], format: 'jsonl' }),
  ).toMatchObject({ notes: 20_000 });
});

test('a full disk fails the import as a whole, says so, and once there is room it comes in', async () => {
  const line = (index: number): string =>
    JSON.stringify({ id: String(index), text: `Fever ${String(index)}. `.repeat(30) });
  const path = write('many.jsonl', Array.from({ length: 3000 }, (_, index) => line(index)).join('\n'));
  const { db } = workspace.context;
  const pages = db.pragma('page_count', { simple: true }) as number;
  db.pragma(`max_page_count = ${String(pages + 60)}`);
  const spec = { corpusId, paths: [path], format: 'jsonl' } as const;
  await expect(workspace.services.corpus.importFiles(spec)).rejects.toMatchObject({ code: 'DISK_FULL' });
  expect((await workspace.call('corpus.notes', { corpusId })).total).toBe(0);
  expect((await workspace.call('corpus.imports', { corpusId }))[0]).toMatchObject({
    state: 'failed',
    visible: false,
  });
  db.pragma('max_page_count = 1000000');
  expect(await workspace.services.corpus.importFiles(spec)).toMatchObject({ notes: 3000, rejected: 0 });
});
