import type { Layer, OpenNote } from '../api/annotation.ts';
import { MedspanError } from '../api/errors.ts';
import type { Profile } from '../api/workspace.ts';
import type { ReadableDatabase } from '../storage/connection.ts';
import type { LayerState } from './change.ts';
import { linkView, spanView } from './delta.ts';
import { readLayer } from './layer-rows.ts';
import { goldLayer, workingLayer } from './layers.ts';
import { quoteConflict, revisionText } from './note-text.ts';
import { queries } from './queries.ts';
import { undoState } from './undo-state.ts';

/** The source's tokens as start, end, start, end …, from little-endian u32 pairs. */
export function decodeOffsets(blob: Uint8Array | null): Uint32Array | null {
  if (!blob || blob.byteLength === 0) return null;
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  const offsets = new Uint32Array(Math.floor(blob.byteLength / 8) * 2);
  for (const index of offsets.keys()) offsets[index] = view.getUint32(index * 4, true);
  return offsets;
}

/** Refuses to show spans that do not hold the text they were made on. Errors: CONFLICT. */
export function assertQuotes(noteId: number, text: string, state: LayerState): void {
  for (const span of state.spans.values()) {
    if (text.slice(span.start, span.end) !== span.quote) throw quoteConflict(noteId, span.start, span.end);
  }
}

export function openNote(db: ReadableDatabase, noteId: number, profile: Profile): OpenNote {
  const sql = queries(db);
  const head = sql.head.get(noteId);
  if (!head) {
    throw new MedspanError(
      'NOT_FOUND',
      `Note ${noteId} is not in this workspace; choose another from the list.`,
    );
  }
  const text = revisionText(db, head.revisionId);
  const { shown, own } = workingLayer(db, noteId, profile);
  const state = shown ? readLayer(db, noteId, shown.id) : { spans: new Map(), links: new Map() };
  assertQuotes(noteId, text, state);
  const tokens = decodeOffsets(sql.text.get(head.revisionId)?.tokenOffsets ?? null);
  return {
    ...head,
    text,
    tokenOffsets: tokens ? [...tokens] : null,
    layer: shown ? { kind: shown.kind, name: shown.name, own } : null,
    spans: [...state.spans.values()].map(spanView),
    links: [...state.links.values()].map(linkView),
    position: sql.notePosition.get(noteId)?.position ?? 0,
    ...undoState(db, profile),
  };
}

/** Every layer that has a say on a note. */
export function layersOfNote(db: ReadableDatabase, noteId: number): readonly Layer[] {
  const sql = queries(db);
  const gold = goldLayer(db, noteId);
  return sql.layersOfNote.all(noteId).map((layer) => ({
    id: layer.id,
    kind: layer.kind,
    name: layer.name,
    spans: sql.countSpans.get(noteId, layer.id)?.n ?? 0,
    links: sql.countLinks.get(noteId, layer.id)?.n ?? 0,
    touchedAt: layer.touchedAt,
    gold: layer.id === gold,
  }));
}
