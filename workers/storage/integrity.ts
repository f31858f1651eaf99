import { MedspanError } from '../api/errors.ts';
import type { ReadableDatabase } from './connection.ts';
import { openReader } from './connection.ts';
import { storageError } from './storage-errors.ts';

/** Reads the whole file and refuses it when a page, an index or a reference is broken. About 3 ms a megabyte. */
export function checkIntegrity(db: ReadableDatabase, path: string): void {
  let problems: number;
  try {
    const rows = db.pragma('quick_check(100)') as readonly { readonly quick_check: string }[];
    problems = rows.filter((row) => row.quick_check !== 'ok').length;
  } catch (error) {
    throw storageError(error, path);
  }
  if (problems > 0) {
    throw new MedspanError(
      'WORKSPACE_DAMAGED',
      `“${path}” is damaged: SQLite finds ${problems >= 100 ? 'at least 100' : String(problems)} broken places. Restore a backup, or salvage what can still be read into a new file.`,
      { path, problems },
    );
  }
}

/** The same for a file that nobody has open. */
export function checkFile(path: string, key: string | null): void {
  const db = openReader(path, { key });
  try {
    checkIntegrity(db, path);
  } finally {
    db.close();
  }
}
