import type { Events, EventName } from '../api/events.ts';
import type { Json } from '../api/common.ts';
import type { MethodMap, OutputOf, ParsedInputOf } from '../api/method.ts';
import type { Profile } from '../api/workspace.ts';
import type { ReadableDatabase, WritableDatabase } from '../storage/connection.ts';

/** What every area's service is built from. One lives as long as a workspace is open. */
export interface EngineContext {
  /** The one writer connection. */
  readonly db: WritableDatabase;
  readonly events: EventHub;
  readonly jobs: JobQueue;
  readonly compute: ComputePool;
  readonly log: Log;
  /** In whose name things are recorded now. */
  readonly profile: () => Profile;
  /** Milliseconds UTC; injected so that tests own the clock. */
  readonly now: () => number;
  readonly workspace: {
    readonly path: string;
    /** A folder beside the file for what must not outlive a session; emptied at each start. */
    readonly scratch: string;
  };
}

export interface EventHub {
  emit<Name extends EventName>(name: Name, payload: Events[Name]): void;
  /** Returns the way to stop listening. */
  on<Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void): () => void;
}

/** The application log: names, ids, counts and durations; never note text, never arguments of a call. */
export interface Log {
  info(event: string, facts?: Readonly<Record<string, string | number | boolean | null>>): void;
  warn(event: string, facts?: Readonly<Record<string, string | number | boolean | null>>): void;
  error(
    event: string,
    error: unknown,
    facts?: Readonly<Record<string, string | number | boolean | null>>,
  ): void;
}

export interface CallContext {
  /** Aborted when the caller cancels or goes away. */
  readonly signal: AbortSignal;
}

/** The methods of an area, typed by its part of the contract. Inputs arrive guarded. */
export type Handlers<Methods extends MethodMap> = {
  readonly [Name in keyof Methods]: (
    input: ParsedInputOf<Methods[Name]>,
    call: CallContext,
  ) => OutputOf<Methods[Name]> | Promise<OutputOf<Methods[Name]>>;
};

/**
 * What an area's `service.ts` makes. Beside `handlers` a service may offer functions of its own to later areas.
 */
export interface AreaService<Methods extends MethodMap> {
  readonly handlers: Handlers<Methods>;
  /** After every service exists: resume, mark what a crash left behind, listen to events. */
  start?(): void | Promise<void>;
  /** Before the workspace closes: finish or put away what is under way. */
  stop?(): void | Promise<void>;
}

export interface JobSpec<Result extends Json> {
  /** `area.verb` */
  readonly kind: string;
  /** Shown to a person; never note text. */
  readonly title: string;
  run(job: JobHandle): Promise<Result>;
}

export interface JobHandle {
  readonly id: number;
  readonly signal: AbortSignal;
  /** Fraction done, 0 to 1, or null while the total is unknown. Reported to windows at most 5 times a second. */
  progress(fraction: number | null): void;
}

export interface JobQueue {
  /** Records a job as queued, runs it in turn and records how it ended. `done` rejects as the job does. */
  start<Result extends Json>(spec: JobSpec<Result>): { readonly id: number; readonly done: Promise<Result> };
  cancel(jobId: number): void;
}

/**
 * A computation that runs in a thread of the compute process, by name. Declare one beside its worker:
 * `export const trainTask = task<TrainInput, TrainOutput, TrainProgress>('training.train')`.
 */
export interface ComputeTask<Input, Output, Progress> {
  readonly name: string;
  readonly types?: (input: Input, progress: Progress) => Output;
}

export function task<Input, Output, Progress = never>(name: string): ComputeTask<Input, Output, Progress> {
  return { name };
}

/** What a task module (`*.worker.ts`) exports as `run`. */
export type TaskRunner<Task> =
  Task extends ComputeTask<infer Input, infer Output, infer Progress>
    ? (input: Input, thread: TaskThread<Progress>) => Promise<Output> | Output
    : never;

export interface TaskThread<Progress> {
  /** Sends a progress value; call it at most a few times a second. */
  progress(value: Progress): void;
  /** Reads the cancel flag in shared memory; cheap enough for an inner loop. */
  cancelled(): boolean;
  /** A read-only connection to the workspace of this thread's own; closed when the task ends. */
  database(): ReadableDatabase;
}

export interface ComputePool {
  /** Threads that can run at once. */
  readonly size: number;
  /** Plain data and typed arrays in and out. Rejects with CANCELLED when the signal aborts, COMPUTE_DOWN on a crash. */
  run<Input, Output, Progress>(
    task: ComputeTask<Input, Output, Progress>,
    input: Input,
    options?: { readonly signal?: AbortSignal; readonly onProgress?: (progress: Progress) => void },
  ): Promise<Output>;
}
