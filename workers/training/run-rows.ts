import type { ErrorEnvelope } from '../api/errors.ts';
import type { Json } from '../api/common.ts';
import type { Evaluation } from '../api/training-evaluation.ts';
import type {
  Projection,
  RunDetail,
  RunEnvironment,
  RunParameters,
  RunRow,
  RunState,
  RunTimings,
  TrainingSize,
} from '../api/training.ts';

/** A run as SQLite gives it, with the names of what it refers to. */
export interface StoredRun {
  readonly id: number;
  readonly name: string;
  readonly state: RunState;
  readonly job_id: number | null;
  readonly parent_run_id: number | null;
  readonly split_id: number;
  readonly split_name: string;
  readonly snapshot_id: number;
  readonly snapshot_name: string;
  readonly corpus_name: string;
  readonly template_set_name: string;
  readonly trainer: string;
  readonly parameters: string;
  readonly seed: number;
  readonly iterations: number | null;
  readonly dev_span_f1: number | null;
  readonly dev_token_f1: number | null;
  readonly test_span_f1: number | null;
  readonly test_token_f1: number | null;
  readonly train_seconds: number | null;
  readonly total_seconds: number | null;
  readonly who: string | null;
  readonly created_at: number;
  readonly ended_at: number | null;
  readonly tags: string;
}

/** The same with everything that only the run's own page asks for. */
export interface StoredRunDetail extends StoredRun {
  readonly template_set: string;
  readonly snapshot_sha256: string;
  readonly data_sha256: string | null;
  readonly model_sha256: string | null;
  readonly model_bytes: number | null;
  readonly engine_version: string;
  readonly environment: string;
  readonly projection: string | null;
  readonly size: string | null;
  readonly evaluation: string | null;
  readonly timings: string | null;
  readonly peak_memory_bytes: number | null;
  readonly stop_reason: string | null;
  readonly error: string | null;
  readonly checkpoint_iteration: number | null;
  readonly notes: string;
  readonly started_at: number | null;
}

function read<Value>(json: string | null): Value | null {
  return json === null ? null : (JSON.parse(json) as Value);
}

export function toRunRow(stored: StoredRun): RunRow {
  return {
    id: stored.id,
    name: stored.name,
    state: stored.state,
    trainer: stored.trainer,
    templateSetName: stored.template_set_name,
    parameters: JSON.parse(stored.parameters) as RunParameters,
    seed: stored.seed,
    splitId: stored.split_id,
    splitName: stored.split_name,
    snapshotId: stored.snapshot_id,
    snapshotName: stored.snapshot_name,
    corpusName: stored.corpus_name,
    iterations: stored.iterations,
    devSpanF1: stored.dev_span_f1,
    devTokenF1: stored.dev_token_f1,
    testSpanF1: stored.test_span_f1,
    testTokenF1: stored.test_token_f1,
    trainSeconds: stored.train_seconds,
    totalSeconds: stored.total_seconds,
    who: stored.who,
    createdAt: stored.created_at,
    endedAt: stored.ended_at,
    tags: JSON.parse(stored.tags) as string[],
  };
}

export function toRunDetail(stored: StoredRunDetail): RunDetail {
  return {
    ...toRunRow(stored),
    templateSet: JSON.parse(stored.template_set) as Json,
    snapshotSha256: stored.snapshot_sha256,
    dataSha256: stored.data_sha256,
    modelSha256: stored.model_sha256,
    modelBytes: stored.model_bytes,
    engineVersion: stored.engine_version,
    environment: JSON.parse(stored.environment) as RunEnvironment,
    projection: read<Projection>(stored.projection),
    size: read<TrainingSize>(stored.size),
    evaluation: read<Evaluation>(stored.evaluation),
    timings: read<RunTimings>(stored.timings),
    peakMemoryBytes: stored.peak_memory_bytes,
    stopReason: stored.stop_reason,
    error: read<ErrorEnvelope>(stored.error),
    checkpointIteration: stored.checkpoint_iteration,
    jobId: stored.job_id,
    parentRunId: stored.parent_run_id,
    notes: stored.notes,
    startedAt: stored.started_at,
  };
}
