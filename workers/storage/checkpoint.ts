import type { ReadableDatabase } from './connection.ts';

/**
 * Moves what the write-ahead log holds into the file and empties the log, so that nothing deleted lingers in it.
 * Where a reader is still at work it does what it can and waits for nobody.
 */
export function emptyLog(db: ReadableDatabase): void {
  const patience = db.pragma('busy_timeout', { simple: true }) as number;
  db.pragma('busy_timeout = 0');
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.pragma(`busy_timeout = ${String(patience)}`);
  }
}
