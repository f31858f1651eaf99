import { constants, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Backup } from '../api/workspace.ts';
import { backupFileName, listBackups, rotateBackups } from './backup-files.ts';
import type { WritableDatabase } from './connection.ts';
import { openReader } from './connection.ts';
import { putInPlace } from './durable-files.ts';
import { storageError } from './storage-errors.ts';
import { workspaceFiles } from './workspace-files.ts';

export interface BackupSource {
  readonly db: WritableDatabase;
  readonly path: string;
  readonly key: string | null;
}

/** The parts of a backup that read a whole file; the engine does them in a thread. */
export interface BackupHelpers {
  checkFile(path: string, key: string | null): Promise<void>;
  copyEncrypted(path: string, key: string, to: string): Promise<void>;
}

/**
 * Writes a backup beside the workspace: copied while others go on writing, read through, forced to the disk and
 * only then given its name. The first of a day is kept as that day's. Errors: DISK_FULL, READ_ONLY,
 * WORKSPACE_DAMAGED.
 */
export async function makeBackup(
  source: BackupSource,
  kind: Exclude<Backup['kind'], 'daily'>,
  at: number,
  helpers: BackupHelpers,
): Promise<Backup> {
  const folder = workspaceFiles(source.path).backups;
  const file = join(folder, backupFileName(kind, at));
  const temporary = `${file}.tmp`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    removeUnfinished(folder);
    if (source.key === null) await source.db.backup(temporary);
    else await helpers.copyEncrypted(source.path, source.key, temporary);
    await helpers.checkFile(temporary, source.key);
    // Looking into it has left the two side files of the WAL mode.
    rmSync(`${temporary}-wal`, { force: true });
    rmSync(`${temporary}-shm`, { force: true });
    putInPlace(temporary, file);
    if (kind === 'recent') keepDaily(source.path, file, at);
    copyKeyFile(source.path, folder);
    rotateBackups(source.path);
  } catch (error) {
    for (const left of [temporary, `${temporary}-wal`, `${temporary}-shm`]) rmSync(left, { force: true });
    throw storageError(error, file);
  }
  return { file, kind, createdAt: at, bytes: statSync(file).size };
}

/** A reader of its own sees one moment of the workspace and stops nobody from writing. */
export function copyEncrypted(path: string, key: string, to: string): void {
  const db = openReader(path, { key });
  try {
    db.prepare('VACUUM INTO ?').run(to);
  } finally {
    db.close();
  }
}

function keepDaily(path: string, recent: string, at: number): void {
  const day = backupFileName('daily', at).slice(0, 10);
  const there = listBackups(path).some(
    (backup) => backup.kind === 'daily' && backupFileName('daily', backup.createdAt).startsWith(day),
  );
  if (there) return;
  const daily = join(workspaceFiles(path).backups, backupFileName('daily', at));
  copyFileSync(recent, `${daily}.tmp`, constants.COPYFILE_FICLONE);
  putInPlace(`${daily}.tmp`, daily);
}

/** Backups of an encrypted workspace are of no use without its key file. */
function copyKeyFile(path: string, folder: string): void {
  const { key } = workspaceFiles(path);
  if (existsSync(key)) copyFileSync(key, keyFileOfBackups(folder));
}

export function keyFileOfBackups(folder: string): string {
  return join(folder, 'medspan-key');
}

function removeUnfinished(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (/\.medspan\.tmp(-wal|-shm|-journal)?$/.test(name)) rmSync(join(folder, name), { force: true });
  }
}
