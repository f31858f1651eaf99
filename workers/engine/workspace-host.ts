import { rmSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { MedspanError, toEnvelope } from '../api/errors.ts';
import type { EventMessage } from '../api/events.ts';
import type { WorkspaceInfo, WorkspaceState } from '../api/workspace.ts';
import type { BackupHelpers } from '../storage/backup.ts';
import type { Secrets } from '../storage/key-file.ts';
import { locationWarning } from '../storage/location-warning.ts';
import { emptyLog } from '../storage/checkpoint.ts';
import { schemaVersion } from '../storage/migrate.ts';
import { workspaceName } from '../storage/workspace-files.ts';
import { watchWrites } from '../storage/write-watch.ts';
import type { AttachPoint } from './attach.ts';
import { openAttachPoint } from './attach.ts';
import type { BackupKeeper } from './backup-keeper.ts';
import { backupHelpers, keepBackups } from './backup-keeper.ts';
import type { EngineOptions } from './engine-options.ts';
import type { OpenFile } from './open-workspace.ts';
import { openWorkspaceFile, realPath } from './open-workspace.ts';
import type { Profiles } from './profiles.ts';
import { createProfiles } from './profiles.ts';
import type { Transport } from './transport.ts';
import type { WorkspaceSession } from './workspace-session.ts';
import { startSession } from './workspace-session.ts';

export interface OpenWorkspace {
  readonly file: OpenFile;
  readonly session: WorkspaceSession;
  readonly profiles: Profiles;
  readonly backups: BackupKeeper;
  readonly attachPoint: AttachPoint | null;
  readonly wrote: () => boolean;
  lastSavedAt: number | null;
  /** Whether the write-ahead log may hold something. */
  logHolds: boolean;
}

/** Holds at most one open workspace, and says what becomes of it. */
export interface WorkspaceHost {
  readonly helpers: BackupHelpers;
  readonly now: () => number;
  state(): WorkspaceState;
  current(): OpenWorkspace | null;
  open(path: string, secrets: Secrets): Promise<WorkspaceInfo>;
  close(): Promise<void>;
  /** A call of an area; closing waits for it a moment. */
  track<Result>(call: Result): Result;
  /** One act on workspaces after the other: two windows never open two at once. */
  inTurn<Result>(act: () => Promise<Result>): Promise<Result>;
  /** Tells everybody how the open workspace stands now. */
  refresh(): void;
  onEvent(listener: (message: EventMessage) => void): () => void;
  /** Tells the windows when the last call, or a job meanwhile, has committed something. */
  announceWrites(): void;
  dispose(): Promise<void>;
}

export function createWorkspaceHost(
  options: EngineOptions,
  serve: (client: Transport) => void,
): WorkspaceHost {
  const { log, now = Date.now, automaticBackups = true, attachable = true } = options;
  const listeners = new Set<(message: EventMessage) => void>();
  let state: WorkspaceState = { state: 'closed' };
  let open: OpenWorkspace | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  const compute = options.compute(() =>
    open === null ? null : { path: open.file.path, key: open.file.key },
  );
  const helpers = backupHelpers(compute);
  const inFlight = new Set<Promise<unknown>>();

  function tell(message: EventMessage): void {
    for (const listener of [...listeners]) listener(message);
  }
  function setState(next: WorkspaceState): void {
    state = next;
    tell({ name: 'workspace.changed', payload: next });
  }

  function describe(workspace: OpenWorkspace): WorkspaceInfo {
    const { path, db, protection } = workspace.file;
    return {
      path,
      name: workspaceName(path),
      schemaVersion: schemaVersion(db),
      protection,
      readOnly: false,
      bytes: statSync(path, { throwIfNoEntry: false })?.size ?? 0,
      lastSavedAt: workspace.lastSavedAt,
      profile: workspace.profiles.current(),
      locationWarning: locationWarning(path),
    };
  }

  async function openPath(given: string, secrets: Secrets): Promise<WorkspaceInfo> {
    await closeOpen();
    const path = realPath(given);
    setState({ state: 'opening', path });
    let attachPoint: AttachPoint | null = null;
    let file: OpenFile | undefined;
    const started = performance.now();
    try {
      attachPoint = attachable ? await openAttachPoint(serve) : null;
      file = await openWorkspaceFile(path, secrets, { now, attach: attachPoint, helpers });
      const { db, key } = file;
      const profiles = createProfiles(db, now, options.systemUser ?? userName());
      const wrote = watchWrites(db);
      const backups = keepBackups({ db, path, key }, helpers, { now, log, automatic: automaticBackups });
      const session = await startSession({ db, path, compute, log, now, profile: profiles.current });
      session.events.tap(tell);
      open = { file, session, profiles, backups, attachPoint, wrote, lastSavedAt: null, logHolds: true };
      const info = describe(open);
      setState({ state: 'open', workspace: info });
      log.info('workspace.opened', {
        bytes: info.bytes,
        schemaVersion: info.schemaVersion,
        milliseconds: Math.round(performance.now() - started),
      });
      if (!file.checked) void checkLater(open);
      return info;
    } catch (error) {
      attachPoint?.close();
      if (file !== undefined) {
        file.db.close();
        file.lock.release();
      }
      if (!(error instanceof MedspanError)) log.error('workspace.open-failed', error);
      setState({ state: 'refused', path, error: toEnvelope(error) });
      throw error;
    }
  }

  /** A large file is read through while people work; when it is damaged, it is closed before more is written. */
  async function checkLater(workspace: OpenWorkspace): Promise<void> {
    const { path, key } = workspace.file;
    try {
      await helpers.checkFile(path, key);
    } catch (error) {
      if (open !== workspace || !(error instanceof MedspanError) || error.code !== 'WORKSPACE_DAMAGED')
        return;
      log.warn('workspace.damaged');
      await inTurn(closeOpen);
      setState({ state: 'refused', path, error: toEnvelope(error) });
    }
  }

  async function closeOpen(): Promise<void> {
    if (open === null) return;
    const closing = open;
    const { db, lock } = closing.file;
    // From here on calls are told that no workspace is open; what had begun before still ends.
    open = null;
    try {
      await closing.session.stop();
      await settled(inFlight);
      if (closing.wrote()) closing.backups.changed();
      await closing.backups.close();
      db.pragma('optimize');
      emptyLog(db);
    } catch (error) {
      log.error('workspace.close-failed', error);
    } finally {
      db.close();
      lock.release();
      closing.attachPoint?.close();
      rmSync(closing.session.context.workspace.scratch, { recursive: true, force: true });
    }
    setState({ state: 'closed' });
  }

  function inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const mine = turn.then(act);
    turn = mine.catch(() => undefined);
    return mine;
  }

  function announceWrites(): void {
    if (open === null || !open.wrote()) return;
    open.lastSavedAt = now();
    open.logHolds = true;
    open.backups.changed();
    tell({ name: 'workspace.saved', payload: { at: open.lastSavedAt } });
  }

  // Jobs write between calls; and when nobody has written for a while, the log is emptied.
  const watch = setInterval(() => {
    announceWrites();
    if (open === null || !open.logHolds || now() - (open.lastSavedAt ?? 0) < idleMilliseconds) return;
    if (open.file.db.inTransaction) return;
    open.logHolds = false;
    emptyLog(open.file.db);
  }, 1000).unref();

  return {
    helpers,
    now,
    state: () => (open === null ? state : { state: 'open', workspace: describe(open) }),
    current: () => open,
    open: openPath,
    close: closeOpen,
    track(call) {
      if (call instanceof Promise) {
        const ended = call.then(nothing, nothing).finally(() => inFlight.delete(ended));
        inFlight.add(ended);
      }
      return call;
    },
    inTurn,
    refresh() {
      if (open !== null) setState({ state: 'open', workspace: describe(open) });
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    announceWrites,
    async dispose() {
      clearInterval(watch);
      await inTurn(closeOpen);
      compute.close();
    },
  };
}

const drainMilliseconds = 2000;
const idleMilliseconds = 15_000;

/** Waits until calls under way have ended, but not for ever: what hangs must not keep the file open. */
async function settled(calls: ReadonlySet<Promise<unknown>>): Promise<void> {
  if (calls.size === 0) return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, drainMilliseconds);
  });
  await Promise.race([Promise.all(calls), late]);
  clearTimeout(timer);
}

function nothing(): void {
  // How a call ended is its caller's business.
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A user id without a name, as in some containers.
    return 'local';
  }
}
