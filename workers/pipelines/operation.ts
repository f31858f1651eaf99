import type { Json } from '../api/common.ts';
import type { TaskKind } from '../api/pipelines.ts';

/** What a task's operation is given. */
export interface TaskCall {
  readonly corpusId: number;
  readonly signal: AbortSignal;
  /** Outputs of the tasks that succeeded before, by task kind. */
  output(kind: TaskKind): Readonly<Record<string, Json>>;
  /** What an earlier try of this task had already made, as it kept it; empty at the first try. */
  readonly kept: Readonly<Record<string, Json>>;
  /** Keeps a part of the output at once, so that a crash or a retry can go on from it. */
  keep(output: Readonly<Record<string, Json>>): void;
  /** A line of the task's log. Ids and counts, never note text. */
  log(line: string): void;
}

/**
 * What a kind of task does. A `transaction` runs whole inside the transaction that records its success: its
 * effect and its state are written together or not at all. A `job` may take long; it keeps what it made as soon
 * as it has it and must give the same result when it is tried again.
 */
export type Operation =
  | { readonly kind: 'transaction'; run(call: TaskCall): Readonly<Record<string, Json>> }
  | { readonly kind: 'job'; run(call: TaskCall): Promise<Readonly<Record<string, Json>>> };

export type Operations = Readonly<Record<TaskKind, Operation>>;
