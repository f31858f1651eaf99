import { useEffect, useState } from 'react';
import type { WorkspaceInfo, WorkspaceState } from '../../../workers/api/workspace.ts';
import { useConnection } from '../../engine-client/use-connection.ts';
import { useQuery } from '../../engine-client/use-query.ts';

export interface WorkspaceView {
  /** undefined until the engine answered for the first time. */
  readonly state: WorkspaceState | undefined;
  /**
   * The workspace that was open when the engine ended, while main opens it again: the screens stay where they are
   * instead of making way for the start screen.
   */
  readonly returning: WorkspaceInfo | null;
}

const patienceMs = 20_000;

/** What is open, refused or closed, seen through a crash of the engine. */
export function useWorkspace(): WorkspaceView {
  const connection = useConnection();
  const { data: state } = useQuery('workspace.state', {});
  const [returning, setReturning] = useState<WorkspaceInfo | null>(null);
  const [seen, setSeen] = useState({ connection, state });

  if (seen.connection !== connection || seen.state !== state) {
    setSeen({ connection, state });
    if (connection === 'down' && seen.connection !== 'down') {
      if (state?.state === 'open') setReturning(state.workspace);
    } else if (connection === 'connected' && state !== seen.state) {
      if (state?.state === 'open' || state?.state === 'refused') setReturning(null);
    }
  }
  useEffect(() => {
    if (returning === null || connection !== 'connected') return;
    const timer = setTimeout(() => setReturning(null), patienceMs);
    return () => clearTimeout(timer);
  }, [returning, connection]);
  return { state, returning };
}
