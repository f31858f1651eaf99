import type { ReadableDatabase } from '../storage/connection.ts';
import { statement } from '../storage/statements.ts';
import type { ScoredNote, StepRecord, TrainOutput } from './train-task.ts';

const metricNames = { loss: 'loss', gradientNorm: 'gradient-norm', devF1: 'dev/span/micro/f1' } as const;

export function storeSteps(
  db: ReadableDatabase,
  runId: number,
  steps: readonly StepRecord[],
  now: number,
): void {
  const insert = statement(
    db,
    'INSERT OR REPLACE INTO run_metric (run_id, name, step, value, at) VALUES (?, ?, ?, ?, ?)',
  );
  for (const step of steps) {
    insert.run(runId, metricNames.loss, step.iteration, step.loss, now);
    insert.run(runId, metricNames.gradientNorm, step.iteration, step.gradientNorm, now);
    if (step.devF1 !== null) insert.run(runId, metricNames.devF1, step.iteration, step.devF1, now);
  }
}

export function readSteps(db: ReadableDatabase, runId: number): StepRecord[] {
  const rows = statement<[number], { name: string; step: number; value: number }>(
    db,
    'SELECT name, step, value FROM run_metric WHERE run_id = ? ORDER BY step',
  ).all(runId);
  const steps = new Map<number, { -readonly [Key in keyof StepRecord]: StepRecord[Key] }>();
  for (const { name, step, value } of rows) {
    let record = steps.get(step);
    if (record === undefined) {
      record = { iteration: step, loss: 0, gradientNorm: 0, devF1: null };
      steps.set(step, record);
    }
    if (name === metricNames.loss) record.loss = value;
    else if (name === metricNames.gradientNorm) record.gradientNorm = value;
    else if (name === metricNames.devF1) record.devF1 = value;
  }
  return [...steps.values()];
}

/** Curves beyond the stored state would be told twice when the run goes on. */
export function dropStepsAfter(db: ReadableDatabase, runId: number, iteration: number): void {
  statement(db, 'DELETE FROM run_metric WHERE run_id = ? AND step > ?').run(runId, iteration);
}

export function storeCheckpointPiece(
  db: ReadableDatabase,
  runId: number,
  iteration: number,
  position: number,
  bytes: Uint8Array,
): void {
  statement(
    db,
    'INSERT OR REPLACE INTO run_checkpoint (run_id, iteration, position, bytes) VALUES (?, ?, ?, ?)',
  ).run(runId, iteration, position, bytes);
}

/** From now on the run can go on from this iteration; older state goes away. */
export function sealCheckpoint(db: ReadableDatabase, runId: number, iteration: number): void {
  statement(db, 'UPDATE run SET checkpoint_iteration = ? WHERE id = ?').run(iteration, runId);
  statement(db, 'DELETE FROM run_checkpoint WHERE run_id = ? AND iteration <> ?').run(runId, iteration);
}

export function readCheckpoint(db: ReadableDatabase, runId: number): Uint8Array | null {
  const pieces = statement<[number], Buffer>(
    db,
    `SELECT piece.bytes FROM run JOIN run_checkpoint piece
       ON piece.run_id = run.id AND piece.iteration = run.checkpoint_iteration
     WHERE run.id = ? ORDER BY piece.position`,
  )
    .pluck()
    .all(runId);
  return pieces.length === 0 ? null : new Uint8Array(Buffer.concat(pieces));
}

export function dropCheckpoint(db: ReadableDatabase, runId: number): void {
  statement(db, 'DELETE FROM run_checkpoint WHERE run_id = ?').run(runId);
  statement(db, 'UPDATE run SET checkpoint_iteration = NULL WHERE id = ?').run(runId);
}

/** What an earlier try of this run wrote and did not finish. */
export function dropPredictions(db: ReadableDatabase, runId: number): void {
  statement(db, 'DELETE FROM run_prediction WHERE run_id = ?').run(runId);
}

export function storePrediction(db: ReadableDatabase, runId: number, note: ScoredNote): void {
  statement(
    db,
    `INSERT INTO run_prediction (run_id, note_id, part, gold, predicted, error_count)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(
    runId,
    note.noteId,
    note.part,
    JSON.stringify(note.gold.map(({ start, end, label }) => [start, end, label])),
    JSON.stringify(note.predicted.map(({ start, end, label }) => [start, end, label])),
    note.errors.length,
  );
  const insert = statement(
    db,
    `INSERT INTO run_error (run_id, note_id, position, part, kind, sentence_start, sentence_end, gold_label,
       gold_start, gold_end, predicted_label, predicted_start, predicted_end)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  note.errors.forEach(({ kind, gold, predicted, sentenceStart, sentenceEnd }, position) => {
    insert.run(
      runId,
      note.noteId,
      position,
      note.part,
      kind,
      sentenceStart,
      sentenceEnd,
      gold?.label ?? null,
      gold?.start ?? null,
      gold?.end ?? null,
      predicted?.label ?? null,
      predicted?.start ?? null,
      predicted?.end ?? null,
    );
  });
}

/** Row id of the bytes with this hash; the same bytes are kept once. */
export function storeArtifact(db: ReadableDatabase, sha256: string, bytes: Uint8Array): number {
  statement(db, 'INSERT OR IGNORE INTO artifact (sha256, bytes) VALUES (?, ?)').run(sha256, bytes);
  return statement<[string], number>(db, 'SELECT id FROM artifact WHERE sha256 = ?')
    .pluck()
    .get(sha256) as number;
}

export function readModel(db: ReadableDatabase, runId: number): Uint8Array | null {
  const bytes = statement<[number], Buffer>(
    db,
    `SELECT artifact.bytes FROM run JOIN artifact ON artifact.id = run.model_artifact_id WHERE run.id = ?`,
  )
    .pluck()
    .get(runId);
  return bytes === undefined ? null : new Uint8Array(bytes);
}

/** The last write of a run: from here on it is finished and frozen. */
export function finishRun(
  db: ReadableDatabase,
  runId: number,
  artifactId: number,
  output: TrainOutput,
  totalSeconds: number,
  now: number,
): void {
  const { evaluation } = output;
  statement(
    db,
    `UPDATE run SET state = 'finished', model_artifact_id = @artifactId, data_sha256 = @dataSha256, size = @size,
       iterations = @iterations, stop_reason = @stopReason, peak_memory_bytes = @peakMemoryBytes,
       projection = @projection, evaluation = @evaluation, timings = @timings, dev_span_f1 = @devSpanF1,
       dev_token_f1 = @devTokenF1, test_span_f1 = @testSpanF1, test_token_f1 = @testTokenF1,
       train_seconds = @trainSeconds, total_seconds = @totalSeconds, error = NULL, ended_at = @now
     WHERE id = @runId`,
  ).run({
    runId,
    artifactId,
    dataSha256: output.dataSha256,
    size: JSON.stringify(output.size),
    iterations: output.iterations,
    stopReason: output.stopReason,
    peakMemoryBytes: output.peakMemoryBytes,
    projection: JSON.stringify(output.projection),
    evaluation: JSON.stringify(evaluation),
    timings: JSON.stringify({ ...output.timings, totalSeconds }),
    devSpanF1: evaluation.dev?.all.span.micro.f1 ?? null,
    devTokenF1: evaluation.dev?.all.token.micro.f1 ?? null,
    testSpanF1: evaluation.test?.all.span.micro.f1 ?? null,
    testTokenF1: evaluation.test?.all.token.micro.f1 ?? null,
    trainSeconds: output.timings.trainSeconds,
    totalSeconds,
    now,
  });
}
