import type { Page } from '../api/common.ts';
import type { ErrorKind, ScoredSpan, SentenceErrors } from '../api/training-evaluation.ts';
import type { ReadableDatabase } from '../storage/connection.ts';
import { statement } from '../storage/statements.ts';

export interface ErrorQuery {
  readonly runId: number;
  readonly part: 'dev' | 'test';
  readonly kind?: ErrorKind | undefined;
  readonly label?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

interface SentenceRow {
  readonly note_id: number;
  readonly sentence_start: number;
  readonly sentence_end: number;
}

interface NoteRow {
  readonly external_id: string;
  readonly text: string;
  readonly gold: string;
  readonly predicted: string;
  readonly leaked: 0 | 1;
}

interface ErrorRow {
  readonly kind: ErrorKind;
  readonly gold_label: string | null;
  readonly gold_start: number | null;
  readonly gold_end: number | null;
  readonly predicted_label: string | null;
  readonly predicted_start: number | null;
  readonly predicted_end: number | null;
}

const wanted = `FROM run_error WHERE run_id = @runId AND part = @part AND (@kind IS NULL OR kind = @kind)
  AND (@label IS NULL OR gold_label = @label OR predicted_label = @label)
  GROUP BY note_id, sentence_start, sentence_end`;

type Triple = readonly [number, number, string];

function spansWithin(json: string, from: number, to: number): ScoredSpan[] {
  return (JSON.parse(json) as Triple[])
    .filter(([start, end]) => start < to && end > from)
    .map(([start, end, label]) => ({ start, end, label }));
}

function spanOf(start: number | null, end: number | null, label: string | null): ScoredSpan | null {
  return start === null || end === null || label === null ? null : { start, end, label };
}

/** Sentences of a run in which gold and prediction differ, a page of them, with all errors of each. */
export function readErrorSentences(db: ReadableDatabase, query: ErrorQuery): Page<SentenceErrors> {
  const filter = {
    runId: query.runId,
    part: query.part,
    kind: query.kind ?? null,
    label: query.label ?? null,
  };
  const total = statement<object, number>(db, `SELECT count(*) FROM (SELECT 1 ${wanted})`)
    .pluck()
    .get(filter) as number;
  const rows = statement<object, SentenceRow>(
    db,
    `SELECT note_id, sentence_start, sentence_end ${wanted}
     ORDER BY note_id, sentence_start LIMIT @limit OFFSET @offset`,
  ).all({ ...filter, limit: query.limit, offset: query.offset });
  return { total, rows: rows.map((row) => readSentence(db, query.runId, row)) };
}

function readSentence(db: ReadableDatabase, runId: number, row: SentenceRow): SentenceErrors {
  const { note_id: noteId, sentence_start: start, sentence_end: end } = row;
  const note = statement<[number, number], NoteRow>(
    db,
    `SELECT note.external_id, note_revision.text, run_prediction.gold, run_prediction.predicted,
       split_member.leaked
     FROM run JOIN run_prediction ON run_prediction.run_id = run.id
     JOIN split ON split.id = run.split_id
     JOIN split_member ON split_member.split_id = split.id AND split_member.note_id = run_prediction.note_id
     JOIN snapshot_member ON snapshot_member.snapshot_id = split.snapshot_id
       AND snapshot_member.note_id = run_prediction.note_id
     JOIN note_revision ON note_revision.id = snapshot_member.note_revision_id
     JOIN note ON note.id = run_prediction.note_id
     WHERE run.id = ? AND run_prediction.note_id = ?`,
  ).get(runId, noteId);
  const errors = statement<[number, number, number], ErrorRow>(
    db,
    `SELECT kind, gold_label, gold_start, gold_end, predicted_label, predicted_start, predicted_end
     FROM run_error WHERE run_id = ? AND note_id = ? AND sentence_start = ? ORDER BY position`,
  ).all(runId, noteId, start);
  return {
    noteId,
    externalId: note?.external_id ?? '',
    start,
    text: note?.text.slice(start, end) ?? '',
    gold: spansWithin(note?.gold ?? '[]', start, end),
    predicted: spansWithin(note?.predicted ?? '[]', start, end),
    errors: errors.map((error) => ({
      kind: error.kind,
      gold: spanOf(error.gold_start, error.gold_end, error.gold_label),
      predicted: spanOf(error.predicted_start, error.predicted_end, error.predicted_label),
    })),
    leaked: note?.leaked === 1,
  };
}
