import type { OpenNote, Schema } from '../../workers/api/annotation.ts';
import { call } from '../engine-client/engine.ts';
import { asMedspanError } from '../engine-client/live-query.ts';
import { startQueue } from './act-queue.ts';
import { spanUnder } from './active-span.ts';
import { SpanIndex } from './note/span-index.ts';
import { splitLines } from './note/text-lines.ts';
import { tokensOf } from './note/tokens.ts';
import { nothingOpen, store } from './store.ts';

/** Where each note was left in this session: opening it again leads back there. */
const places = new Map<number, number>();

let wanted = 0;

/** Fetches a note and shows it; of several calls the last one wins. */
export async function openNote(noteId: number): Promise<void> {
  wanted += 1;
  const mine = wanted;
  rememberPlace();
  try {
    const [opened, schema] = await Promise.all([
      call('annotation.openNote', { noteId }),
      call('annotation.schema', {}),
    ]);
    if (mine !== wanted) return;
    show(opened, schema);
  } catch (error) {
    if (mine !== wanted) return;
    startQueue(0);
    store.setState({ ...nothingOpen, failure: asMedspanError(error) });
  }
}

function show(opened: OpenNote, schema: Schema): void {
  const { spans, links, position, undo, redo, status, layer, tokenOffsets, ...rest } = opened;
  const index = new SpanIndex();
  for (const span of spans) index.put(span);
  const tokens = tokensOf(opened.text, tokenOffsets);
  const place = places.get(opened.noteId) ?? 0;
  const caret = { anchor: place, focus: place };
  startQueue(position);
  const state = {
    ...nothingOpen,
    savedAt: store.getState().savedAt,
    schema: sameOrNew(schema),
    note: { ...rest, lines: splitLines(opened.text), tokens },
    spans: new Map(spans.map((span) => [span.uid, span])),
    links: new Map(links.map((link) => [link.uid, link])),
    index,
    status,
    layer,
    caret,
    undo,
    redo,
  };
  store.setState({ ...state, active: spanUnder(state, caret)?.uid ?? null });
}

function rememberPlace(): void {
  const { note, caret } = store.getState();
  if (note) places.set(note.noteId, caret.focus);
}

/** Leaves the note, as when the screen goes away. */
export function closeNote(): void {
  wanted += 1;
  rememberPlace();
  startQueue(0);
  store.setState(nothingOpen);
}

export async function refreshSchema(): Promise<void> {
  store.setState({ schema: sameOrNew(await call('annotation.schema', {})) });
}

/** A schema that says the same stays the same object, so that nothing is drawn anew for it. */
function sameOrNew(schema: Schema): Schema {
  const known = store.getState().schema;
  return JSON.stringify(known) === JSON.stringify(schema) ? known : schema;
}
