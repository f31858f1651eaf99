import type Database from 'better-sqlite3';

declare const writable: unique symbol;

/** A connection that may read. Queries on it never change the file. */
export type ReadableDatabase = Pick<
  Database.Database,
  'prepare' | 'transaction' | 'pragma' | 'close' | 'open'
>;

/** The one connection of a workspace that may write. */
export type WritableDatabase = ReadableDatabase &
  Pick<Database.Database, 'exec' | 'backup' | 'inTransaction'> & { readonly [writable]?: true };
