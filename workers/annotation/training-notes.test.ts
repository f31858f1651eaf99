import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TestWorkspace } from '../engine/test-workspace.ts';
import { openTestWorkspace } from '../engine/test-workspace.ts';
import { createGoldSource } from './gold.ts';
import { readCurrentNote, readTrainingNotes } from './service.ts';
import type { PlannedNote, StoredNote } from './test-notes.ts';
import { annotationOn, storeNotes } from './test-notes.ts';

const call = { signal: new AbortController().signal };
let workspace: TestWorkspace;

beforeEach(async () => {
  workspace = await openTestWorkspace({ threads: 'none' });
});
afterEach(async () => workspace.close());

/** Freezes notes as corpus does: each with its gold layer at this position, all in the part "train". */
function freeze(corpusId: number, notes: readonly StoredNote[]): number {
  const { db } = workspace.context;
  const gold = createGoldSource(db);
  const position = gold.position();
  const snapshot = db
    .prepare(
      `INSERT INTO snapshot (corpus_id, name, content_sha256, event_position, note_count, annotated_count,
         span_count, link_count, label_counts, created_at) VALUES (?, 'frozen', ?, ?, ?, 0, 0, 0, '{}', 1)`,
    )
    .run(corpusId, '0'.repeat(64), position, notes.length).lastInsertRowid;
  const split = db
    .prepare(
      `INSERT INTO split (snapshot_id, name, method, seed, shares, counts, created_at)
       VALUES (?, 'all', 'random', 1, '{}', '{}', 1)`,
    )
    .run(snapshot).lastInsertRowid;
  for (const note of notes) {
    db.prepare(
      `INSERT INTO snapshot_member (snapshot_id, note_id, note_revision_id, layer_id, event_position)
       VALUES (?, ?, ?, ?, ?)`,
    ).run(snapshot, note.noteId, note.revisionId, gold.goldLayer(note.noteId), position);
    db.prepare(`INSERT INTO split_member (split_id, note_id, part) VALUES (?, ?, 'train')`).run(
      split,
      note.noteId,
    );
  }
  return Number(split);
}

test('training sees the notes as the snapshot froze them, whatever was annotated since', async () => {
  const { service, sink } = annotationOn(workspace.context);
  const text = 'Aspirin for pain.';
  const { corpusId, notes } = storeNotes(workspace.context, sink, [
    {
      externalId: 'a',
      text,
      spans: [
        { label: 'Disease', start: 12, end: 16 },
        { label: 'Treatment', start: 0, end: 7 },
      ],
      links: [{ from: 1, to: 0 }],
    },
    { externalId: 'b', text },
    {
      externalId: 'c',
      text,
      spans: [
        {
          label: 'Disease',
          start: 0,
          end: 16,
          fragments: [
            { start: 0, end: 7 },
            { start: 12, end: 16 },
          ],
        },
      ],
    },
  ]);
  const [first] = notes as [StoredNote];
  const base = { noteId: first.noteId, revisionId: first.revisionId };
  const { handlers } = service;
  await handlers['annotation.addSpan'](
    { ...base, uid: 'before-00', labelId: 1, start: 8, end: 11, quote: 'for' },
    call,
  );
  const splitId = freeze(corpusId, notes);
  const frozen = [...readTrainingNotes(workspace.context.db, splitId, 'train')];
  expect(frozen.map((note) => note.spans)).toEqual([
    [
      { start: 0, end: 7, label: 'Treatment' },
      { start: 8, end: 11, label: 'Disease' },
      { start: 12, end: 16, label: 'Disease' },
    ],
    [],
    [
      {
        start: 0,
        end: 16,
        label: 'Disease',
        fragments: [
          { start: 0, end: 7 },
          { start: 12, end: 16 },
        ],
      },
    ],
  ]);
  expect(frozen[0]?.links).toEqual([{ from: 0, to: 2, type: 'treats' }]);

  await handlers['annotation.removeSpan']({ ...base, uid: 'before-00' }, call);
  for (let times = 0; times < 3; times += 1) await handlers['annotation.undo']({}, call);
  expect(readCurrentNote(workspace.context.db, first.noteId)).toBeNull();
  expect([...readTrainingNotes(workspace.context.db, splitId, 'train')]).toEqual(frozen);
});

test('an import of twenty thousand spans is one act, and is taken back as one', async () => {
  const { service, sink } = annotationOn(workspace.context);
  const text = 'word '.repeat(100);
  const planned = Array.from({ length: 1000 }, (_, index): PlannedNote => ({
    externalId: `note ${index}`,
    text,
    spans: Array.from({ length: 20 }, (_, at) => ({ label: 'Disease', start: at * 25, end: at * 25 + 4 })),
  }));
  const { notes, corpusId } = storeNotes(workspace.context, sink, planned);
  expect((await service.handlers['annotation.undoState']({}, call)).undo).toEqual({
    title: 'Import planned.jsonl',
    noteId: null,
    notes: 1000,
  });
  const reply = await service.handlers['annotation.undo']({}, call);
  expect(reply.noteCount).toBe(1000);
  const count = workspace.context.db.prepare<[], { n: number }>('SELECT count(*) AS n FROM span');
  expect(count.get()?.n).toBe(0);
  await service.handlers['annotation.redo']({}, call);
  expect(count.get()?.n).toBe(20_000);
  expect(service.notesAnnotatedSince(corpusId, 0)).toBe(0);
  expect(notes).toHaveLength(1000);
}, 30_000);

test('a label that the schema lacks is made; a span outside its text is refused', () => {
  const { sink } = annotationOn(workspace.context);
  const spans = [{ label: 'Anatomy', start: 0, end: 4 }];
  storeNotes(workspace.context, sink, [{ externalId: 'a', text: 'Lung', spans }]);
  expect(sink.labels()).toEqual(['Disease', 'Treatment', 'Anatomy']);
  expect(() =>
    storeNotes(workspace.context, sink, [
      { externalId: 'b', text: 'Lung', spans: [{ label: 'Disease', start: 2, end: 9 }] },
    ]),
  ).toThrow(/cannot be taken in/);
});

test('suggestions of a model replace its earlier ones and never count as gold', async () => {
  const { service, sink } = annotationOn(workspace.context);
  const { notes } = storeNotes(workspace.context, sink, [{ externalId: 'a', text: 'Aspirin for pain.' }]);
  const [note] = notes as [StoredNote];
  const suggest = (end: number) =>
    service.writeSuggestions(7, [
      { noteId: note.noteId, spans: [{ start: 0, end, label: 'Treatment', score: 0.9 }] },
    ]);
  suggest(7);
  suggest(11);
  const [layer] = await service.handlers['annotation.layers']({ noteId: note.noteId }, call);
  expect(layer).toMatchObject({ kind: 'model', spans: 1, gold: false });
  expect(readCurrentNote(workspace.context.db, note.noteId)).toBeNull();
  expect((await service.handlers['annotation.undoState']({}, call)).undo).toBeNull();
});
