import type Database from 'better-sqlite3';
import Sqlite from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { MedspanError } from '../api/errors.ts';
import { applicationId, refuseUnfit } from './file-header.ts';
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

export interface OpenOptions {
  /** The data key of an encrypted workspace, 64 hex digits. */
  readonly key?: string | null;
}

/** Makes a new, empty file and opens it for writing. */
export function createWriter(path: string, options: OpenOptions = {}): WritableDatabase {
  return open(path, options, {}, (db) => {
    db.pragma(`application_id = ${String(applicationId)}`);
    db.pragma('journal_mode = WAL');
  });
}

/** Opens the one connection that may write. The caller holds the workspace's lock. */
export function openWriter(path: string, options: OpenOptions = {}): WritableDatabase {
  refuseMissing(path);
  refuseUnfit(path, isKey(options.key));
  return open(path, options, { fileMustExist: true }, (db) => {
    refuseForeign(db, path);
    db.pragma('journal_mode = WAL');
  });
}

/** Opens a connection that only reads: for threads, and for looking into backups. */
export function openReader(
  path: string,
  options: OpenOptions = {},
): ReadableDatabase & Pick<Database.Database, 'exec'> {
  refuseMissing(path);
  refuseUnfit(path, isKey(options.key));
  return open(path, options, { fileMustExist: true, readonly: true }, (db) => refuseForeign(db, path));
}

/** Opens whatever SQLite can still make of a file, for salvage; nothing is checked. */
export function openUnchecked(path: string, options: OpenOptions = {}): ReadableDatabase {
  return open(path, options, { fileMustExist: true }, () => undefined);
}

function open(
  path: string,
  options: OpenOptions,
  how: Database.Options,
  first: (db: Database.Database) => void,
): Database.Database {
  let db: Database.Database | undefined;
  try {
    const key = options.key ?? null;
    db = key === null ? new Sqlite(path, how) : new (ciphers())(path, how);
    if (key !== null) unlock(db, key, path);
    db.pragma('busy_timeout = 5000');
    first(db);
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('trusted_schema = OFF');
    db.pragma('secure_delete = ON');
    db.pragma('cell_size_check = ON');
    db.pragma('temp_store = MEMORY');
    db.pragma('mmap_size = 0');
    return db;
  } catch (error) {
    db?.close();
    throw storageError(error, path);
  }
}

/** The build of SQLite that encrypts; loaded only where a workspace asks for it. */
function ciphers(): typeof Sqlite {
  return createRequire(import.meta.url)('better-sqlite3-multiple-ciphers') as typeof Sqlite;
}

function unlock(db: Database.Database, key: string, path: string): void {
  if (!/^[0-9a-f]{64}$/.test(key)) throw new TypeError('a data key has 64 hex digits');
  db.pragma(`cipher = 'sqlcipher'`);
  db.pragma('legacy = 0');
  db.pragma(`key = "x'${key}'"`);
  try {
    db.pragma('schema_version');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_NOTADB') {
      throw new MedspanError(
        'WORKSPACE_DAMAGED',
        `The key is right, but the beginning of “${path}” cannot be decrypted: the file is damaged or belongs to another key file. Restore a backup.`,
        { path },
        { cause: error },
      );
    }
    throw error;
  }
}

function isKey(key: string | null | undefined): boolean {
  return key !== null && key !== undefined;
}

function refuseForeign(db: ReadableDatabase, path: string): void {
  if (db.pragma('application_id', { simple: true }) === applicationId) return;
  throw new MedspanError(
    'WORKSPACE_FOREIGN',
    `“${path}” is a database, but not a Medspan workspace. Choose a file made by Medspan, or import its data.`,
    { path },
  );
}

function refuseMissing(path: string): void {
  if (existsSync(path)) return;
  throw new MedspanError(
    'NOT_FOUND',
    `There is no workspace at “${path}”. It may have been moved; choose it again or open another.`,
    { path },
  );
}
