import { statSync } from 'node:fs';
import { MedspanError } from '../api/errors.ts';
import type { Backup } from '../api/workspace.ts';
import type { BackupHelpers, BackupSource } from '../storage/backup.ts';
import { copyEncrypted, makeBackup } from '../storage/backup.ts';
import { listBackups } from '../storage/backup-files.ts';
import { checkFileTask, copyEncryptedTask } from './file-tasks.ts';
import { checkFile } from '../storage/integrity.ts';
import type { ComputePool, Log } from './context.ts';

/** The heavy parts of a backup run in a thread; where there is none, here. */
export function backupHelpers(compute: ComputePool): BackupHelpers {
  async function inThread(run: () => Promise<unknown>, here: () => void): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (!(error instanceof MedspanError) || error.code !== 'COMPUTE_DOWN') throw error;
      here();
    }
  }
  return {
    checkFile: (path, key) =>
      inThread(
        () => compute.run(checkFileTask, { path, key }),
        () => checkFile(path, key),
      ),
    copyEncrypted: (path, key, to) =>
      inThread(
        () => compute.run(copyEncryptedTask, { path, key, to }),
        () => copyEncrypted(path, key, to),
      ),
  };
}

const lookEvery = 60_000;
const backupEvery = 20 * 60_000;
/** Closing waits for a backup only while that is a matter of a second. */
const backupAtCloseBytes = 100 * 1024 * 1024;

export interface BackupKeeper {
  /** Something was committed. */
  changed(): void;
  now(): Promise<Backup>;
  /** The last backup of a session, where something changed and the file is not too large. Never fails. */
  close(): Promise<void>;
}

/** Makes backups while a workspace is open: every twenty minutes in which something changed, and at the end. */
export function keepBackups(
  source: BackupSource,
  helpers: BackupHelpers,
  options: { readonly now: () => number; readonly log: Log; readonly automatic: boolean },
): BackupKeeper {
  let dirty = false;
  let last = listBackups(source.path)[0]?.createdAt ?? 0;
  let running: Promise<Backup> | null = null;

  function backUp(): Promise<Backup> {
    running ??= start().finally(() => {
      running = null;
    });
    return running;
  }

  async function start(): Promise<Backup> {
    dirty = false;
    try {
      // Two in one millisecond would bear one name.
      last = Math.max(options.now(), last + 1);
      return await makeBackup(source, 'recent', last, helpers);
    } catch (error) {
      dirty = true;
      throw error;
    }
  }

  async function quietly(): Promise<void> {
    try {
      await backUp();
    } catch (error) {
      options.log.error('backup.failed', error);
    }
  }

  const timer = setInterval(() => {
    if (options.automatic && dirty && options.now() - last >= backupEvery) void quietly();
  }, lookEvery).unref();

  return {
    changed() {
      dirty = true;
    },
    now: backUp,
    async close() {
      clearInterval(timer);
      await running?.catch(() => undefined);
      if (options.automatic && dirty && statSync(source.path).size <= backupAtCloseBytes) await quietly();
    },
  };
}
