import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WritableDatabase } from './connection.ts';
import { createWriter } from './connection.ts';
import { migrate } from './migrate.ts';

export interface TestFolder {
  readonly path: string;
  file(name: string): string;
  /** A complete workspace of this name, not open. */
  workspace(name: string, fill?: (db: WritableDatabase) => void, key?: string): string;
  remove(): void;
}

/** A temporary folder with real workspaces, for tests of storage. */
export function makeTestFolder(): TestFolder {
  const path = mkdtempSync(join(tmpdir(), 'medspan-storage-'));
  const file = (name: string): string => join(path, name);
  return {
    path,
    file,
    workspace(name, fill, key) {
      const db = createWriter(file(name), { key: key ?? null });
      migrate(db, file(name));
      fill?.(db);
      db.pragma('wal_checkpoint(TRUNCATE)');
      db.close();
      return file(name);
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** Notes with a text of about two pages each, so that a table spreads over the file. */
export function addNotes(db: WritableDatabase, count: number): void {
  db.transaction(() => {
    db.exec(`
      INSERT INTO corpus (id, name, created_at) VALUES (1, 'C', 0);
      INSERT INTO import (id, corpus_id, source_name, format, options, state, visible, created_at)
        VALUES (1, 1, 's', 'text', '{}', 'finished', 1, 0);
    `);
    const note = db.prepare(
      'INSERT INTO note (id, corpus_id, import_id, external_id, created_at) VALUES (?, 1, 1, ?, 0)',
    );
    const revision = db.prepare(
      `INSERT INTO note_revision (id, note_id, number, text, sha256, length, created_at)
         VALUES (?, ?, 1, ?, ?, ?, 0)`,
    );
    for (let id = 1; id <= count; id += 1) {
      const text = `note ${String(id)} `.repeat(700);
      note.run(id, `N${String(id)}`);
      revision.run(id, id, text, id.toString(16).padStart(64, '0'), text.length);
    }
  })();
}
