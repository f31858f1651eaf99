import { z } from 'zod';
import type { AreaSummary, Json, Page } from './common.ts';
import { id, page } from './common.ts';
import type { ErrorEnvelope } from './errors.ts';
import { method } from './method.ts';

/** The operations of the other areas that a pipeline's task can name. */
export const taskKinds = [
  'corpus.clean',
  'corpus.prepare',
  'training.features',
  'training.train',
  'training.evaluate',
  'registry.validate',
] as const;
export type TaskKind = (typeof taskKinds)[number];

/** A task as data. It starts when every task in `after` has succeeded. */
export interface TaskDefinition {
  readonly id: string;
  readonly title: string;
  readonly kind: TaskKind;
  readonly after: readonly string[];
  /** Tries after the first one that failed. */
  readonly retries: number;
}

export interface Pipeline {
  readonly id: number;
  readonly name: string;
  readonly version: number;
  readonly tasks: readonly TaskDefinition[];
  readonly createdAt: number;
}

export type PipelineRunState = 'queued' | 'running' | 'success' | 'failed' | 'cancelled' | 'interrupted';

/** `none` before anything happened; the others as Airflow names them. */
export type TaskState =
  | 'none'
  | 'scheduled'
  | 'running'
  | 'success'
  | 'failed'
  | 'skipped'
  | 'upstream_failed'
  | 'up_for_retry'
  | 'cancelled'
  | 'interrupted';

export type Trigger = 'person' | 'alert' | 'annotations' | 'snapshot';

export interface PipelineRunRow {
  readonly id: number;
  readonly pipeline: string;
  readonly version: number;
  readonly state: PipelineRunState;
  readonly trigger: Trigger;
  /** Why it was started, as a sentence. */
  readonly reason: string;
  readonly startedBy: string | null;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** State of each task, in the order of the definition. */
  readonly tasks: readonly { readonly id: string; readonly state: TaskState }[];
}

/** One try of a task. */
export interface TaskTry {
  readonly task: string;
  readonly number: number;
  readonly state: TaskState;
  /** Lines of `HH:MM:SS text`, UTC. Ids and counts, never note text. */
  readonly log: string;
  readonly output: Json;
  readonly error: ErrorEnvelope | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

export interface PipelineRunDetail extends PipelineRunRow {
  readonly definition: readonly TaskDefinition[];
  readonly tries: readonly TaskTry[];
  readonly jobId: number | null;
}

export interface TriggerSettings {
  /** Start retraining when monitoring raises an alert. */
  readonly onAlert: boolean;
  /** Start it after so many newly annotated notes; null for never. */
  readonly afterAnnotatedNotes: number | null;
}

export const pipelinesMethods = {
  'pipelines.summary': method<AreaSummary>()(z.object({})),
  /** The newest version of each pipeline. */
  'pipelines.list': method<readonly Pipeline[]>()(z.object({})),
  /** Newest first. */
  'pipelines.runs': method<Page<PipelineRunRow>>()(z.object({ ...page.shape })),
  /** Errors: NOT_FOUND. */
  'pipelines.run': method<PipelineRunDetail>()(z.object({ pipelineRunId: id })),
  /**
   * Starts a run over a corpus; without one, over the corpus that Production was trained on, else the newest.
   * Errors: NOT_FOUND; NOT_ALLOWED while another run of the pipeline is under way.
   */
  'pipelines.start': method<{ readonly pipelineRunId: number }>()(
    z.object({ pipelineId: id.optional(), corpusId: id.optional() }),
  ),
  /** Stops after the step that is under way; what succeeded stays. Errors: NOT_FOUND, NOT_ALLOWED. */
  'pipelines.cancel': method<null>()(z.object({ pipelineRunId: id })),
  /**
   * Goes on where a failed, cancelled or interrupted run stopped; with a task, that task and everything after it
   * run again. Errors: NOT_FOUND, NOT_ALLOWED.
   */
  'pipelines.resume': method<null>()(
    z.object({ pipelineRunId: id, fromTask: z.string().min(1).max(80).optional() }),
  ),
  'pipelines.triggers': method<TriggerSettings>()(z.object({})),
  'pipelines.setTriggers': method<TriggerSettings>()(
    z.object({
      onAlert: z.boolean().optional(),
      afterAnnotatedNotes: z.number().int().min(1).max(1_000_000).nullable().optional(),
    }),
  ),
} as const;
