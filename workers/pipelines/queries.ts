import type { Json } from '../api/common.ts';
import type { ErrorEnvelope } from '../api/errors.ts';
import type {
  Pipeline,
  PipelineRunState,
  TaskDefinition,
  TaskState,
  TaskTry,
  Trigger,
} from '../api/pipelines.ts';
import type { ReadableDatabase } from '../storage/connection.ts';
import { statement } from '../storage/statements.ts';

type PipelineRecord = Omit<Pipeline, 'tasks'> & { readonly definition: string };

const pipelineColumns = 'p.id, p.name, p.version, p.definition, p.created_at AS createdAt';

function readPipeline({ definition, ...row }: PipelineRecord): Pipeline {
  return { ...row, tasks: JSON.parse(definition) as TaskDefinition[] };
}

/** Stores a version of a pipeline once. */
export function ensurePipeline(
  db: ReadableDatabase,
  pipeline: { readonly name: string; readonly version: number; readonly tasks: readonly TaskDefinition[] },
  at: number,
): void {
  statement(
    db,
    'INSERT INTO pipeline (name, version, definition, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  ).run(pipeline.name, pipeline.version, JSON.stringify(pipeline.tasks), at);
}

export function newestPipelines(db: ReadableDatabase): readonly Pipeline[] {
  return statement<[], PipelineRecord>(
    db,
    `SELECT ${pipelineColumns} FROM pipeline p
     WHERE p.version = (SELECT max(o.version) FROM pipeline o WHERE o.name = p.name) ORDER BY p.name`,
  )
    .all()
    .map(readPipeline);
}

export function pipelineById(db: ReadableDatabase, pipelineId: number): Pipeline | undefined {
  const row = statement<[number], PipelineRecord>(
    db,
    `SELECT ${pipelineColumns} FROM pipeline p WHERE p.id = ?`,
  ).get(pipelineId);
  return row === undefined ? undefined : readPipeline(row);
}

export interface RunParameters {
  readonly corpusId: number;
  /** The job that carries the run now. */
  readonly jobId: number | null;
}

export interface StoredRun {
  readonly id: number;
  readonly pipelineId: number;
  readonly state: PipelineRunState;
  readonly trigger: Trigger;
  readonly reason: string;
  readonly parameters: RunParameters;
  readonly startedBy: string | null;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

type RunRecord = Omit<StoredRun, 'parameters'> & { readonly parameters: string };

const runSelect = `SELECT r.id, r.pipeline_id AS pipelineId, r.state, r.trigger,
    json_extract(r.trigger_detail, '$.reason') AS reason, r.parameters, f.name AS startedBy,
    r.created_at AS createdAt, r.started_at AS startedAt, r.ended_at AS endedAt
  FROM pipeline_run r LEFT JOIN profile f ON f.id = r.profile_id`;

const readRun = (row: RunRecord): StoredRun => ({
  ...row,
  parameters: JSON.parse(row.parameters) as RunParameters,
});

export function insertRun(
  db: ReadableDatabase,
  run: Pick<StoredRun, 'pipelineId' | 'trigger' | 'reason' | 'parameters'> & {
    readonly profileId: number;
    readonly at: number;
  },
): number {
  const { lastInsertRowid } = statement(
    db,
    `INSERT INTO pipeline_run (pipeline_id, state, trigger, trigger_detail, parameters, profile_id, created_at)
     VALUES (?, 'queued', ?, ?, ?, ?, ?)`,
  ).run(
    run.pipelineId,
    run.trigger,
    JSON.stringify({ reason: run.reason }),
    JSON.stringify(run.parameters),
    run.profileId,
    run.at,
  );
  return Number(lastInsertRowid);
}

export function storedRun(db: ReadableDatabase, runId: number): StoredRun | undefined {
  const row = statement<[number], RunRecord>(db, `${runSelect} WHERE r.id = ?`).get(runId);
  return row === undefined ? undefined : readRun(row);
}

export function runPage(db: ReadableDatabase, limit: number, offset: number): readonly StoredRun[] {
  return statement<[number, number], RunRecord>(db, `${runSelect} ORDER BY r.id DESC LIMIT ? OFFSET ?`)
    .all(limit, offset)
    .map(readRun);
}

export function runCount(db: ReadableDatabase): number {
  return statement<[], { n: number }>(db, 'SELECT count(*) AS n FROM pipeline_run').get()?.n ?? 0;
}

export function liveRunOf(db: ReadableDatabase, pipelineName: string): number | undefined {
  return statement<[string], { id: number }>(
    db,
    `SELECT r.id FROM pipeline_run r JOIN pipeline p ON p.id = r.pipeline_id
     WHERE p.name = ? AND r.state IN ('queued', 'running') LIMIT 1`,
  ).get(pipelineName)?.id;
}

export function setRunState(db: ReadableDatabase, runId: number, state: PipelineRunState, at: number): void {
  statement(
    db,
    `UPDATE pipeline_run SET state = @state,
       started_at = CASE WHEN @state = 'running' THEN coalesce(started_at, @at) ELSE started_at END,
       ended_at = CASE WHEN @state IN ('queued', 'running') THEN NULL ELSE @at END
     WHERE id = @runId`,
  ).run({ state, at, runId });
}

export function setRunJob(db: ReadableDatabase, runId: number, jobId: number): void {
  statement(db, `UPDATE pipeline_run SET parameters = json_set(parameters, '$.jobId', ?) WHERE id = ?`).run(
    jobId,
    runId,
  );
}

/** Runs and tries that a crash left under way. */
export function interruptRuns(db: ReadableDatabase, at: number): void {
  statement(
    db,
    `UPDATE task_try SET state = 'interrupted', ended_at = ? WHERE state IN ('scheduled', 'running')`,
  ).run(at);
  statement(
    db,
    `UPDATE pipeline_run SET state = 'interrupted', ended_at = ? WHERE state IN ('queued', 'running')`,
  ).run(at);
}

type TryRecord = Omit<TaskTry, 'output' | 'error'> & {
  readonly output: string | null;
  readonly error: string | null;
};

export function tries(db: ReadableDatabase, runId: number): readonly TaskTry[] {
  return statement<[number], TryRecord>(
    db,
    `SELECT task, number, state, log, output, error, started_at AS startedAt, ended_at AS endedAt
     FROM task_try WHERE pipeline_run_id = ? ORDER BY id`,
  )
    .all(runId)
    .map(({ output, error, ...row }) => ({
      ...row,
      output: output === null ? null : (JSON.parse(output) as Json),
      error: error === null ? null : (JSON.parse(error) as ErrorEnvelope),
    }));
}

export function insertTry(
  db: ReadableDatabase,
  runId: number,
  task: string,
  state: TaskState,
  at: number,
): number {
  const { lastInsertRowid } = statement(
    db,
    `INSERT INTO task_try (pipeline_run_id, task, number, state, started_at)
     VALUES (@runId, @task,
       (SELECT coalesce(max(number), 0) + 1 FROM task_try WHERE pipeline_run_id = @runId AND task = @task),
       @state, @at)`,
  ).run({ runId, task, state, at });
  return Number(lastInsertRowid);
}

export function appendLog(db: ReadableDatabase, tryId: number, line: string): void {
  statement(db, `UPDATE task_try SET log = log || ? || char(10) WHERE id = ?`).run(line, tryId);
}

/** Kept as soon as it is known, so that a task that is tried again can go on with what it made. */
export function setTryOutput(db: ReadableDatabase, tryId: number, output: Json): void {
  statement(db, 'UPDATE task_try SET output = ? WHERE id = ?').run(JSON.stringify(output), tryId);
}

export function endTry(
  db: ReadableDatabase,
  tryId: number,
  end: { readonly state: TaskState; readonly error: ErrorEnvelope | null; readonly at: number },
): void {
  statement(db, 'UPDATE task_try SET state = ?, error = ?, ended_at = ? WHERE id = ?').run(
    end.state,
    end.error === null ? null : JSON.stringify(end.error),
    end.at,
    tryId,
  );
}

/** `retraining`, `retraining 2` …: the first name that no snapshot of the corpus has. */
export function freeSnapshotName(db: ReadableDatabase, corpusId: number): string {
  const taken = statement<[number, string], { n: number }>(
    db,
    'SELECT count(*) AS n FROM snapshot WHERE corpus_id = ? AND name = ?',
  );
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? 'retraining' : `retraining ${n}`;
    if (taken.get(corpusId, name)?.n === 0) return name;
  }
}

/** The template set of a name, or the one that the app ships first. */
export function templateSetNamed(db: ReadableDatabase, name: string | null): number {
  const found = statement<[string | null], { id: number }>(
    db,
    'SELECT id FROM template_set ORDER BY name IS ? DESC, id LIMIT 1',
  ).get(name);
  if (found === undefined) throw new Error('the workspace has no template set');
  return found.id;
}

/** The corpus that a split was made from. */
export function corpusOfSplit(db: ReadableDatabase, splitId: number): number | undefined {
  return statement<[number], { id: number }>(
    db,
    'SELECT s.corpus_id AS id FROM split x JOIN snapshot s ON s.id = x.snapshot_id WHERE x.id = ?',
  ).get(splitId)?.id;
}

export function newestCorpus(db: ReadableDatabase): number | undefined {
  return statement<[], { id: number }>(
    db,
    'SELECT max(id) AS id FROM corpus HAVING max(id) IS NOT NULL',
  ).get()?.id;
}

export function corpusExists(db: ReadableDatabase, corpusId: number): boolean {
  return statement(db, 'SELECT 1 FROM corpus WHERE id = ?').get(corpusId) !== undefined;
}

/** The newest event that a snapshot of this corpus has seen; 0 where there is none. */
export function lastSnapshotPosition(db: ReadableDatabase, corpusId: number): number {
  return (
    statement<[number], { position: number | null }>(
      db,
      'SELECT max(event_position) AS position FROM snapshot WHERE corpus_id = ?',
    ).get(corpusId)?.position ?? 0
  );
}

/** Makes a task count as not run: a try that says so is put on top, what it had made is forgotten. */
export function clearTask(db: ReadableDatabase, runId: number, task: string, at: number): void {
  const tryId = insertTry(db, runId, task, 'none', at);
  setTryOutput(db, tryId, {});
}
