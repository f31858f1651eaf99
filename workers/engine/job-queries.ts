import type { Json } from '../api/common.ts';
import type { ErrorEnvelope } from '../api/errors.ts';
import type { Job, JobState } from '../api/jobs.ts';
import type { WritableDatabase } from '../storage/connection.ts';

interface Row {
  id: number;
  kind: string;
  title: string;
  state: JobState;
  progress: number | null;
  created_at: number;
  ended_at: number | null;
  error: string | null;
  result: string | null;
}

const columns = 'id, kind, title, state, progress, created_at, ended_at, error, result';

export function createJobQueries(db: WritableDatabase) {
  const add = db.prepare<[string, string, number | null, number]>(
    `INSERT INTO job (kind, title, state, profile_id, created_at) VALUES (?, ?, 'queued', ?, ?)`,
  );
  const begin = db.prepare<[number, number]>(`UPDATE job SET state = 'running', started_at = ? WHERE id = ?`);
  const end = db.prepare<[JobState, number, string | null, string, number | null, number]>(
    'UPDATE job SET state = ?, ended_at = ?, error = ?, result = ?, progress = ? WHERE id = ?',
  );
  const interrupt = db.prepare<[number]>(
    `UPDATE job SET state = 'interrupted', ended_at = ? WHERE state IN ('queued', 'running')`,
  );
  const list = db.prepare<[number], Row>(`SELECT ${columns} FROM job ORDER BY id DESC LIMIT ?`);
  const get = db.prepare<[number], Row>(`SELECT ${columns} FROM job WHERE id = ?`);

  return {
    add: (kind: string, title: string, profileId: number | null, at: number): number =>
      Number(add.run(kind, title, profileId, at).lastInsertRowid),
    begin(jobId: number, at: number): void {
      begin.run(at, jobId);
    },
    end(
      jobId: number,
      state: JobState,
      at: number,
      error: ErrorEnvelope | null,
      result: Json,
      progress: number | null,
    ): void {
      end.run(
        state,
        at,
        error === null ? null : JSON.stringify(error),
        JSON.stringify(result),
        progress,
        jobId,
      );
    },
    interrupt: (at: number): number => interrupt.run(at).changes,
    list: (limit: number): Job[] => list.all(limit).map(toJob),
    get(jobId: number): Job | undefined {
      const row = get.get(jobId);
      return row === undefined ? undefined : toJob(row);
    },
  };
}

function toJob(row: Row): Job {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    state: row.state,
    progress: row.progress,
    secondsLeft: null,
    createdAt: row.created_at,
    endedAt: row.ended_at,
    error: row.error === null ? null : (JSON.parse(row.error) as ErrorEnvelope),
    result: row.result === null ? null : (JSON.parse(row.result) as Json),
  };
}
