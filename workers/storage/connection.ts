import Sqlite from 'better-sqlite3';
import type Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { MedspanError } from '../api/errors.ts';
import { storageError } from './storage-errors.ts';

declare const writable: unique symbol;

/** A connection that may read. Queries on it never change the file. */
export type ReadableDatabase = Pick<
  Database.Database,
  'prepare' | 'transaction' | 'pragma' | 'close' | 'open'
>;

/** The one connection of a workspace that may write. */
export type WritableDatabase = ReadableDatabase &
  Pick<Database.Database, 'exec' | 'backup' | 'inTransaction'> & { readonly [writable]?: true };

/** "MEDS" in ASCII: what a workspace file says about itself at byte 68. */
export const applicationId = 0x4d454453;

export interface OpenOptions {
  /** Makes the file; it must not exist. */
  readonly create?: boolean;
}

/** Opens the one connection that may write. The caller holds the workspace's lock. */
export function openWriter(path: string, options: OpenOptions = {}): WritableDatabase {
  if (options.create !== true && !existsSync(path)) throw notFound(path);
  const db = guarded(path, () => new Sqlite(path, { fileMustExist: options.create !== true }));
  try {
    if (options.create === true) db.pragma(`application_id = ${String(applicationId)}`);
    else refuseForeign(db, path);
    db.pragma('journal_mode = WAL');
    configure(db);
    return db;
  } catch (error) {
    db.close();
    throw storageError(error, path);
  }
}

/** Opens a connection that only reads: for threads, and for looking at a file that is not ours yet. */
export function openReader(path: string): ReadableDatabase {
  if (!existsSync(path)) throw notFound(path);
  const db = guarded(path, () => new Sqlite(path, { fileMustExist: true, readonly: true }));
  try {
    refuseForeign(db, path);
    configure(db);
    return db;
  } catch (error) {
    db.close();
    throw storageError(error, path);
  }
}

function configure(db: ReadableDatabase): void {
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('busy_timeout = 5000');
  db.pragma('trusted_schema = OFF');
  db.pragma('secure_delete = ON');
  db.pragma('cell_size_check = ON');
  db.pragma('temp_store = MEMORY');
  db.pragma('mmap_size = 0');
}

function refuseForeign(db: ReadableDatabase, path: string): void {
  const found = db.pragma('application_id', { simple: true });
  if (found !== applicationId) {
    throw new MedspanError(
      'WORKSPACE_FOREIGN',
      `“${path}” is a database, but not a Medspan workspace. Choose a file made by Medspan, or import its data.`,
      { path },
    );
  }
}

function notFound(path: string): MedspanError {
  return new MedspanError(
    'NOT_FOUND',
    `There is no workspace at “${path}”. It may have been moved; choose it again or open another.`,
    { path },
  );
}

function guarded<Result>(path: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw storageError(error, path);
  }
}
