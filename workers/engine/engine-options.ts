import type { RemoteComputePool } from './compute-pool.ts';
import type { WorkspaceFile } from './compute-wire.ts';
import type { Log } from './context.ts';
import type { WorkspaceSession } from './workspace-session.ts';

export interface EngineOptions {
  readonly log: Log;
  /** Makes the pool; it asks for the workspace anew at each task. */
  readonly compute: (workspace: () => WorkspaceFile | null) => RemoteComputePool;
  readonly now?: () => number;
  /** In whose name a new workspace begins; by default the system user's. */
  readonly systemUser?: string;
  readonly automaticBackups?: boolean;
  /** Whether the command line may attach to an open workspace. */
  readonly attachable?: boolean;
  readonly fillSample?: FillSample;
}

/** Fills a new workspace with the shipped sample. */
export type FillSample = (session: WorkspaceSession) => Promise<void>;
