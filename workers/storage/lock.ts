import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { z } from 'zod';
import { MedspanError } from '../api/errors.ts';
import { storageError } from './storage-errors.ts';
import { workspaceFiles } from './workspace-files.ts';

const lockShape = z.object({
  pid: z.number().int(),
  host: z.string(),
  startedAt: z.number(),
  /** When the process of that pid began, in the system's own count; tells a pid used again. */
  processStart: z.string().nullable(),
  /** Where the command line may attach, and the token that it must show. */
  socket: z.string().nullable(),
  token: z.string(),
});

/** Who has a workspace open. */
export type LockHolder = z.infer<typeof lockShape>;

export interface WorkspaceLock {
  readonly holder: LockHolder;
  /** True where the last holder ended without letting go: the file was not closed properly. */
  readonly tookOver: boolean;
  /** That holder, where its lock could be read. */
  readonly abandoned: LockHolder | null;
  release(): void;
}

/** A lock file that cannot be read is being written, or was left by a crash in the moment of writing. */
const tornAfterMilliseconds = 5000;

/** Takes the workspace for this process, or says who has it. Errors: WORKSPACE_LOCKED, READ_ONLY, DISK_FULL. */
export function acquireLock(
  path: string,
  now: number,
  attach: { readonly socket: string; readonly token: string } | null = null,
): WorkspaceLock {
  const { lock } = workspaceFiles(path);
  const holder: LockHolder = {
    pid: process.pid,
    host: hostname(),
    startedAt: now,
    processStart: processStart(process.pid),
    socket: attach?.socket ?? null,
    token: attach?.token ?? randomBytes(32).toString('hex'),
  };
  let tookOver = false;
  let abandoned: LockHolder | null = null;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (writeExclusively(lock, path, JSON.stringify(holder))) {
      return { holder, tookOver, abandoned, release: () => releaseLock(lock, holder.token) };
    }
    const current = readHolder(lock);
    if (current === 'gone') continue;
    if (current === 'torn') {
      if (Date.now() - statSync(lock).mtimeMs < tornAfterMilliseconds) throw locked(path, lock, null);
    } else if (!isStale(current)) {
      throw locked(path, lock, current);
    }
    removeStale(lock, current === 'torn' ? null : current.token);
    tookOver = true;
    abandoned = current === 'torn' ? null : current;
  }
  throw locked(path, lock, null);
}

/** The living holder of a workspace, or null. */
export function lockHolder(path: string): LockHolder | null {
  const current = readHolder(workspaceFiles(path).lock);
  return current === 'gone' || current === 'torn' || isStale(current) ? null : current;
}

function writeExclusively(lock: string, path: string, content: string): boolean {
  let file: number;
  try {
    file = openSync(lock, 'wx', 0o600);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw storageError(error, path);
  }
  try {
    writeSync(file, content);
    return true;
  } catch (error) {
    rmSync(lock, { force: true });
    throw storageError(error, path);
  } finally {
    closeSync(file);
  }
}

function readHolder(lock: string): LockHolder | 'gone' | 'torn' {
  let text: string;
  try {
    text = readFileSync(lock, 'utf8');
  } catch {
    return 'gone';
  }
  try {
    return lockShape.parse(JSON.parse(text));
  } catch {
    return 'torn';
  }
}

function isStale(holder: LockHolder): boolean {
  // Nothing can be known about a process of another machine.
  if (holder.host !== hostname()) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
  const start = processStart(holder.pid);
  return holder.processStart !== null && start !== null && start !== holder.processStart;
}

/** Field 22 of /proc/PID/stat: the clock tick at which the process began. Null where there is no /proc. */
function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    // The second field is the program's name in parentheses and may itself hold spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

/** Moves the stale lock away before removing it: whoever is second finds nothing, or puts a fresh one back. */
function removeStale(lock: string, token: string | null): void {
  const aside = `${lock}.${randomBytes(6).toString('hex')}`;
  try {
    renameSync(lock, aside);
  } catch {
    return;
  }
  const moved = readHolder(aside);
  if (token !== null && moved !== 'gone' && moved !== 'torn' && moved.token !== token) {
    renameSync(aside, lock);
    return;
  }
  rmSync(aside, { force: true });
}

function releaseLock(lock: string, token: string): void {
  const current = readHolder(lock);
  if (current !== 'gone' && current !== 'torn' && current.token === token) rmSync(lock, { force: true });
}

function locked(path: string, lock: string, holder: LockHolder | null): MedspanError {
  const who =
    holder === null
      ? 'another program'
      : holder.host === hostname()
        ? `another Medspan on this machine (process ${String(holder.pid)}, since ${new Date(holder.startedAt).toISOString()})`
        : `Medspan on the machine “${holder.host}” (since ${new Date(holder.startedAt).toISOString()})`;
  return new MedspanError(
    'WORKSPACE_LOCKED',
    `“${path}” is open in ${who}. Close it there; if it is surely not open any more, delete “${lock}” and try again.`,
    {
      path,
      pid: holder?.pid ?? null,
      host: holder?.host ?? null,
      startedAt: holder?.startedAt ?? null,
    },
  );
}
