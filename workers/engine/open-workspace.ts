import { copyFileSync, existsSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { MedspanError } from '../api/errors.ts';
import type { Protection } from '../api/workspace.ts';
import type { BackupHelpers } from '../storage/backup.ts';
import { keyFileOfBackups, makeBackup } from '../storage/backup.ts';
import type { WritableDatabase } from '../storage/connection.ts';
import { createWriter, openWriter } from '../storage/connection.ts';
import { syncFolder } from '../storage/durable-files.ts';
import { readFileHeader, refuseUnfit } from '../storage/file-header.ts';
import { checkIntegrity } from '../storage/integrity.ts';
import type { NewKey, Secrets } from '../storage/key-file.ts';
import { createKey, protectionOf, readKeyFile, unwrapKey, writeKeyFile } from '../storage/key-file.ts';
import type { WorkspaceLock } from '../storage/lock.ts';
import { acquireLock } from '../storage/lock.ts';
import { migrate, newestVersion, refuseNewer, schemaVersion } from '../storage/migrate.ts';
import { storageError } from '../storage/storage-errors.ts';
import { workspaceFiles } from '../storage/workspace-files.ts';
import { removeAbandoned } from './attach.ts';

export interface OpenFileOptions {
  readonly now: () => number;
  readonly attach: { readonly socket: string; readonly token: string } | null;
  readonly helpers: BackupHelpers;
}

export interface OpenFile {
  readonly path: string;
  readonly db: WritableDatabase;
  readonly lock: WorkspaceLock;
  readonly key: string | null;
  readonly protection: Protection;
  /** False for a large file that was closed properly: it is read through in a thread while work begins. */
  readonly checked: boolean;
}

/** Up to here reading the whole file costs less than a third of a second, and is done before anything else. */
const checkAtOnceBytes = 64 * 1024 * 1024;

/** Finds the real place of a file, so that two ways to it meet the same lock. */
export function realPath(path: string): string {
  try {
    return realpathSync(resolve(path));
  } catch {
    return resolve(path);
  }
}

/** The data key of a file, or null where it is not encrypted. Errors: WORKSPACE_KEY. */
export function keyOf(
  path: string,
  secrets: Secrets,
): { readonly key: string | null; readonly protection: Protection } {
  const plain = { key: null, protection: 'none' } as const;
  if (existsSync(path) && readFileHeader(path).plainDatabase) return plain;
  const files = workspaceFiles(path);
  const copy = keyFileOfBackups(files.backups);
  const file = readKeyFile(existsSync(files.key) ? files.key : copy);
  if (file === null) return plain;
  const key = unwrapKey(file, secrets, path);
  if (!existsSync(files.key)) copyFileSync(copy, files.key);
  return { key, protection: protectionOf(file) };
}

export async function openWorkspaceFile(
  path: string,
  secrets: Secrets,
  options: OpenFileOptions,
): Promise<OpenFile> {
  refuseMissing(path);
  const { key, protection } = keyOf(path, secrets);
  refuseUnfit(path, key !== null);
  const lock = acquireLock(path, options.now(), options.attach);
  removeAbandoned(lock.abandoned?.socket ?? null);
  let db: WritableDatabase | undefined;
  try {
    db = openWriter(path, { key });
    refuseNewer(db, path);
    const checked = lock.tookOver || statSync(path).size <= checkAtOnceBytes;
    if (checked) checkIntegrity(db, path);
    const version = schemaVersion(db);
    if (version > 0 && version < newestVersion()) {
      await makeBackup({ db, path, key }, 'before-migration', options.now(), options.helpers);
    }
    migrate(db, path);
    return { path, db, lock, key, protection, checked };
  } catch (error) {
    db?.close();
    lock.release();
    throw storageError(error, path);
  }
}

/**
 * Makes a workspace under another name and gives it its own only when it is complete: a crash or a full disk
 * leaves no half of one. Returns the key that was issued, where it is encrypted.
 */
export function createWorkspaceFile(
  path: string,
  secret: { readonly passphrase: string } | { readonly key: string } | null,
  options: OpenFileOptions,
): NewKey | null {
  const files = workspaceFiles(path);
  refuseTaken(path, existsSync(files.database));
  const lock = acquireLock(path, options.now());
  let db: WritableDatabase | undefined;
  let ownKeyFile = false;
  try {
    refuseTaken(path, existsSync(files.database));
    if (existsSync(files.key) && !existsSync(files.unfinished)) refuseTaken(files.key, true);
    removeUnfinished(files.unfinished);
    const issued = secret === null ? null : createKey(secret, options.now());
    db = createWriter(files.unfinished, { key: issued?.dataKey ?? null });
    migrate(db, path);
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
    ownKeyFile = issued !== null;
    if (issued !== null) writeKeyFile(files.key, issued.file);
    renameSync(files.unfinished, path);
    syncFolder(dirname(path));
    return issued;
  } catch (error) {
    db?.close();
    removeUnfinished(files.unfinished);
    if (ownKeyFile) rmSync(files.key, { force: true });
    throw storageError(error, path);
  } finally {
    lock.release();
  }
}

function removeUnfinished(unfinished: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${unfinished}${suffix}`, { force: true });
}

function refuseTaken(path: string, taken: boolean): void {
  if (!taken) return;
  throw new MedspanError('CONFLICT', `“${path}” is there already. Open it, or choose another name.`, {
    path,
  });
}

function refuseMissing(path: string): void {
  if (existsSync(path)) return;
  throw new MedspanError(
    'NOT_FOUND',
    `There is no workspace at “${path}”. It may have been moved; choose it again or open another.`,
    { path },
  );
}
