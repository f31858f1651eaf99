import { Tag } from '@blueprintjs/core';
import { useState } from 'react';
import type { WorkspaceInfo } from '../../../workers/api/workspace.ts';
import { useEvent } from '../../engine-client/use-event.ts';
import { formatDate, formatTime, formatUtc, isToday } from '../../ui/format.ts';

/** The time of the last commit, never of the last key press. */
export function Saved({ workspace }: { readonly workspace: WorkspaceInfo }) {
  const [heard, setHeard] = useState<number | null>(null);
  useEvent('workspace.saved', ({ at }) => setHeard(at));
  if (workspace.readOnly) {
    return (
      <Tag minimal intent="warning" title="Nothing can be changed in this workspace">
        Read-only
      </Tag>
    );
  }
  const at = Math.max(heard ?? 0, workspace.lastSavedAt ?? 0);
  if (at === 0) return <span className="saved">No changes yet</span>;
  return (
    <span className="saved" title={`Last write to the workspace file: ${formatUtc(at)}`}>
      Saved {isToday(at) ? formatTime(at) : formatDate(at)}
    </span>
  );
}
