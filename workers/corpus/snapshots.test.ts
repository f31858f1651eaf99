import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TestWorkspace } from '../engine/test-workspace.ts';
import { openTestWorkspace } from '../engine/test-workspace.ts';

let folder: string;
let workspace: TestWorkspace;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'medspan-snapshots-'));
  workspace = await openTestWorkspace({ threads: 'none' });
});
afterEach(async () => {
  await workspace.close();
  rmSync(folder, { recursive: true, force: true });
});

const labels = { Disease: { action: 'map', label: 'Disease' } } as const;
const lines = Array.from({ length: 200 }, (_, index) =>
  JSON.stringify({
    id: `n${String(index)}`,
    text: `Fever and cough ${String(index)}`,
    spans: [
      { start: 0, end: 5, label: 'Disease' },
      { start: 10, end: 15, label: 'Disease' },
    ].slice(0, index % 3),
  }),
);

async function importLines(name: string, rows: readonly string[]): Promise<number> {
  const path = join(folder, `${name}.jsonl`);
  writeFileSync(path, rows.join('\n'));
  const corpusId = workspace.services.corpus.createCorpus(name).id;
  await workspace.services.corpus.importFiles({ corpusId, paths: [path], format: 'jsonl', labels });
  return corpusId;
}

test('the same content in another order has the same hash; one span less has another', async () => {
  const { corpus } = workspace.services;
  const forwards = await corpus.createSnapshot({ corpusId: await importLines('a', lines), name: 's' });
  const backwards = await corpus.createSnapshot({
    corpusId: await importLines('b', lines.toReversed()),
    name: 's',
  });
  expect(backwards.contentSha256).toBe(forwards.contentSha256);
  const changed = lines.with(4, lines[4]?.replace('"start":0', '"start":1') ?? '');
  const other = await corpus.createSnapshot({ corpusId: await importLines('c', changed), name: 's' });
  expect(other.contentSha256).not.toBe(forwards.contentSha256);
  expect(other.spanCount).toBe(forwards.spanCount);
});

test('a snapshot keeps what it froze while annotation goes on', async () => {
  const { corpus } = workspace.services;
  const corpusId = await importLines('a', lines);
  const first = await corpus.createSnapshot({ corpusId, name: 'first' });
  const { rows } = await workspace.call('corpus.notes', { corpusId });
  const opened = await workspace.call('annotation.openNote', { noteId: rows[0]?.id ?? 0 });
  await workspace.call('annotation.addSpan', {
    noteId: opened.noteId,
    revisionId: opened.revisionId,
    uid: crypto.randomUUID(),
    labelId: 1,
    start: 0,
    end: 5,
    quote: 'Fever',
  });
  const second = await corpus.createSnapshot({ corpusId, name: 'second' });
  expect(second.spanCount).toBe(first.spanCount + 1);
  expect(second.contentSha256).not.toBe(first.contentSha256);
  expect(corpus.snapshot(first.id)).toEqual(first);
  await expect(workspace.call('corpus.removeImport', { importId: 1 })).rejects.toMatchObject({
    code: 'NOT_ALLOWED',
  });
});

test('a name that is taken and a corpus without notes are refused; a cancelled snapshot leaves nothing', async () => {
  const { corpus } = workspace.services;
  const corpusId = await importLines('a', lines);
  await corpus.createSnapshot({ corpusId, name: 's' });
  await expect(corpus.createSnapshot({ corpusId, name: 's' })).rejects.toMatchObject({ code: 'CONFLICT' });
  const empty = corpus.createCorpus('empty').id;
  await expect(corpus.createSnapshot({ corpusId: empty, name: 's' })).rejects.toMatchObject({
    code: 'CANNOT_COMPUTE',
  });
  const many = await importLines(
    'many',
    Array.from({ length: 5000 }, (_, index) => JSON.stringify({ text: `Note ${String(index)}` })),
  );
  await expect(
    corpus.createSnapshot({ corpusId: many, name: 's' }, AbortSignal.abort()),
  ).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(await workspace.call('corpus.snapshots', { corpusId: many })).toEqual([]);
  expect((await corpus.createSnapshot({ corpusId: many, name: 's' })).noteCount).toBe(5000);
});
