import type { NoteDetail, NoteFacets, NoteRow, Part } from '../api/corpus.ts';
import type { ReadableDatabase, WritableDatabase } from '../storage/connection.ts';
import { statement } from '../storage/statements.ts';

const rowColumns = `
  n.id, n.external_id AS externalId, n.status, n.note_type AS noteType, n.patient_id AS patientId, n.site,
  n.source_part AS part, n.written_at AS writtenAt, r.length, n.import_id AS importId,
  substr(r.text, 1, 160) AS opening`;

const visibleNotes = `
  note n
  JOIN import i ON i.id = n.import_id AND i.visible = 1
  JOIN note_revision r ON r.note_id = n.id
    AND r.number = (SELECT max(number) FROM note_revision WHERE note_id = n.id)`;

const filters = `
  n.corpus_id = @corpusId
  AND (@statuses IS NULL OR n.status IN (SELECT value FROM json_each(@statuses)))
  AND (@types IS NULL OR EXISTS (SELECT 1 FROM json_each(@types) WHERE value IS n.note_type))
  AND (@parts IS NULL OR EXISTS (SELECT 1 FROM json_each(@parts) WHERE value IS n.source_part))
  AND (@importId IS NULL OR n.import_id = @importId)
  AND (@patientId IS NULL OR n.patient_id = @patientId)
  AND (@search IS NULL OR r.text LIKE @search ESCAPE '\\' OR n.external_id LIKE @search ESCAPE '\\')`;

/** The columns by which a list can be sorted, each a constant of the SQL. */
const sortColumns = {
  id: 'n.id',
  externalId: 'n.external_id',
  length: 'r.length',
  writtenAt: 'n.written_at',
  status: 'n.status',
  noteType: 'n.note_type',
} as const;

export interface NoteFilter {
  readonly corpusId: number;
  readonly statuses?: readonly string[] | undefined;
  readonly types?: readonly (string | null)[] | undefined;
  readonly parts?: readonly (Part | null)[] | undefined;
  readonly importId?: number | undefined;
  readonly patientId?: string | undefined;
  readonly search?: string | undefined;
}

function bind(filter: NoteFilter) {
  const list = (values: readonly unknown[] | undefined): string | null =>
    values === undefined || values.length === 0 ? null : JSON.stringify(values);
  const search = filter.search?.trim() ?? '';
  return {
    corpusId: filter.corpusId,
    statuses: list(filter.statuses),
    types: list(filter.types),
    parts: list(filter.parts),
    importId: filter.importId ?? null,
    patientId: filter.patientId ?? null,
    search: search === '' ? null : `%${search.replace(/[\\%_]/g, '\\$&')}%`,
  };
}

type Bound = ReturnType<typeof bind>;

export function listNotes(
  db: ReadableDatabase,
  filter: NoteFilter,
  order: { readonly sort: keyof typeof sortColumns; readonly descending: boolean },
  page: { readonly limit: number; readonly offset: number },
): { rows: NoteRow[]; total: number } {
  const direction = order.descending ? 'DESC' : 'ASC';
  const bound = bind(filter);
  const rows = statement<Bound & { limit: number; offset: number }, NoteRow>(
    db,
    `SELECT ${rowColumns} FROM ${visibleNotes} WHERE ${filters}
     ORDER BY ${sortColumns[order.sort]} ${direction}, n.id ${direction} LIMIT @limit OFFSET @offset`,
  ).all({ ...bound, limit: page.limit, offset: page.offset });
  const counted = statement<Bound, { total: number }>(
    db,
    `SELECT count(*) AS total FROM ${visibleNotes} WHERE ${filters}`,
  ).get(bound);
  return { rows, total: counted?.total ?? 0 };
}

type StoredNote = Omit<NoteDetail, 'metadata' | 'source'> & {
  readonly metadata: string;
  readonly line: number | null;
  readonly file: string | null;
  readonly encoding: NonNullable<NoteDetail['source']>['encoding'];
  readonly fileSha256: string;
};

/** A note that is visible. */
export function getNote(db: ReadableDatabase, noteId: number): NoteDetail | undefined {
  const row = statement<[number], StoredNote>(
    db,
    `SELECT ${rowColumns}, n.corpus_id AS corpusId, r.id AS revisionId, r.text, r.sha256, n.author, n.metadata,
       n.source_line AS line, f.name AS file, f.encoding, f.sha256 AS fileSha256
     FROM ${visibleNotes} LEFT JOIN import_file f ON f.id = n.import_file_id WHERE n.id = ?`,
  ).get(noteId);
  if (row === undefined) return undefined;
  const { metadata, line, file, encoding, fileSha256, ...rest } = row;
  return {
    ...rest,
    metadata: JSON.parse(metadata) as NoteDetail['metadata'],
    source: file === null ? null : { file, line, encoding, sha256: fileSha256 },
  };
}

export function countFacets(db: ReadableDatabase, corpusId: number): NoteFacets {
  const from = 'FROM note n JOIN import i ON i.id = n.import_id AND i.visible = 1 WHERE n.corpus_id = ?';
  type Facet<Value> = { value: Value; count: number };
  const statuses = statement<[number], Facet<NoteRow['status']>>(
    db,
    `SELECT n.status AS value, count(*) AS count ${from} GROUP BY 1 ORDER BY 1`,
  ).all(corpusId);
  const types = statement<[number], Facet<string | null>>(
    db,
    `SELECT n.note_type AS value, count(*) AS count ${from} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 100`,
  ).all(corpusId);
  const parts = statement<[number], Facet<Part | null>>(
    db,
    `SELECT n.source_part AS value, count(*) AS count ${from} GROUP BY 1 ORDER BY 1`,
  ).all(corpusId);
  return { total: statuses.reduce((sum, { count }) => sum + count, 0), statuses, types, parts };
}

/** Lengths of all visible notes of a corpus, ascending. */
export function noteLengths(db: ReadableDatabase, corpusId: number): number[] {
  return statement<[number], { length: number }>(
    db,
    `SELECT r.length FROM ${visibleNotes} WHERE n.corpus_id = ? ORDER BY r.length`,
  )
    .all(corpusId)
    .map((row) => row.length);
}

export function countDistinctTexts(db: ReadableDatabase, corpusId: number): number {
  const row = statement<[number], { n: number }>(
    db,
    `SELECT count(DISTINCT r.sha256) AS n FROM ${visibleNotes} WHERE n.corpus_id = ?`,
  ).get(corpusId);
  return row?.n ?? 0;
}

export interface FrozenNote {
  readonly noteId: number;
  readonly revisionId: number;
  readonly externalId: string;
  readonly patientId: string | null;
  readonly noteType: string | null;
  readonly part: Part | null;
  readonly sha256: string;
}

/** The next visible notes of a corpus after `afterId`, up to `lastId`. */
export function nextNotes(
  db: ReadableDatabase,
  corpusId: number,
  afterId: number,
  lastId: number,
  limit: number,
): FrozenNote[] {
  return statement<[number, number, number, number], FrozenNote>(
    db,
    `SELECT n.id AS noteId, r.id AS revisionId, n.external_id AS externalId, n.patient_id AS patientId,
       n.note_type AS noteType, n.source_part AS part, r.sha256
     FROM ${visibleNotes} WHERE n.corpus_id = ? AND n.id > ? AND n.id <= ? ORDER BY n.id LIMIT ?`,
  ).all(corpusId, afterId, lastId, limit);
}

export function lastNoteId(db: ReadableDatabase): number {
  return statement<[], { id: number | null }>(db, 'SELECT max(id) AS id FROM note').get()?.id ?? 0;
}

export function setStatus(db: WritableDatabase, noteId: number, status: NoteRow['status']): void {
  statement<[string, number]>(db, 'UPDATE note SET status = ? WHERE id = ?').run(status, noteId);
}
