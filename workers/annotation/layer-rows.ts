import type { Fragment } from '../api/annotation.ts';
import type { ReadableDatabase } from '../storage/connection.ts';
import type { Change, LayerState, LinkRecord, SpanRecord } from './change.ts';
import { perConnection } from './statements.ts';

interface SpanRow {
  readonly id: number;
  readonly uid: string;
  readonly label: number;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  readonly revision: number;
  readonly origin: SpanRecord['origin'];
  readonly status: SpanRecord['status'];
  readonly createdAt: number;
  readonly score: number | null;
  readonly concept: string | null;
}

const spanColumns = `s.id, s.uid, s.label_id AS label, s.start, s."end" AS "end", s.quote,
  s.note_revision_id AS revision, s.origin, s.status, s.created_at AS createdAt, s.score, s.concept_id AS concept`;

const statements = perConnection((db) => ({
  spans: db.prepare<[number, number], SpanRow>(
    `SELECT ${spanColumns} FROM span s WHERE s.note_id = ? AND s.layer_id = ? ORDER BY s.start, s."end", s.id`,
  ),
  span: db.prepare<[number, string], SpanRow & { noteId: number }>(
    `SELECT ${spanColumns}, s.note_id AS noteId FROM span s WHERE s.layer_id = ? AND s.uid = ?`,
  ),
  fragments: db.prepare<[number, number], Fragment & { spanId: number }>(
    `SELECT f.span_id AS spanId, f.start, f."end" AS "end" FROM span s JOIN span_fragment f ON f.span_id = s.id
     WHERE s.note_id = ? AND s.layer_id = ? ORDER BY f.span_id, f.position`,
  ),
  fragmentsOf: db.prepare<[number], Fragment>(
    `SELECT start, "end" AS "end" FROM span_fragment WHERE span_id = ? ORDER BY position`,
  ),
  attributes: db.prepare<[number, number], { spanId: number; name: string; value: string }>(
    `SELECT a.span_id AS spanId, a.name, a.value FROM span s JOIN span_attribute a ON a.span_id = s.id
     WHERE s.note_id = ? AND s.layer_id = ? ORDER BY a.span_id, a.name`,
  ),
  attributesOf: db.prepare<[number], { name: string; value: string }>(
    'SELECT name, value FROM span_attribute WHERE span_id = ? ORDER BY name',
  ),
  links: db.prepare<[number, number], LinkRecord>(
    `SELECT k.uid, k.link_type_id AS type, a.uid AS "from", b.uid AS "to", k.created_at AS createdAt
     FROM link k JOIN span a ON a.id = k.from_span_id JOIN span b ON b.id = k.to_span_id
     WHERE k.note_id = ? AND k.layer_id = ? ORDER BY k.id`,
  ),
  link: db.prepare<[number, string], LinkRecord & { noteId: number }>(
    `SELECT k.uid, k.link_type_id AS type, a.uid AS "from", b.uid AS "to", k.created_at AS createdAt,
       k.note_id AS noteId
     FROM link k JOIN span a ON a.id = k.from_span_id JOIN span b ON b.id = k.to_span_id
     WHERE k.layer_id = ? AND k.uid = ?`,
  ),
  linksOfSpan: db.prepare<[number, string], LinkRecord>(
    `SELECT k.uid, k.link_type_id AS type, a.uid AS "from", b.uid AS "to", k.created_at AS createdAt
     FROM span s JOIN link k ON k.from_span_id = s.id OR k.to_span_id = s.id
     JOIN span a ON a.id = k.from_span_id JOIN span b ON b.id = k.to_span_id
     WHERE s.layer_id = ? AND s.uid = ? ORDER BY k.id`,
  ),
}));

function toRecord(
  row: SpanRow,
  fragments: readonly Fragment[] | undefined,
  attributes: Readonly<Record<string, string>> | undefined,
): SpanRecord {
  return {
    uid: row.uid,
    label: row.label,
    start: row.start,
    end: row.end,
    quote: row.quote,
    revision: row.revision,
    origin: row.origin,
    status: row.status,
    createdAt: row.createdAt,
    ...(fragments ? { fragments } : {}),
    ...(attributes ? { attributes } : {}),
    ...(row.score === null ? {} : { score: row.score }),
    ...(row.concept === null ? {} : { concept: row.concept }),
  };
}

/** One layer of one note as it is now, spans by start and end. */
export function readLayer(db: ReadableDatabase, noteId: number, layerId: number): LayerState {
  const sql = statements(db);
  const fragments = new Map<number, Fragment[]>();
  for (const { spanId, start, end } of sql.fragments.all(noteId, layerId)) {
    const list = fragments.get(spanId);
    if (list) list.push({ start, end });
    else fragments.set(spanId, [{ start, end }]);
  }
  const attributes = new Map<number, Record<string, string>>();
  for (const { spanId, name, value } of sql.attributes.all(noteId, layerId)) {
    attributes.set(spanId, { ...attributes.get(spanId), [name]: value });
  }
  const spans = new Map<string, SpanRecord>();
  for (const row of sql.spans.all(noteId, layerId)) {
    spans.set(row.uid, toRecord(row, fragments.get(row.id), attributes.get(row.id)));
  }
  const links = new Map<string, LinkRecord>();
  for (const link of sql.links.all(noteId, layerId)) links.set(link.uid, link);
  return { spans, links };
}

/** One span of a layer, or undefined. */
export function readSpan(
  db: ReadableDatabase,
  layerId: number,
  uid: string,
): { readonly noteId: number; readonly span: SpanRecord } | undefined {
  const sql = statements(db);
  const row = sql.span.get(layerId, uid);
  if (!row) return undefined;
  const fragments = sql.fragmentsOf.all(row.id);
  const pairs = sql.attributesOf.all(row.id);
  const attributes = pairs.length ? Object.fromEntries(pairs.map((p) => [p.name, p.value])) : undefined;
  return { noteId: row.noteId, span: toRecord(row, fragments.length ? fragments : undefined, attributes) };
}

/** The links of a layer that a span takes part in. */
export function linksOfSpan(db: ReadableDatabase, layerId: number, uid: string): readonly LinkRecord[] {
  return statements(db).linksOfSpan.all(layerId, uid);
}

/** One link of a layer in a note, or undefined. */
export function readLink(
  db: ReadableDatabase,
  noteId: number,
  layerId: number,
  uid: string,
): LinkRecord | undefined {
  const row = statements(db).link.get(layerId, uid);
  if (!row || row.noteId !== noteId) return undefined;
  const { noteId: _noteId, ...link } = row;
  return link;
}

const writers = perConnection((db) => ({
  insertSpan: db.prepare(
    `INSERT INTO span (uid, layer_id, note_id, note_revision_id, label_id, start, "end", quote, status, origin,
       score, concept_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  updateSpan: db.prepare(
    `UPDATE span SET note_revision_id = ?, label_id = ?, start = ?, "end" = ?, quote = ?, status = ?, origin = ?,
       score = ?, concept_id = ?, created_at = ? WHERE layer_id = ? AND uid = ?`,
  ),
  spanId: db.prepare<[number, string], { id: number }>('SELECT id FROM span WHERE layer_id = ? AND uid = ?'),
  deleteSpan: db.prepare('DELETE FROM span WHERE layer_id = ? AND uid = ?'),
  insertFragment: db.prepare(
    'INSERT INTO span_fragment (span_id, position, start, "end") VALUES (?, ?, ?, ?)',
  ),
  deleteFragments: db.prepare('DELETE FROM span_fragment WHERE span_id = ?'),
  insertAttribute: db.prepare('INSERT INTO span_attribute (span_id, name, value) VALUES (?, ?, ?)'),
  deleteAttributes: db.prepare('DELETE FROM span_attribute WHERE span_id = ?'),
  insertLink: db.prepare(
    `INSERT INTO link (uid, layer_id, note_id, link_type_id, from_span_id, to_span_id, created_at)
     SELECT ?, ?, ?, ?, a.id, b.id, ? FROM span a, span b
     WHERE a.layer_id = ? AND a.uid = ? AND b.layer_id = ? AND b.uid = ?`,
  ),
  deleteLink: db.prepare('DELETE FROM link WHERE layer_id = ? AND uid = ?'),
  say: db.prepare(
    `INSERT INTO note_layer (note_id, layer_id, touched_at) VALUES (?, ?, ?)
     ON CONFLICT (note_id, layer_id) DO UPDATE SET touched_at = excluded.touched_at`,
  ),
  unsay: db.prepare('DELETE FROM note_layer WHERE note_id = ? AND layer_id = ?'),
  status: db.prepare('UPDATE note SET status = ? WHERE id = ? AND status = ?'),
}));

function writeParts(db: ReadableDatabase, spanId: number | bigint, span: SpanRecord): void {
  const sql = writers(db);
  span.fragments?.forEach((piece, position) =>
    sql.insertFragment.run(spanId, position, piece.start, piece.end),
  );
  if (span.attributes) {
    for (const [name, value] of Object.entries(span.attributes)) sql.insertAttribute.run(spanId, name, value);
  }
}

function must(changes: number, what: string): void {
  if (changes !== 1) throw new Error(`The event log and the stored state differ: ${what}`);
}

/**
 * Writes a change into the tables, inside the caller's transaction. Returns false where it did not apply: a status
 * that somebody else has set meanwhile stays.
 */
export function writeChange(
  db: ReadableDatabase,
  noteId: number,
  layerId: number | null,
  change: Change,
): boolean {
  const sql = writers(db);
  if (change.op === 'status') return sql.status.run(change.to, noteId, change.from).changes === 1;
  if (layerId === null) throw new Error(`A change of kind ${change.op} needs a layer`);
  switch (change.op) {
    case 'put':
      for (const span of change.spans) {
        const { lastInsertRowid } = sql.insertSpan.run(
          span.uid,
          layerId,
          noteId,
          span.revision,
          span.label,
          span.start,
          span.end,
          span.quote,
          span.status,
          span.origin,
          span.score ?? null,
          span.concept ?? null,
          span.createdAt,
        );
        if (span.fragments || span.attributes) writeParts(db, lastInsertRowid, span);
      }
      for (const link of change.links) {
        const { changes } = sql.insertLink.run(
          link.uid,
          layerId,
          noteId,
          link.type,
          link.createdAt,
          layerId,
          link.from,
          layerId,
          link.to,
        );
        must(changes, 'an end of a link is missing');
      }
      break;
    case 'drop':
      for (const uid of change.links) must(sql.deleteLink.run(layerId, uid).changes, 'a link is missing');
      for (const uid of change.spans) must(sql.deleteSpan.run(layerId, uid).changes, 'a span is missing');
      break;
    case 'replace': {
      const { span } = change;
      const { changes } = sql.updateSpan.run(
        span.revision,
        span.label,
        span.start,
        span.end,
        span.quote,
        span.status,
        span.origin,
        span.score ?? null,
        span.concept ?? null,
        span.createdAt,
        layerId,
        span.uid,
      );
      must(changes, 'a span is missing');
      const row = sql.spanId.get(layerId, span.uid);
      if (row) {
        sql.deleteFragments.run(row.id);
        sql.deleteAttributes.run(row.id);
        writeParts(db, row.id, span);
      }
      break;
    }
    case 'say':
      if (change.at === null) sql.unsay.run(noteId, layerId);
      else sql.say.run(noteId, layerId, change.at);
      break;
  }
  return true;
}
