import type { ReadableDatabase } from '../storage/connection.ts';
import { statement } from '../storage/statements.ts';

/** A note's present text, with the tokens that its source brought. */
export interface NoteText {
  readonly noteId: number;
  readonly name: string;
  readonly text: string;
  readonly tokenOffsets: Uint32Array | null;
}

interface TextRow {
  readonly noteId: number;
  readonly name: string;
  readonly text: string;
  readonly tokenOffsets: Uint8Array | null;
}

const visible = 'n.import_id IN (SELECT id FROM import WHERE visible = 1)';

/** Ids of a corpus's notes, or of all; `unannotated` leaves out those that have gold of anybody. */
export function noteIds(db: ReadableDatabase, corpusId: number | null, unannotated: boolean): number[] {
  const gold = `EXISTS (SELECT 1 FROM note_layer nl JOIN layer l ON l.id = nl.layer_id
    WHERE nl.note_id = n.id AND l.kind <> 'model')`;
  return statement<[number | null, number], { id: number }>(
    db,
    `SELECT n.id FROM note n WHERE ${visible} AND n.corpus_id = coalesce(?, n.corpus_id)
     AND (? = 0 OR NOT ${gold}) ORDER BY n.id`,
  )
    .all(corpusId, unannotated ? 1 : 0)
    .map((row) => row.id);
}

/** The newest revision of each note, in the order asked. */
export function* readNoteTexts(db: ReadableDatabase, ids: readonly number[]): Generator<NoteText> {
  const read = statement<[number], TextRow>(
    db,
    `SELECT n.id AS noteId, n.external_id AS name, r.text, r.token_offsets AS tokenOffsets
     FROM note n JOIN note_revision r ON r.note_id = n.id
     WHERE n.id = ? ORDER BY r.number DESC LIMIT 1`,
  );
  for (const id of ids) {
    const row = read.get(id);
    if (row !== undefined) yield { ...row, tokenOffsets: decodeOffsets(row.tokenOffsets) };
  }
}

function decodeOffsets(bytes: Uint8Array | null): Uint32Array | null {
  if (bytes === null) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: bytes.byteLength >>> 2 }, (_, index) => view.getUint32(index * 4, true));
}

export interface SpanRow {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

/** What a model version suggested in a note and nobody has rejected; null where it was not asked. */
export function readSuggestions(
  db: ReadableDatabase,
  noteId: number,
  modelVersionId: number,
): SpanRow[] | null {
  const layer = statement<[number, number], { id: number }>(
    db,
    `SELECT l.id FROM layer l JOIN note_layer nl ON nl.layer_id = l.id
     WHERE nl.note_id = ? AND l.kind = 'model' AND l.model_version_id = ?`,
  ).get(noteId, modelVersionId);
  if (layer === undefined) return null;
  return statement<[number, number], SpanRow>(
    db,
    `SELECT s.start, s."end", b.name AS label FROM span s JOIN label b ON b.id = s.label_id
     WHERE s.note_id = ? AND s.layer_id = ? AND s.status <> 'rejected' ORDER BY s.start, s."end"`,
  ).all(noteId, layer.id);
}

/** Changes whenever notes, spans or links may have changed. */
export function dataVersion(db: ReadableDatabase): string {
  const row = statement<[], { events: number; notes: number; spans: number; links: number }>(
    db,
    `SELECT (SELECT coalesce(max(id), 0) FROM span_event) AS events, (SELECT count(*) FROM import WHERE visible = 1) AS notes,
       (SELECT coalesce(max(id), 0) FROM span) AS spans, (SELECT coalesce(max(id), 0) FROM link) AS links`,
  ).get();
  return JSON.stringify(row);
}

/** Labels by role, as the treatment map asks for them. */
export function labelsOfRole(db: ReadableDatabase, role: 'disease' | 'treatment'): string[] {
  return statement<[string], { name: string }>(db, 'SELECT name FROM label WHERE role = ? ORDER BY position')
    .all(role)
    .map((row) => row.name);
}

export function readSetting(db: ReadableDatabase, key: string): unknown {
  const row = statement<[string], { value: string }>(db, 'SELECT value FROM setting WHERE key = ?').get(key);
  return row === undefined ? null : (JSON.parse(row.value) as unknown);
}

export function writeSetting(db: ReadableDatabase, key: string, value: unknown): void {
  statement<[string, string]>(
    db,
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  ).run(key, JSON.stringify(value));
}
