import { Button } from '@blueprintjs/core';
import { useEffect, useState } from 'react';
import type { RecentWorkspace } from '../../../workers/api/desktop.ts';
import { fileName } from '../../ui/files.ts';
import { Time } from '../../ui/Time.tsx';

interface RecentListProps {
  readonly onOpen: (path: string) => void;
  readonly disabled: boolean;
}

/** Workspaces that were open on this machine, newest first. */
export function RecentList({ onOpen, disabled }: RecentListProps) {
  const [recent, setRecent] = useState<readonly RecentWorkspace[] | null>(null);
  useEffect(() => {
    let gone = false;
    void window.medspan.recentWorkspaces().then((list) => {
      if (!gone) setRecent(list);
    });
    return () => {
      gone = true;
    };
  }, []);
  if (recent === null) return null;
  if (recent.length === 0) return <p className="muted">Workspaces that you open are listed here.</p>;
  const forget = (path: string): void => {
    setRecent(recent.filter((each) => each.path !== path));
    void window.medspan.forgetWorkspace(path);
  };
  return (
    <ul className="recent">
      {recent.map(({ path, openedAt, exists }) => (
        <li key={path}>
          <button
            type="button"
            className="recent-open"
            disabled={disabled || !exists}
            onClick={() => onOpen(path)}
            title={path}
          >
            <span className="recent-name">{fileName(path).replace(/\.medspan$/, '')}</span>
            <span className="recent-path">{exists ? path : `Not found: ${path}`}</span>
          </button>
          <span className="recent-time">
            <Time at={openedAt} />
          </span>
          <Button
            variant="minimal"
            size="small"
            icon="cross"
            aria-label={`Remove ${fileName(path)} from this list`}
            title="Remove from this list; the file stays"
            onClick={() => forget(path)}
          />
        </li>
      ))}
    </ul>
  );
}
