import type { ReadableDatabase, WritableDatabase } from './connection.ts';
import { statement } from './statements.ts';

/** A setting of the workspace, as it was stored; undefined where it never was. The caller checks its shape. */
export function readSetting(db: ReadableDatabase, key: string): unknown {
  const row = statement<[string], { value: string }>(db, 'SELECT value FROM setting WHERE key = ?').get(key);
  return row === undefined ? undefined : (JSON.parse(row.value) as unknown);
}

export function writeSetting(db: WritableDatabase, key: string, value: unknown): void {
  statement(
    db,
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  ).run(key, JSON.stringify(value));
}
