import type { Job } from './jobs.ts';
import type { WorkspaceState } from './workspace.ts';

/**
 * What the engine tells every window. Events state facts; whoever shows a thing asks for it anew. Payloads hold
 * ids, counts and numbers, never note text.
 */
export interface Events {
  'workspace.changed': WorkspaceState;
  /** A write was committed; the title bar shows the time. */
  'workspace.saved': { readonly at: number };
  'job.changed': Job;
  'corpus.changed': { readonly corpusId: number };
  /** How far a preview has read; `previewId` is the caller's. */
  'import.preview': { readonly previewId: string; readonly fraction: number };
  /** `position` is the note's newest event, so that a window knows an act of its own again. */
  'note.changed': { readonly noteId: number; readonly position?: number };
  'schema.changed': Record<string, never>;
  'snapshot.created': { readonly snapshotId: number; readonly corpusId: number };
  'run.changed': { readonly runId: number };
  'run.step': {
    readonly runId: number;
    readonly iteration: number;
    readonly loss: number;
    readonly gradientNorm: number;
    readonly devF1: number | null;
    readonly secondsLeft: number | null;
  };
  'registry.changed': { readonly modelVersionId: number | null };
  'monitoring.changed': { readonly reportId: number | null };
  'alert.raised': { readonly alertId: number };
  'pipelines.changed': { readonly pipelineRunId: number };
}

export type EventName = keyof Events;

export type EventMessage = {
  readonly [Name in EventName]: { readonly name: Name; readonly payload: Events[Name] };
}[EventName];
