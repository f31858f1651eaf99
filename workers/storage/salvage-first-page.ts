import { closeSync, openSync, readSync, truncateSync, writeSync } from 'node:fs';
import { MedspanError } from '../api/errors.ts';
import { readFileHeader } from './file-header.ts';

/**
 * Writes a backup's first page over that of a damaged copy. The first page says where each table begins, and a
 * backup is made page by page, so the same tables begin at the same pages in both.
 */
export function mendFirstPage(copy: string, backup: string): void {
  const header = readFileHeader(backup);
  if (!header.plainDatabase)
    throw new MedspanError('BAD_FILE', `“${backup}” cannot stand in.`, { path: backup });
  const page = Buffer.alloc(header.pageSize);
  const from = openSync(backup, 'r');
  const to = openSync(copy, 'r+');
  try {
    readSync(from, page, 0, page.length, 0);
    // No page count and no list of free pages: SQLite then goes by the size of the file.
    page.writeUInt32BE(0, 28);
    page.writeUInt32BE(0, 32);
    page.writeUInt32BE(0, 36);
    writeSync(to, page, 0, page.length, 0);
  } finally {
    closeSync(from);
    closeSync(to);
  }
}

/** Gives a copy that is cut short the size that it should have; SQLite reads nothing of a file that is too short. */
export function fillUp(copy: string): void {
  const { plainDatabase, bytes, pageCount, pageSize } = readFileHeader(copy);
  // A destroyed header may ask for any size; what was lost is seldom more than what is left a hundred times over.
  const whole = pageCount * pageSize;
  if (plainDatabase && whole > bytes && whole < bytes * 100) truncateSync(copy, whole);
}
