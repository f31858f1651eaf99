import { existsSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { basename } from 'node:path';
import { MedspanError, toEnvelope } from '../api/errors.ts';
import type { EventMessage } from '../api/events.ts';
import type { Profile, WorkspaceInfo, WorkspaceState, workspaceMethods } from '../api/workspace.ts';
import type { WritableDatabase } from '../storage/connection.ts';
import { openWriter } from '../storage/connection.ts';
import { migrate, schemaVersion } from '../storage/migrate.ts';
import { watchWrites } from '../storage/write-watch.ts';
import type { EngineOptions } from './engine-options.ts';
import type { Handlers } from './context.ts';
import type { AnyHandler } from './router.ts';
import { createProfiles } from './profiles.ts';
import type { WorkspaceSession } from './workspace-session.ts';
import { startSession } from './workspace-session.ts';

interface OpenWorkspace {
  readonly path: string;
  readonly db: WritableDatabase;
  readonly session: WorkspaceSession;
  readonly profiles: ReturnType<typeof createProfiles>;
  readonly wrote: () => boolean;
  lastSavedAt: number | null;
}

export interface WorkspaceHost {
  handler(name: string): AnyHandler | undefined;
  onEvent(listener: (message: EventMessage) => void): () => void;
  /** Tells the windows when the last call, or a job meanwhile, has committed something. */
  announceWrites(): void;
  session(): WorkspaceSession | null;
  dispose(): Promise<void>;
}

/** Opens and closes workspaces, one at a time, and answers `workspace.*`. */
export function createWorkspaceHost(options: EngineOptions): WorkspaceHost {
  const { log, now = Date.now } = options;
  const listeners = new Set<(message: EventMessage) => void>();
  let state: WorkspaceState = { state: 'closed' };
  let open: OpenWorkspace | null = null;
  const compute = options.compute(() => (open === null ? null : { path: open.path, key: null }));

  function tell(message: EventMessage): void {
    for (const listener of [...listeners]) listener(message);
  }
  function setState(next: WorkspaceState): void {
    state = next;
    tell({ name: 'workspace.changed', payload: next });
  }
  function needOpen(): OpenWorkspace {
    if (open === null)
      throw new MedspanError('NO_WORKSPACE', 'No workspace is open. Open or create one first.');
    return open;
  }
  function describe(workspace: OpenWorkspace): WorkspaceInfo {
    return {
      path: workspace.path,
      name: basename(workspace.path).replace(/\.medspan$/, ''),
      schemaVersion: schemaVersion(workspace.db),
      protection: 'none',
      readOnly: false,
      bytes: statSync(workspace.path).size,
      lastSavedAt: workspace.lastSavedAt,
      profile: workspace.profiles.current(),
      locationWarning: null,
    };
  }

  async function openFile(path: string, create: boolean): Promise<WorkspaceInfo> {
    await closeFile();
    setState({ state: 'opening', path });
    let db: WritableDatabase | undefined;
    try {
      db = openWriter(path, { create });
      migrate(db, path);
      const profiles = createProfiles(db, now, userName());
      const wrote = watchWrites(db);
      const session = await startSession({ db, path, compute, log, now, profile: profiles.current });
      session.events.tap(tell);
      open = { path, db, session, profiles, wrote, lastSavedAt: null };
      const info = describe(open);
      setState({ state: 'open', workspace: info });
      return info;
    } catch (error) {
      db?.close();
      setState({ state: 'refused', path, error: toEnvelope(error) });
      throw error;
    }
  }

  async function closeFile(): Promise<void> {
    if (open === null) return;
    const closing = open;
    await closing.session.stop();
    open = null;
    closing.db.pragma('optimize');
    closing.db.pragma('wal_checkpoint(TRUNCATE)');
    closing.db.close();
    setState({ state: 'closed' });
  }

  function announceWrites(): void {
    if (open === null || !open.wrote()) return;
    open.lastSavedAt = now();
    tell({ name: 'workspace.saved', payload: { at: open.lastSavedAt } });
  }

  // Jobs write between calls.
  const watch = setInterval(announceWrites, 1000).unref();

  const handlers: Partial<Handlers<typeof workspaceMethods>> = {
    'workspace.state': () => (open === null ? state : { state: 'open', workspace: describe(open) }),
    async 'workspace.create'({ path }) {
      if (existsSync(path)) {
        throw new MedspanError('CONFLICT', `“${path}” is there already. Open it, or choose another name.`, {
          path,
        });
      }
      return { workspace: await openFile(path, true), recoveryKey: null };
    },
    'workspace.open': ({ path }) => openFile(path, false),
    async 'workspace.close'() {
      await closeFile();
      return null;
    },
    'workspace.profiles': () => needOpen().profiles.list(),
    'workspace.useProfile'({ name }): Profile {
      const profile = needOpen().profiles.use(name);
      setState({ state: 'open', workspace: describe(needOpen()) });
      return profile;
    },
  };
  const own = new Map(Object.entries(handlers) as [string, AnyHandler][]);

  return {
    handler: (name) => own.get(name) ?? open?.session.handlers.get(name),
    onEvent(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    announceWrites,
    session: () => open?.session ?? null,
    async dispose() {
      clearInterval(watch);
      await closeFile();
      compute.close();
    },
  };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A user id without a name, as in some containers.
    return 'local';
  }
}
