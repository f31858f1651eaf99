import type { RemoteComputePool } from './compute-pool.ts';
import type { WorkspaceFile } from './compute-wire.ts';
import type { Log } from './context.ts';

export interface EngineOptions {
  readonly log: Log;
  /** Makes the pool; it asks for the workspace anew at each task. */
  readonly compute: (workspace: () => WorkspaceFile | null) => RemoteComputePool;
  readonly now?: () => number;
}
