import { expect, it } from 'vitest';
import { readFileSync, statSync } from 'node:fs';
import { emptyLog } from './checkpoint.ts';
import { openReader, openWriter } from './connection.ts';
import { addNotes, makeTestFolder } from './test-folder.ts';

it('deleted text is gone from the raw files once the log is emptied', () => {
  const folder = makeTestFolder();
  const path = folder.workspace('a.medspan', (db) => addNotes(db, 5));
  const db = openWriter(path);
  db.exec(`UPDATE note_revision SET text = 'planted zebra', length = 13 WHERE id = 1`);
  expect(readFileSync(`${path}-wal`).includes('planted zebra')).toBe(true);
  db.exec('DELETE FROM note WHERE id = 1');
  emptyLog(db);
  expect(statSync(`${path}-wal`).size).toBe(0);
  expect(readFileSync(path).includes('planted zebra')).toBe(false);
  db.close();
  folder.remove();
});

it('waits for no reader', () => {
  const folder = makeTestFolder();
  const path = folder.workspace('a.medspan', (db) => addNotes(db, 5));
  const db = openWriter(path);
  const reader = openReader(path);
  const rows = reader.prepare('SELECT * FROM note').iterate();
  rows.next();
  db.exec('UPDATE note SET created_at = 1');
  const started = performance.now();
  emptyLog(db);
  expect(performance.now() - started).toBeLessThan(1000);
  expect(db.pragma('busy_timeout', { simple: true })).toBe(5000);
  rows.return?.();
  reader.close();
  db.close();
  folder.remove();
});
