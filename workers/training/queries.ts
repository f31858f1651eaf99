import type { ErrorEnvelope } from '../api/errors.ts';
import type { JobState } from '../api/jobs.ts';
import type { RunColumn, RunEnvironment, RunState } from '../api/training.ts';
import type { ReadableDatabase } from '../storage/connection.ts';
import { statement } from '../storage/statements.ts';
import type { StoredRun, StoredRunDetail } from './run-rows.ts';

const rowColumns = `run.id, run.name, run.state, run.job_id, run.parent_run_id, run.split_id,
  split.name AS split_name, snapshot.id AS snapshot_id, snapshot.name AS snapshot_name,
  corpus.name AS corpus_name, run.template_set ->> '$.name' AS template_set_name, run.trainer, run.parameters,
  run.seed, run.iterations, run.dev_span_f1, run.dev_token_f1, run.test_span_f1, run.test_token_f1,
  run.train_seconds, run.total_seconds, profile.name AS who, run.created_at, run.ended_at, run.tags`;

const detailColumns = `${rowColumns}, run.template_set, run.snapshot_sha256, run.data_sha256,
  artifact.sha256 AS model_sha256, length(artifact.bytes) AS model_bytes, run.engine_version, run.environment,
  run.projection, run.size, run.evaluation, run.timings, run.peak_memory_bytes, run.stop_reason, run.error,
  run.checkpoint_iteration, run.notes, run.started_at`;

const source = `run JOIN split ON split.id = run.split_id JOIN snapshot ON snapshot.id = split.snapshot_id
  JOIN corpus ON corpus.id = snapshot.corpus_id LEFT JOIN profile ON profile.id = run.profile_id`;

const orders: Readonly<Record<RunColumn, string>> = {
  id: 'run.id',
  name: 'run.name COLLATE NOCASE',
  state: 'run.state',
  templateSetName: "run.template_set ->> '$.name' COLLATE NOCASE",
  scheme: "run.parameters ->> '$.scheme'",
  c2: "run.parameters ->> '$.c2'",
  snapshotName: 'snapshot.name COLLATE NOCASE',
  splitName: 'split.name COLLATE NOCASE',
  iterations: 'run.iterations',
  devSpanF1: 'run.dev_span_f1',
  devTokenF1: 'run.dev_token_f1',
  testSpanF1: 'run.test_span_f1',
  testTokenF1: 'run.test_token_f1',
  trainSeconds: 'run.train_seconds',
  totalSeconds: 'run.total_seconds',
  who: 'profile.name COLLATE NOCASE',
  createdAt: 'run.created_at',
};

const matches = `(@state IS NULL OR run.state = @state) AND (@filter = '' OR
  run.name LIKE @pattern ESCAPE '\\' OR snapshot.name LIKE @pattern ESCAPE '\\' OR
  split.name LIKE @pattern ESCAPE '\\' OR corpus.name LIKE @pattern ESCAPE '\\' OR
  run.template_set ->> '$.name' LIKE @pattern ESCAPE '\\' OR profile.name LIKE @pattern ESCAPE '\\' OR
  run.tags LIKE @pattern ESCAPE '\\')`;

export interface RunListQuery {
  readonly sort: RunColumn;
  readonly descending: boolean;
  readonly filter: string;
  readonly state: RunState | undefined;
  readonly offset: number;
  readonly limit: number;
}

export function listRuns(db: ReadableDatabase, query: RunListQuery): { rows: StoredRun[]; total: number } {
  const pattern = `%${query.filter.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
  const bound = { state: query.state ?? null, filter: query.filter, pattern };
  const direction = query.descending ? 'DESC' : 'ASC';
  // What has no value yet stands last in either direction.
  const order = `${orders[query.sort]} IS NULL, ${orders[query.sort]} ${direction}, run.id ${direction}`;
  const rows = statement<object, StoredRun>(
    db,
    `SELECT ${rowColumns} FROM ${source} WHERE ${matches} ORDER BY ${order} LIMIT @limit OFFSET @offset`,
  ).all({ ...bound, limit: query.limit, offset: query.offset });
  const total = statement<object, number>(db, `SELECT count(*) FROM ${source} WHERE ${matches}`)
    .pluck()
    .get(bound) as number;
  return { rows, total };
}

export function getRun(db: ReadableDatabase, runId: number): StoredRunDetail | undefined {
  return statement<[number], StoredRunDetail>(
    db,
    `SELECT ${detailColumns} FROM ${source} LEFT JOIN artifact ON artifact.id = run.model_artifact_id
     WHERE run.id = ?`,
  ).get(runId);
}

/** Snapshot hash of a split, or undefined where there is no such split. */
export function splitSource(
  db: ReadableDatabase,
  splitId: number,
): { readonly content_sha256: string; readonly train_count: number } | undefined {
  return statement<[number], { content_sha256: string; train_count: number }>(
    db,
    `SELECT snapshot.content_sha256,
       (SELECT count(*) FROM split_member WHERE split_id = split.id AND part = 'train') AS train_count
     FROM split JOIN snapshot ON snapshot.id = split.snapshot_id WHERE split.id = ?`,
  ).get(splitId);
}

export interface NewRun {
  readonly name: string;
  readonly splitId: number;
  readonly parentRunId: number | null;
  readonly trainer: string;
  readonly parameters: string;
  readonly seed: number;
  readonly snapshotSha256: string;
  readonly templateSet: string;
  readonly engineVersion: string;
  readonly environment: RunEnvironment;
  readonly profileId: number;
  readonly now: number;
}

export function insertRun(db: ReadableDatabase, run: NewRun): number {
  const { lastInsertRowid } = statement(
    db,
    `INSERT INTO run (name, state, parent_run_id, split_id, snapshot_sha256, template_set, trainer, parameters,
       seed, engine_version, environment, profile_id, created_at)
     VALUES (@name, 'queued', @parentRunId, @splitId, @snapshotSha256, @templateSet, @trainer, @parameters, @seed,
       @engineVersion, @environment, @profileId, @now)`,
  ).run({ ...run, environment: JSON.stringify(run.environment) });
  return Number(lastInsertRowid);
}

export function queueRun(db: ReadableDatabase, runId: number, jobId: number): void {
  statement(
    db,
    `UPDATE run SET state = 'queued', job_id = ?, error = NULL, ended_at = NULL WHERE id = ?`,
  ).run(jobId, runId);
}

export function beginRun(db: ReadableDatabase, runId: number, now: number): void {
  statement(db, `UPDATE run SET state = 'running', started_at = coalesce(started_at, ?) WHERE id = ?`).run(
    now,
    runId,
  );
}

/** Ends a run that has no result. */
export function endRun(
  db: ReadableDatabase,
  runId: number,
  state: 'failed' | 'cancelled' | 'interrupted',
  error: ErrorEnvelope | null,
  now: number,
): void {
  statement(db, 'UPDATE run SET state = ?, error = ?, ended_at = ? WHERE id = ?').run(
    state,
    error === null ? null : JSON.stringify(error),
    now,
    runId,
  );
}

/** Runs that a process which is gone left queued or running. */
export function interruptRuns(db: ReadableDatabase, now: number): readonly number[] {
  return statement<[number], number>(
    db,
    `UPDATE run SET state = 'interrupted', ended_at = ? WHERE state IN ('queued', 'running') RETURNING id`,
  )
    .pluck()
    .all(now);
}

export function editRun(
  db: ReadableDatabase,
  runId: number,
  change: { readonly name: string; readonly notes: string; readonly tags: readonly string[] },
): void {
  statement(db, 'UPDATE run SET name = ?, notes = ?, tags = ? WHERE id = ?').run(
    change.name,
    change.notes,
    JSON.stringify(change.tags),
    runId,
  );
}

/** How a job ended, as its own record says. */
export function jobOutcome(
  db: ReadableDatabase,
  jobId: number,
): { readonly state: JobState; readonly error: ErrorEnvelope | null } {
  const row = statement<[number], { state: JobState; error: string | null }>(
    db,
    'SELECT state, error FROM job WHERE id = ?',
  ).get(jobId);
  return {
    state: row?.state ?? 'failed',
    error: row?.error == null ? null : (JSON.parse(row.error) as ErrorEnvelope),
  };
}

/** Names that begin like this one, so that a made-up name can be told from its elder sisters. */
export function countRunsNamed(db: ReadableDatabase, name: string): number {
  return statement<[string, string], number>(
    db,
    `SELECT count(*) FROM run WHERE name = ? OR name GLOB ? || ' ([0-9]*)'`,
  )
    .pluck()
    .get(name, name) as number;
}

/** Notes and characters of one part of a split. */
export function countPart(
  db: ReadableDatabase,
  splitId: number,
  part: 'train' | 'dev' | 'test',
): { readonly count: number; readonly characters: number } {
  return (
    statement<[number, string], { count: number; characters: number }>(
      db,
      `SELECT count(*) AS count, coalesce(sum(note_revision.length), 0) AS characters
     FROM split_member JOIN split ON split.id = split_member.split_id
     JOIN snapshot_member ON snapshot_member.snapshot_id = split.snapshot_id
       AND snapshot_member.note_id = split_member.note_id
     JOIN note_revision ON note_revision.id = snapshot_member.note_revision_id
     WHERE split_member.split_id = ? AND split_member.part = ?`,
    ).get(splitId, part) ?? { count: 0, characters: 0 }
  );
}

/** Notes of a split whose text stands in an earlier part too. */
export function leakedCount(db: ReadableDatabase, splitId: number): number {
  return statement<[number], number>(
    db,
    'SELECT count(*) FROM split_member WHERE split_id = ? AND leaked = 1',
  )
    .pluck()
    .get(splitId) as number;
}

/** The run behind the version that stands in Production, or null. */
export function productionRun(db: ReadableDatabase): number | null {
  return (
    statement<[], number>(
      db,
      `SELECT model_version.run_id FROM stage_event JOIN model_version ON model_version.id = stage_event.model_version_id
       WHERE stage_event.to_stage = 'Production' AND NOT EXISTS (
         SELECT 1 FROM stage_event later WHERE later.model_version_id = stage_event.model_version_id
           AND later.id > stage_event.id AND later.from_stage = 'Production')
       ORDER BY stage_event.id DESC LIMIT 1`,
    )
      .pluck()
      .get() ?? null
  );
}

/** The finished run with the best strict span F1 on test, or null. */
export function bestRun(db: ReadableDatabase): number | null {
  return (
    statement<[], number>(
      db,
      `SELECT id FROM run WHERE state = 'finished' AND test_span_f1 IS NOT NULL
       ORDER BY test_span_f1 DESC, id LIMIT 1`,
    )
      .pluck()
      .get() ?? null
  );
}

/** The newest finished runs up to one, oldest first, for trends. */
export function finishedRunsBefore(db: ReadableDatabase, runId: number, limit: number): readonly number[] {
  const ids = statement<[number, number], number>(
    db,
    `SELECT id FROM run WHERE state = 'finished' AND id <= ? ORDER BY id DESC LIMIT ?`,
  )
    .pluck()
    .all(runId, limit);
  return ids.reverse();
}

export function countRuns(db: ReadableDatabase): {
  readonly all: number;
  readonly active: number;
  readonly interrupted: number;
} {
  return (
    statement<[], { all: number; active: number; interrupted: number }>(
      db,
      `SELECT count(*) AS "all", coalesce(sum(state IN ('queued', 'running')), 0) AS active,
       coalesce(sum(state = 'interrupted'), 0) AS interrupted FROM run`,
    ).get() ?? { all: 0, active: 0, interrupted: 0 }
  );
}

/** Whether there is anything to train on. */
export function hasSnapshot(db: ReadableDatabase): boolean {
  return statement<[], number>(db, 'SELECT 1 FROM snapshot LIMIT 1').pluck().get() !== undefined;
}
