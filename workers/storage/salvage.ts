import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MedspanError } from '../api/errors.ts';
import type { SalvageReport } from '../api/workspace.ts';
import type { ReadableDatabase, WritableDatabase } from './connection.ts';
import { createWriter, openReader, openUnchecked } from './connection.ts';
import { putInPlace } from './durable-files.ts';
import { migrate, newestVersion, schemaVersion } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { fillUp, mendFirstPage } from './salvage-first-page.ts';
import { mendReferences } from './salvage-references.ts';
import { quoted, readableRows } from './salvage-rows.ts';
import { storageError } from './storage-errors.ts';
import { workspaceFiles } from './workspace-files.ts';

type TableReport = SalvageReport['tables'][number];

/**
 * Copies what can still be read of a damaged workspace into a new one. The damaged file is never written: the
 * work is done on a copy of it in a scratch folder beside the new file. Where its first page is destroyed, that
 * of a backup stands in. Errors: CONFLICT, WORKSPACE_DAMAGED, DISK_FULL.
 */
export function salvage(
  path: string,
  to: string,
  key: string | null,
  backups: readonly string[],
): SalvageReport {
  if (existsSync(to)) {
    throw new MedspanError('CONFLICT', `“${to}” is there already. Choose a new name for what is salvaged.`, {
      path: to,
    });
  }
  let scratch: string | undefined;
  try {
    scratch = mkdtempSync(join(dirname(to), '.medspan-salvage-'));
    const copy = join(scratch, 'damaged.medspan');
    copyFileSync(path, copy);
    const { wal } = workspaceFiles(path);
    if (existsSync(wal)) copyFileSync(wal, workspaceFiles(copy).wal);
    if (key === null) fillUp(copy);
    const damaged = openDamaged(copy, path, key, backups);
    try {
      const fresh = join(scratch, 'salvaged.medspan');
      const tables = copyTables(damaged, fresh, to, key, backups);
      // What was encrypted stays so, under the same key.
      if (key !== null) copyFileSync(workspaceFiles(path).key, workspaceFiles(to).key);
      putInPlace(fresh, to);
      return { savedTo: to, tables };
    } finally {
      damaged.close();
    }
  } catch (error) {
    throw storageError(error, path);
  } finally {
    if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true });
  }
}

function openDamaged(
  copy: string,
  path: string,
  key: string | null,
  backups: readonly string[],
): ReadableDatabase {
  const tries: (() => void)[] = [() => undefined];
  if (key === null) tries.push(...backups.map((backup) => () => mendFirstPage(copy, backup)));
  for (const prepare of tries) {
    let db: ReadableDatabase | undefined;
    try {
      prepare();
      db = openUnchecked(copy, { key });
      const tables = db
        .prepare<[], number>(`SELECT count(*) FROM sqlite_schema WHERE type = 'table'`)
        .pluck()
        .get();
      if (tables !== undefined && tables > 0) return db;
    } catch {
      // The next backup's first page may fit.
    }
    db?.close();
  }
  throw new MedspanError(
    'WORKSPACE_DAMAGED',
    `The beginning of “${path}” is destroyed, and no backup can stand in for it: nothing can be salvaged. Restore a backup.`,
    { path },
  );
}

function copyTables(
  damaged: ReadableDatabase,
  fresh: string,
  to: string,
  key: string | null,
  backups: readonly string[],
): readonly TableReport[] {
  const version = Math.min(readVersion(damaged), newestVersion());
  const db = createWriter(fresh, { key });
  try {
    migrate(
      db,
      fresh,
      migrations.filter((step) => step.version <= version),
    );
    db.pragma('foreign_keys = OFF');
    const readable = openBackups(backups, key);
    const reports = db.transaction(() => withoutTriggers(db, () => copyAll(damaged, db, readable)))();
    for (const backup of readable) backup.close();
    db.pragma('foreign_keys = ON');
    migrate(db, to);
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.pragma('journal_mode = DELETE');
    return reports;
  } finally {
    db.close();
  }
}

function copyAll(
  damaged: ReadableDatabase,
  db: WritableDatabase,
  backups: readonly ReadableDatabase[],
): readonly TableReport[] {
  const reports = new Map<string, TableReport>();
  for (const table of plainTables(db)) {
    db.exec(`DELETE FROM ${quoted(table)}`);
    reports.set(table, copyTable(damaged, db, table));
  }
  for (const table of mendReferences(db, backups)) {
    const report = reports.get(table);
    if (report !== undefined) reports.set(table, { ...report, lost: true });
  }
  for (const table of reports.keys()) {
    const report = reports.get(table);
    const rows =
      db
        .prepare<[], number>(`SELECT count(*) FROM ${quoted(table)}`)
        .pluck()
        .get() ?? 0;
    if (report !== undefined) reports.set(table, { ...report, rows });
  }
  for (const index of fullTextTables(db))
    db.exec(`INSERT INTO ${quoted(index)} (${quoted(index)}) VALUES ('rebuild')`);
  return [...reports.values()];
}

function copyTable(damaged: ReadableDatabase, db: WritableDatabase, table: string): TableReport {
  const into = columnsOf(db, table);
  let lost = false;
  let rows = 0;
  try {
    const from = new Set(columnsOf(damaged, table));
    const columns = into.filter((column) => from.has(column));
    if (columns.length === 0) return { table, rows: 0, lost: true };
    const insert = db.prepare(
      `INSERT OR IGNORE INTO ${quoted(table)} (${columns.map(quoted).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
    const gap = (): void => {
      lost = true;
    };
    for (const row of readableRows(damaged, table, gap)) {
      try {
        rows += insert.run(...columns.map((column) => row[column])).changes;
      } catch (error) {
        // A full disk ends the salvage; a row with a broken value is left out.
        if (!(
          error instanceof Error &&
          'code' in error &&
          String(error.code).startsWith('SQLITE_CONSTRAINT')
        ))
          throw error;
        lost = true;
      }
    }
  } catch (error) {
    if (isFull(error)) throw error;
    lost = true;
  }
  return { table, rows, lost };
}

/** Triggers would act on rows that already bear their effects. */
function withoutTriggers<Result>(db: WritableDatabase, act: () => Result): Result {
  const triggers = db
    .prepare<[], { readonly name: string; readonly sql: string }>(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`,
    )
    .all();
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${quoted(name)}`);
  const result = act();
  for (const { sql } of triggers) db.exec(sql);
  return result;
}

function plainTables(db: ReadableDatabase): readonly string[] {
  const list = db.pragma('table_list') as readonly {
    readonly schema: string;
    readonly name: string;
    readonly type: string;
  }[];
  return list
    .filter((entry) => entry.schema === 'main' && entry.type === 'table' && !entry.name.startsWith('sqlite_'))
    .map((entry) => entry.name)
    .toSorted();
}

function fullTextTables(db: ReadableDatabase): readonly string[] {
  return db
    .prepare<[], string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%fts5%'`,
    )
    .pluck()
    .all();
}

function columnsOf(db: ReadableDatabase, table: string): readonly string[] {
  return (db.pragma(`table_info(${quoted(table)})`) as readonly { readonly name: string }[]).map(
    (column) => column.name,
  );
}

function readVersion(db: ReadableDatabase): number {
  const found = schemaVersion(db);
  return migrations.some((step) => step.version === found) ? found : newestVersion();
}

function openBackups(files: readonly string[], key: string | null): readonly ReadableDatabase[] {
  return files.flatMap((file) => {
    try {
      return [openReader(file, { key })];
    } catch {
      // A backup that cannot be read is no help and no harm.
      return [];
    }
  });
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_FULL';
}
