import type { NoteStatus, QueueCorpus, QueueNote, QueuePlace } from '../api/annotation.ts';
import type { AreaSummary, Page } from '../api/common.ts';
import type { ReadableDatabase } from '../storage/connection.ts';
import { goldLayerOfNote } from './queries.ts';
import { perConnection } from './statements.ts';

export interface QueueFilter {
  readonly corpusId?: number | undefined;
  readonly status?: NoteStatus | undefined;
  readonly search?: string | undefined;
}

interface FilterParameters {
  readonly corpus: number | null;
  readonly status: string | null;
  readonly search: string | null;
}

const openingLength = 80;

const filtered = `FROM note n JOIN import i ON i.id = n.import_id AND i.visible = 1
  WHERE (:corpus IS NULL OR n.corpus_id = :corpus) AND (:status IS NULL OR n.status = :status)
    AND (:search IS NULL OR n.external_id LIKE :search ESCAPE '\\' OR n.patient_id LIKE :search ESCAPE '\\'
      OR n.note_type LIKE :search ESCAPE '\\')`;

const revision = `note_revision r ON r.id = (SELECT id FROM note_revision WHERE note_id = n.id
  ORDER BY number DESC LIMIT 1)`;

type Place = FilterParameters & { readonly note: number };

const statements = perConnection((db) => ({
  page: db.prepare<[FilterParameters & { offset: number; limit: number }], QueueNote>(
    `SELECT n.id AS noteId, n.external_id AS externalId, n.patient_id AS patientId, n.note_type AS noteType,
       n.status, r.length, substr(r.text, 1, ${openingLength}) AS opening,
       CASE WHEN n.gold IS NULL THEN NULL
         ELSE (SELECT count(*) FROM span s WHERE s.note_id = n.id AND s.layer_id = n.gold) END AS spans
     FROM (SELECT n.*, ${goldLayerOfNote} AS gold ${filtered} ORDER BY n.id LIMIT :limit OFFSET :offset) n
     JOIN ${revision} ORDER BY n.id`,
  ),
  total: db.prepare<[FilterParameters], { n: number }>(`SELECT count(*) AS n ${filtered}`),
  isIn: db.prepare<[Place], { n: number }>(`SELECT count(*) AS n ${filtered} AND n.id = :note`),
  before: db.prepare<[Place], { n: number; last: number | null }>(
    `SELECT count(*) AS n, max(n.id) AS last ${filtered} AND n.id < :note`,
  ),
  next: db.prepare<[Place], { first: number | null }>(
    `SELECT min(n.id) AS first ${filtered} AND n.id > :note`,
  ),
  corpora: db.prepare<[], QueueCorpus>(
    `SELECT c.id AS corpusId, c.name, count(n.id) AS notes, coalesce(sum(n.status = 'done'), 0) AS done
     FROM corpus c LEFT JOIN import i ON i.corpus_id = c.id AND i.visible = 1
     LEFT JOIN note n ON n.import_id = i.id GROUP BY c.id ORDER BY c.id`,
  ),
  summary: db.prepare<[], { notes: number; done: number; annotated: number; waiting: number | null }>(
    `SELECT count(*) AS notes, coalesce(sum(n.status = 'done'), 0) AS done,
       coalesce(sum(EXISTS (SELECT 1 FROM note_layer nl JOIN layer l ON l.id = nl.layer_id
         WHERE nl.note_id = n.id AND l.kind <> 'model')), 0) AS annotated,
       min(CASE WHEN n.status IN ('new', 'started') THEN n.id END) AS waiting
     FROM note n JOIN import i ON i.id = n.import_id AND i.visible = 1`,
  ),
}));

function parameters(filter: QueueFilter): FilterParameters {
  const search = filter.search?.trim();
  return {
    corpus: filter.corpusId ?? null,
    status: filter.status ?? null,
    search: search ? `%${search.replace(/[\\%_]/g, '\\$&')}%` : null,
  };
}

export function queuePage(
  db: ReadableDatabase,
  filter: QueueFilter,
  offset: number,
  limit: number,
): Page<QueueNote> {
  const sql = statements(db);
  const given = parameters(filter);
  const rows = sql.page
    .all({ ...given, offset, limit })
    .map((row) => ({ ...row, opening: row.opening.replace(/\s+/gu, ' ').trim() }));
  return { rows, total: sql.total.get(given)?.n ?? 0 };
}

export function queuePlace(db: ReadableDatabase, filter: QueueFilter, noteId: number): QueuePlace {
  const sql = statements(db);
  const given = { ...parameters(filter), note: noteId };
  const before = sql.before.get(given);
  return {
    index: sql.isIn.get(given)?.n ? (before?.n ?? 0) : null,
    previous: before?.last ?? null,
    next: sql.next.get(given)?.first ?? null,
  };
}

export function queueCorpora(db: ReadableDatabase): readonly QueueCorpus[] {
  return statements(db).corpora.all();
}

export function summary(db: ReadableDatabase): AreaSummary {
  const counts = statements(db).summary.get() ?? { notes: 0, done: 0, annotated: 0, waiting: null };
  const { notes, done, annotated, waiting } = counts;
  const left = notes - done;
  const next =
    notes === 0
      ? 'Import notes to have something to annotate.'
      : left > 0
        ? `${left} ${left === 1 ? 'note waits' : 'notes wait'} to be marked as done.`
        : null;
  return {
    headline: `${annotated} of ${notes} notes annotated`,
    next,
    route: notes === 0 ? '/corpus' : waiting === null ? '/annotation' : `/annotation/note/${waiting}`,
    figures: [
      {
        name: 'Notes marked as done',
        value: notes === 0 ? null : done / notes,
        unit: '%',
        interval: null,
        n: notes,
        howComputed: 'Notes whose status is "done", divided by all visible notes of the workspace.',
        trend: [],
      },
    ],
  };
}
