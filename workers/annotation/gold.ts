import type { GoldNote, GoldSource } from '../corpus/annotation-ports.ts';
import type { ReadableDatabase } from '../storage/connection.ts';
import type { LayerState, SpanRecord } from './change.ts';
import { applyToState, parseChanges } from './change.ts';
import { readLayer } from './layer-rows.ts';
import { goldLayer } from './layers.ts';
import { assertQuotes } from './open-note.ts';
import { queries } from './queries.ts';
import { perConnection } from './statements.ts';

/** One layer of one note as it was when the log stood at `position`: the present, led back by the inverses. */
export function readLayerAt(
  db: ReadableDatabase,
  noteId: number,
  layerId: number,
  position: number,
): LayerState {
  const state = readLayer(db, noteId, layerId);
  for (const { inverse } of queries(db).eventsAfter.all(noteId, layerId, position)) {
    for (const change of parseChanges(inverse)) applyToState(state, change);
  }
  return state;
}

interface Names {
  readonly labels: ReadonlyMap<number, string>;
  readonly types: ReadonlyMap<number, string>;
}

function readNames(db: ReadableDatabase): Names {
  const sql = queries(db);
  return {
    labels: new Map(sql.labels.all().map((label) => [label.id, label.name])),
    types: new Map(sql.linkTypes.all().map((type) => [type.id, type.name])),
  };
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Spans in a settled order and links as indices into them. Rejected spans are no annotation. */
export function goldNote(state: LayerState, names: Names): GoldNote {
  const name = (span: SpanRecord): string => names.labels.get(span.label) ?? String(span.label);
  const kept = [...state.spans.values()]
    .filter((span) => span.status === 'accepted')
    .toSorted(
      (a, b) => a.start - b.start || a.end - b.end || byText(name(a), name(b)) || byText(a.uid, b.uid),
    );
  const index = new Map(kept.map((span, at) => [span.uid, at]));
  const links = [...state.links.values()]
    .flatMap((link) => {
      const from = index.get(link.from);
      const to = index.get(link.to);
      const type = names.types.get(link.type) ?? String(link.type);
      return from === undefined || to === undefined ? [] : [{ from, to, type }];
    })
    .toSorted((a, b) => a.from - b.from || a.to - b.to || byText(a.type, b.type));
  const spans = kept.map((span) => ({
    start: span.start,
    end: span.end,
    label: name(span),
    ...(span.fragments ? { fragments: span.fragments } : {}),
  }));
  return { spans, links };
}

/** Names change rarely; one reading serves a whole pass over a corpus. With the text, quotes are checked against it. */
export function goldReader(db: ReadableDatabase) {
  const names = readNames(db);
  return (noteId: number, layerId: number, position: number, text?: string): GoldNote => {
    const state = readLayerAt(db, noteId, layerId, position);
    if (text !== undefined) assertQuotes(noteId, text, state);
    return goldNote(state, names);
  };
}

const schemaVersion = perConnection(() => ({
  value: 0,
  reader: null as ReturnType<typeof goldReader> | null,
}));

/** To be called when labels or link types have changed. */
export function forgetNames(db: ReadableDatabase): void {
  schemaVersion(db).reader = null;
}

export function createGoldSource(db: ReadableDatabase): GoldSource {
  return {
    position: () => queries(db).position.get()?.position ?? 0,
    goldLayer: (noteId) => goldLayer(db, noteId),
    read(noteId, layerId, position) {
      const cached = schemaVersion(db);
      cached.reader ??= goldReader(db);
      return cached.reader(noteId, layerId, position);
    },
  };
}

/** What counts as gold in a note now, or null where nobody annotated it. */
export function readCurrentNote(
  db: ReadableDatabase,
  noteId: number,
): (GoldNote & { readonly revisionId: number; readonly text: string }) | null {
  const head = queries(db).head.get(noteId);
  const layerId = goldLayer(db, noteId);
  const row = head ? queries(db).text.get(head.revisionId) : undefined;
  if (!head || !row || layerId === null) return null;
  const note = goldNote(readLayer(db, noteId, layerId), readNames(db));
  return { ...note, revisionId: head.revisionId, text: row.text };
}
