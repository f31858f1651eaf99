import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ActReply, OpenNote, StepReply } from '../api/annotation.ts';
import type { TestWorkspace } from '../engine/test-workspace.ts';
import { openTestWorkspace } from '../engine/test-workspace.ts';
import { createGoldSource } from './gold.ts';
import type { StoredNote } from './test-notes.ts';
import { annotationOn, storeNotes } from './test-notes.ts';

const text = 'Given metformin for T2DM 😀 and aspirin.\r\nNo fever.';
const call = { signal: new AbortController().signal };
let workspace: TestWorkspace;
let handlers: ReturnType<typeof annotationOn>['service']['handlers'];
let corpusId: number;
let annotated: StoredNote;
let plain: StoredNote;

beforeEach(async () => {
  workspace = await openTestWorkspace({ threads: 'none' });
  const { service, sink } = annotationOn(workspace.context);
  handlers = service.handlers;
  const stored = storeNotes(workspace.context, sink, [
    {
      externalId: 'n1',
      text,
      spans: [
        { label: 'Treatment', start: 6, end: 15 },
        { label: 'Disease', start: 20, end: 24 },
      ],
      links: [{ from: 0, to: 1 }],
    },
    { externalId: 'n2', text },
  ]);
  corpusId = stored.corpusId;
  [annotated, plain] = stored.notes as [StoredNote, StoredNote];
});

afterEach(async () => workspace.close());

async function open(note: StoredNote): Promise<OpenNote> {
  return handlers['annotation.openNote']({ noteId: note.noteId }, call);
}

let made = 0;
function add(note: StoredNote, labelId: number, quote: string, uid = `test-uid-${(made += 1)}`) {
  const start = text.indexOf(quote);
  const { noteId, revisionId } = note;
  return handlers['annotation.addSpan'](
    { noteId, revisionId, uid, labelId, start, end: start + quote.length, quote },
    call,
  ) as ActReply;
}

const undo = (): StepReply => handlers['annotation.undo']({}, call) as StepReply;
const redo = (): StepReply => handlers['annotation.redo']({}, call) as StepReply;
const view = (note: OpenNote) => ({
  spans: note.spans.map((span) => [span.labelId, span.start, span.end]),
  links: note.links.length,
});

test('an imported note shows the layer of its import', async () => {
  const note = await open(annotated);
  expect(note.layer).toEqual({ kind: 'import', name: 'planned.jsonl (import 1)', own: false });
  expect(view(note)).toEqual({
    spans: [
      [2, 6, 15],
      [1, 20, 24],
    ],
    links: 1,
  });
  expect(note.undo?.title).toBe('Import planned.jsonl');
});

test('the first edit copies the import into the layer of the annotator, and one undo takes both back', async () => {
  const reply = add(annotated, 2, 'aspirin');
  expect(reply.delta.putSpans).toHaveLength(1);
  expect(reply.delta.status).toBe('started');
  const edited = await open(annotated);
  expect(edited.layer).toMatchObject({ kind: 'annotator', own: true });
  expect(view(edited).spans).toHaveLength(3);
  expect(view(edited).links).toBe(1);
  const layers = await handlers['annotation.layers']({ noteId: annotated.noteId }, call);
  expect(layers.map((layer) => [layer.kind, layer.spans, layer.gold])).toEqual([
    ['annotator', 3, true],
    ['import', 2, false],
  ]);

  const back = undo();
  expect(back.title).toBe('Tag Treatment');
  expect(back.change).toBeNull();
  const undone = await open(annotated);
  expect(undone.layer?.kind).toBe('import');
  expect(undone.status).toBe('new');
  expect(view(undone).spans).toHaveLength(2);
  redo();
  expect(await open(annotated)).toMatchObject({ spans: edited.spans, links: edited.links });
});

test('undo reaches into another note and says which', async () => {
  add(plain, 1, 'fever');
  add(annotated, 2, 'aspirin');
  expect(undo().notes).toEqual([{ noteId: annotated.noteId, externalId: 'n1' }]);
  expect(undo().notes).toEqual([{ noteId: plain.noteId, externalId: 'n2' }]);
  expect(undo().title).toBe('Import planned.jsonl');
  expect((await open(annotated)).layer).toBeNull();
  expect(() => undo()).toThrow(/nothing left to undo/);
  expect([redo().title, redo().title, redo().title]).toEqual([
    'Import planned.jsonl',
    'Tag Disease',
    'Tag Treatment',
  ]);
  expect(() => redo()).toThrow(/nothing to redo/);
});

test('a new act clears what could be redone', () => {
  add(plain, 1, 'fever');
  undo();
  const reply = add(plain, 2, 'aspirin');
  expect(reply.redo).toBeNull();
  expect(() => redo()).toThrow(/nothing to redo/);
});

test('the same uid or the same act sent twice acts once', async () => {
  const first = add(plain, 1, 'fever', 'same-uid-1');
  const again = add(plain, 1, 'fever', 'same-uid-1');
  expect(again.position).toBe(first.position);
  expect(() => add(plain, 2, 'fever', 'same-uid-1')).toThrow(/another|Another/);

  const { noteId, revisionId } = plain;
  const removal = { noteId, revisionId, uid: 'same-uid-1', act: 'act-000001' };
  const gone = await handlers['annotation.removeSpan'](removal, call);
  const repeated = await handlers['annotation.removeSpan'](removal, call);
  expect(repeated.delta).toEqual(gone.delta);
  expect(repeated.position).toBe(gone.position);
  await handlers['annotation.undo']({ act: 'act-000002' }, call);
  await handlers['annotation.undo']({ act: 'act-000002' }, call);
  expect((await open(plain)).spans).toHaveLength(1);
});

test('what does not fit the text is refused and leaves nothing behind', async () => {
  const { noteId, revisionId } = plain;
  const base = { noteId, revisionId, labelId: 1, uid: 'refused-1' };
  const tries: [object, RegExp][] = [
    [{ start: 0, end: 5, quote: 'given' }, /does not hold the text/],
    [{ start: 5, end: 5, quote: 'x' }, /does not fit/],
    [{ start: 0, end: 5000, quote: 'x' }, /does not fit/],
    [{ start: 25, end: 26, quote: text.slice(25, 26) }, /cut a character in two/],
    [{ start: 0, end: 5, quote: 'Given', revisionId: 99 }, /was changed since it was opened/],
    [{ start: 0, end: 5, quote: 'Given', noteId: 999 }, /not in this workspace/],
    [{ start: 0, end: 5, quote: 'Given', labelId: 99 }, /not in the schema/],
  ];
  for (const [input, message] of tries) {
    expect(() => handlers['annotation.addSpan']({ ...base, ...input } as never, call)).toThrow(message);
  }
  const note = await open(plain);
  expect(note.spans).toEqual([]);
  expect(note.status).toBe('new');
  expect(note.layer).toBeNull();
  expect(note.position).toBe(0);
});

test('the same span twice is refused, another label on the same characters is not', () => {
  add(plain, 1, 'fever');
  expect(() => add(plain, 1, 'fever')).toThrow(/tagged Disease already/);
  expect(add(plain, 2, 'fever').delta.putSpans).toHaveLength(1);
});

test('only links that the schema allows can be made, and a new label takes forbidden ones away', async () => {
  const { noteId, revisionId } = plain;
  const treatment = add(plain, 2, 'metformin').delta.putSpans[0]?.uid ?? '';
  const disease = add(plain, 1, 'T2DM').delta.putSpans[0]?.uid ?? '';
  const link = { noteId, revisionId, typeId: 1 };
  expect(() =>
    handlers['annotation.addLink']({ ...link, uid: 'link-uid-1', from: disease, to: treatment }, call),
  ).toThrow(/cannot run between/);
  await handlers['annotation.addLink']({ ...link, uid: 'link-uid-2', from: treatment, to: disease }, call);
  expect(() =>
    handlers['annotation.addLink']({ ...link, uid: 'link-uid-3', from: treatment, to: disease }, call),
  ).toThrow(/linked as "treats" already/);

  const reply = await handlers['annotation.changeSpan'](
    { noteId, revisionId, uid: treatment, labelId: 1 },
    call,
  );
  expect(reply.delta.droppedLinks).toEqual(['link-uid-2']);
  undo();
  expect((await open(plain)).links).toHaveLength(1);
  await handlers['annotation.removeSpan']({ noteId, revisionId, uid: disease }, call);
  expect((await open(plain)).links).toHaveLength(0);
  undo();
  expect((await open(plain)).links).toHaveLength(1);
});

test('"done" on an untouched note says: nothing here', async () => {
  const { noteId, revisionId } = plain;
  const source = createGoldSource(workspace.context.db);
  expect(source.goldLayer(noteId)).toBeNull();
  await handlers['annotation.setStatus']({ noteId, revisionId, status: 'done' }, call);
  expect(source.goldLayer(noteId)).not.toBeNull();
  expect((await open(plain)).layer).toMatchObject({ kind: 'annotator', own: true });
  undo();
  expect(source.goldLayer(noteId)).toBeNull();
});

test('an undo leaves alone a status that somebody else has set since', async () => {
  const { noteId, revisionId } = plain;
  await workspace.call('workspace.useProfile', { name: 'Ada' });
  await handlers['annotation.setStatus']({ noteId, revisionId, status: 'done' }, call);
  await workspace.call('workspace.useProfile', { name: 'Ben' });
  await handlers['annotation.setStatus']({ noteId, revisionId, status: 'flagged' }, call);
  await workspace.call('workspace.useProfile', { name: 'Ada' });
  undo();
  expect((await open(plain)).status).toBe('flagged');
  redo();
  expect((await open(plain)).status).toBe('flagged');
});

test('two annotators do not see each other edit', async () => {
  await workspace.call('workspace.useProfile', { name: 'Ada' });
  add(annotated, 2, 'aspirin');
  await workspace.call('workspace.useProfile', { name: 'Ben' });
  expect((await open(annotated)).spans).toHaveLength(3);
  add(annotated, 1, 'fever');
  await workspace.call('workspace.useProfile', { name: 'Ada' });
  expect((await open(annotated)).spans).toHaveLength(3);
  expect(undo().title).toBe('Tag Treatment');
});

test('a quote that no longer fits is refused on load, naming the note', async () => {
  add(plain, 1, 'fever');
  workspace.context.db.prepare(`UPDATE span SET quote = 'xxxxx' WHERE note_id = ?`).run(plain.noteId);
  expect(() => handlers['annotation.openNote']({ noteId: plain.noteId }, call)).toThrow(
    new RegExp(`In note ${plain.noteId} `),
  );
});

test('the past can be read at any position', async () => {
  const source = createGoldSource(workspace.context.db);
  const before = source.position();
  const layer = source.goldLayer(annotated.noteId) ?? 0;
  const then = source.read(annotated.noteId, layer, before);
  expect(then.links).toEqual([{ from: 0, to: 1, type: 'treats' }]);
  add(annotated, 2, 'aspirin');
  const own = source.goldLayer(annotated.noteId) ?? 0;
  const middle = source.position();
  expect(own).not.toBe(layer);
  add(annotated, 1, 'fever');
  expect(source.read(annotated.noteId, own, middle).spans).toHaveLength(3);
  expect(source.read(annotated.noteId, own, source.position()).spans).toHaveLength(4);
  expect(source.read(annotated.noteId, layer, before)).toEqual(then);
});

test('the queue lists, filters and finds neighbours', async () => {
  const all = await handlers['annotation.queue']({ offset: 0, limit: 10 }, call);
  expect(all.total).toBe(2);
  expect(all.rows.map((row) => [row.externalId, row.spans, row.status])).toEqual([
    ['n1', 2, 'new'],
    ['n2', null, 'new'],
  ]);
  expect(all.rows[0]?.opening.startsWith('Given metformin')).toBe(true);
  const found = await handlers['annotation.queue']({ corpusId, search: '2', offset: 0, limit: 10 }, call);
  expect(found.rows.map((row) => row.externalId)).toEqual(['n2']);
  const odd = await handlers['annotation.queue']({ search: '%', offset: 0, limit: 10 }, call);
  expect(odd.total).toBe(0);
  expect(await handlers['annotation.place']({ noteId: plain.noteId }, call)).toEqual({
    index: 1,
    previous: annotated.noteId,
    next: null,
  });
});
