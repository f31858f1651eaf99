import type { ErrorEnvelope } from '../api/errors.ts';

/** Where a task's thread finds the workspace. */
export interface WorkspaceFile {
  readonly path: string;
  /** Key of an encrypted workspace, as hex. */
  readonly key: string | null;
}

/** From the engine to the compute process. */
export type ComputeRequest =
  | {
      readonly kind: 'run';
      readonly id: number;
      readonly task: string;
      readonly input: unknown;
      readonly workspace: WorkspaceFile | null;
    }
  | { readonly kind: 'cancel'; readonly id: number };

/** From a thread to the compute process, and on to the engine. */
export type ComputeReport =
  | { readonly kind: 'progress'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'done'; readonly id: number; readonly output: unknown }
  | {
      readonly kind: 'failed';
      readonly id: number;
      readonly error: ErrorEnvelope;
      /** Of an error that is no MedspanError: its class and places, for the log. */
      readonly defect: { readonly name: string; readonly stack: string } | null;
    };

/** From the compute process to one of its threads. */
export interface ThreadRequest {
  readonly kind: 'run';
  readonly id: number;
  readonly task: string;
  readonly input: unknown;
  readonly workspace: WorkspaceFile | null;
  /** One Int32: not 0 once the task shall stop. */
  readonly cancel: SharedArrayBuffer;
}
