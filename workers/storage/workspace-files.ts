import { basename, dirname, join } from 'node:path';

/** What may stand beside a workspace `NAME.medspan`, in the same folder. */
export interface WorkspaceFiles {
  readonly database: string;
  readonly wal: string;
  readonly shm: string;
  /** Says who has the workspace open. */
  readonly lock: string;
  /** Of an encrypted workspace: its data key, wrapped. */
  readonly key: string;
  readonly backups: string;
  readonly scratch: string;
  /** A new workspace until it is complete. */
  readonly unfinished: string;
}

export function workspaceFiles(path: string): WorkspaceFiles {
  return {
    database: path,
    wal: `${path}-wal`,
    shm: `${path}-shm`,
    lock: `${path}-lock`,
    key: `${path}-key`,
    backups: `${path}-backups`,
    scratch: `${path}-scratch`,
    unfinished: `${path}-new`,
  };
}

/** The name that a person sees. */
export function workspaceName(path: string): string {
  return basename(path).replace(/\.medspan$/i, '');
}

/** `NAME (WORD 2026-11-23 23.46.55).medspan` in the same folder: sorted by time, allowed on every system. */
export function datedSibling(path: string, word: string, at: number): string {
  return join(dirname(path), `${workspaceName(path)} (${word} ${stamp(at)}).medspan`);
}

/** `2026-11-23 23.46.55`, UTC. */
export function stamp(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.');
}
