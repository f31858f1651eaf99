import type { Label, LinkType, NoteStatus } from '../api/annotation.ts';
import type { Query } from './statements.ts';
import { perConnection } from './statements.ts';

export interface NoteHead {
  readonly noteId: number;
  readonly corpusId: number;
  readonly externalId: string;
  readonly patientId: string | null;
  readonly noteType: string | null;
  readonly writtenAt: number | null;
  readonly status: NoteStatus;
  readonly revisionId: number;
}

export interface LayerRow {
  readonly id: number;
  readonly kind: 'import' | 'annotator' | 'adjudicator' | 'model';
  readonly name: string;
  readonly profileId: number | null;
  readonly touchedAt: number;
}

export interface EventRow {
  readonly id: number;
  readonly noteId: number;
  readonly layerId: number | null;
  readonly forward: string;
  readonly inverse: string;
}

/**
 * The order in which layers count as gold of a note: an adjudicator's word before an annotator's before an
 * import's; within a kind the one that was touched last. Models never count.
 */
export const goldOrder = `CASE l.kind WHEN 'adjudicator' THEN 0 WHEN 'annotator' THEN 1 ELSE 2 END,
  nl.touched_at DESC, nl.layer_id DESC`;

/** As a subquery over `n.id`. */
export const goldLayerOfNote = `(SELECT nl.layer_id FROM note_layer nl JOIN layer l ON l.id = nl.layer_id
  WHERE nl.note_id = n.id AND l.kind <> 'model' ORDER BY ${goldOrder} LIMIT 1)`;

const labelColumns = 'id, name, role, key, colour, pattern, definition';

export const queries = perConnection((db) => ({
  labels: db.prepare<[], Label>(`SELECT ${labelColumns} FROM label ORDER BY position, id`),
  label: db.prepare<[number], Label>(`SELECT ${labelColumns} FROM label WHERE id = ?`),
  insertLabel: db.prepare<[string, string, string, string, string, string]>(
    `INSERT INTO label (name, role, key, colour, pattern, definition, position)
     VALUES (?, ?, ?, ?, ?, ?, (SELECT coalesce(max(position), 0) + 1 FROM label))`,
  ),
  updateLabel: db.prepare<[string, string, string, string, string, string, number]>(
    'UPDATE label SET name = ?, role = ?, key = ?, colour = ?, pattern = ?, definition = ? WHERE id = ?',
  ),
  linkTypes: db.prepare<[], LinkType>(
    'SELECT id, name, from_label_id AS fromLabelId, to_label_id AS toLabelId FROM link_type ORDER BY id',
  ),
  insertLinkType: db.prepare<[string, number, number]>(
    'INSERT INTO link_type (name, from_label_id, to_label_id) VALUES (?, ?, ?)',
  ),

  head: db.prepare<[number], NoteHead>(
    `SELECT n.id AS noteId, n.corpus_id AS corpusId, n.external_id AS externalId, n.patient_id AS patientId,
       n.note_type AS noteType, n.written_at AS writtenAt, n.status, r.id AS revisionId
     FROM note n JOIN note_revision r ON r.note_id = n.id JOIN import i ON i.id = n.import_id
     WHERE n.id = ? AND i.visible = 1 ORDER BY r.number DESC LIMIT 1`,
  ),
  text: db.prepare<[number], { text: string; tokenOffsets: Buffer | null }>(
    'SELECT text, token_offsets AS tokenOffsets FROM note_revision WHERE id = ?',
  ),
  externalId: db.prepare<[number], { externalId: string }>(
    'SELECT external_id AS externalId FROM note WHERE id = ?',
  ),

  layersOfNote: db.prepare<[number], LayerRow>(
    `SELECT l.id, l.kind, l.name, l.profile_id AS profileId, nl.touched_at AS touchedAt
     FROM note_layer nl JOIN layer l ON l.id = nl.layer_id WHERE nl.note_id = ? ORDER BY ${goldOrder}`,
  ),
  layer: db.prepare<[number], { id: number; corpusId: number }>(
    'SELECT id, corpus_id AS corpusId FROM layer WHERE id = ?',
  ),
  annotatorLayer: db.prepare<[number, number], { id: number }>(
    "SELECT id FROM layer WHERE corpus_id = ? AND kind = 'annotator' AND profile_id = ?",
  ),
  importLayer: db.prepare<[number], { id: number }>(
    "SELECT id FROM layer WHERE kind = 'import' AND import_id = ?",
  ),
  modelLayer: db.prepare<[number, number], { id: number }>(
    "SELECT id FROM layer WHERE corpus_id = ? AND kind = 'model' AND model_version_id = ?",
  ),
  importSource: db.prepare<[number], { corpusId: number; name: string; profileId: number | null }>(
    'SELECT corpus_id AS corpusId, source_name AS name, profile_id AS profileId FROM import WHERE id = ?',
  ),
  laterWork: db.prepare<[number], { n: number }>(
    `SELECT count(DISTINCT nl.note_id) AS n FROM note n JOIN note_layer nl ON nl.note_id = n.id
     JOIN layer l ON l.id = nl.layer_id WHERE n.import_id = ? AND l.kind <> 'import'`,
  ),
  forgetNote: ['link', 'span', 'span_event', 'note_layer'].map((table): Query<[number]> =>
    db.prepare<[number]>(`DELETE FROM ${table} WHERE note_id = ?`),
  ),
  clearLayerOfNote: ['link', 'span'].map((table): Query<[number, number]> =>
    db.prepare<[number, number]>(`DELETE FROM ${table} WHERE note_id = ? AND layer_id = ?`),
  ),
  insertLayer: db.prepare<[number, string, string, number | null, number | null, number | null, number]>(
    `INSERT INTO layer (corpus_id, kind, name, profile_id, import_id, model_version_id, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ),
  touchedAt: db.prepare<[number, number], { touchedAt: number }>(
    'SELECT touched_at AS touchedAt FROM note_layer WHERE note_id = ? AND layer_id = ?',
  ),
  countSpans: db.prepare<[number, number], { n: number }>(
    'SELECT count(*) AS n FROM span WHERE note_id = ? AND layer_id = ?',
  ),
  countLinks: db.prepare<[number, number], { n: number }>(
    'SELECT count(*) AS n FROM link WHERE note_id = ? AND layer_id = ?',
  ),
  sameSpan: db.prepare<[number, number, number, number, number, string], { uid: string }>(
    `SELECT uid FROM span WHERE note_id = ? AND layer_id = ? AND start = ? AND "end" = ? AND label_id = ?
       AND uid <> ? AND NOT EXISTS (SELECT 1 FROM span_fragment f WHERE f.span_id = span.id)`,
  ),

  insertBatch: db.prepare<[string | null, number | null, string, number, number | null]>(
    'INSERT INTO event_batch (uid, profile_id, title, at, undoes_batch_id) VALUES (?, ?, ?, ?, ?)',
  ),
  batchByUid: db.prepare<[string], { id: number; title: string; at: number }>(
    'SELECT id, title, at FROM event_batch WHERE uid = ?',
  ),
  markUndone: db.prepare<[number, number]>('UPDATE event_batch SET undone = ? WHERE id = ?'),
  undoes: db.prepare<[number], { batchId: number | null }>(
    'SELECT undoes_batch_id AS batchId FROM event_batch WHERE id = ?',
  ),
  insertEvent: db.prepare<[number, number, number | null, string, string]>(
    'INSERT INTO span_event (batch_id, note_id, layer_id, forward, inverse) VALUES (?, ?, ?, ?, ?)',
  ),
  eventsOfBatch: db.prepare<[number], EventRow>(
    `SELECT id, note_id AS noteId, layer_id AS layerId, forward, inverse
     FROM span_event WHERE batch_id = ? ORDER BY id`,
  ),
  eventsAfter: db.prepare<[number, number, number], { inverse: string }>(
    'SELECT inverse FROM span_event WHERE note_id = ? AND layer_id = ? AND id > ? ORDER BY id DESC',
  ),
  notePosition: db.prepare<[number], { position: number }>(
    'SELECT coalesce(max(id), 0) AS position FROM span_event WHERE note_id = ?',
  ),
  position: db.prepare<[], { position: number }>('SELECT coalesce(max(id), 0) AS position FROM span_event'),
  annotatedSince: db.prepare<[number, number], { n: number }>(
    `SELECT count(DISTINCT e.note_id) AS n FROM span_event e JOIN layer l ON l.id = e.layer_id
     WHERE l.corpus_id = ? AND l.kind <> 'import' AND e.id > ?`,
  ),
  batchOfLayer: db.prepare<[number], { batchId: number }>(
    'SELECT batch_id AS batchId FROM span_event WHERE layer_id = ? LIMIT 1',
  ),
}));
