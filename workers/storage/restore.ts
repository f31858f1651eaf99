import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { MedspanError } from '../api/errors.ts';
import { keyFileOfBackups } from './backup.ts';
import { putInPlace } from './durable-files.ts';
import { refuseUnfit } from './file-header.ts';
import { storageError } from './storage-errors.ts';
import { datedSibling, workspaceFiles } from './workspace-files.ts';

/**
 * Puts a backup in a workspace's place. The file that was there, with what its write-ahead log still holds, is
 * kept beside it under a dated name. The caller holds the lock and has checked the backup. Returns that name.
 */
export function putBackInPlace(
  path: string,
  backup: string,
  encrypted: boolean,
  at: number,
): { keptAs: string } {
  if (!existsSync(backup)) {
    throw new MedspanError('NOT_FOUND', `There is no backup “${backup}”. Choose another.`, { path: backup });
  }
  refuseUnfit(backup, encrypted);
  const files = workspaceFiles(path);
  const keptAs = freeName(path, at);
  const temporary = `${path}-restored`;
  try {
    // First the copy: as long as there is no room for it, nothing has been moved.
    copyFileSync(backup, temporary);
    const backupKey = keyFileOfBackups(dirname(backup));
    if (encrypted && !existsSync(files.key) && existsSync(backupKey)) copyFileSync(backupKey, files.key);
    for (const [from, suffix] of [
      [files.database, ''],
      [files.wal, '-wal'],
      [files.shm, '-shm'],
    ] as const) {
      if (existsSync(from)) renameSync(from, `${keptAs}${suffix}`);
    }
    if (encrypted && existsSync(files.key)) copyFileSync(files.key, `${keptAs}-key`);
    putInPlace(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    // What was moved goes back: a failed restore leaves the workspace as it was.
    if (!existsSync(path) && existsSync(keptAs)) {
      renameSync(keptAs, path);
      if (existsSync(`${keptAs}-wal`)) renameSync(`${keptAs}-wal`, files.wal);
    }
    throw storageError(error, path);
  }
  return { keptAs };
}

function freeName(path: string, at: number): string {
  for (let second = at; ; second += 1000) {
    const name = datedSibling(path, 'replaced', second);
    if (!existsSync(name)) return name;
  }
}
