import type { ReadableDatabase, WritableDatabase } from './connection.ts';
import { quoted } from './salvage-rows.ts';

/** A row of `PRAGMA foreign_key_check`. */
interface BrokenReference {
  readonly table: string;
  /** Null in a table without rowids. */
  readonly rowid: number | null;
  readonly parent: string;
  readonly fkid: number;
}

interface ReferencePart {
  readonly id: number;
  readonly from: string;
  readonly to: string | null;
}

/**
 * Makes every reference hold again. A row that others point at and that could not be read is taken from a backup,
 * newest first; where none has it, those that point at it go too. Returns the tables that lost rows.
 */
export function mendReferences(
  db: WritableDatabase,
  backups: readonly ReadableDatabase[],
): ReadonlySet<string> {
  const touched = new Set<string>();
  const tried = new Set<string>();
  for (;;) {
    const broken = db.pragma('foreign_key_check') as readonly BrokenReference[];
    if (broken.length === 0) return touched;
    let fetched = 0;
    for (const { parent, table, fkid } of distinct(broken)) {
      const name = `${table} ${String(fkid)}`;
      // A parent that came from a backup may itself point at something lost; hence once more for each new kind.
      if (tried.has(name)) continue;
      tried.add(name);
      fetched += fetchParents(db, backups, table, parent, partsOf(db, table, fkid));
    }
    if (fetched > 0) continue;
    for (const { table, rowid, fkid, parent } of broken) {
      touched.add(table);
      if (rowid === null) dropUnreferenced(db, table, parent, partsOf(db, table, fkid));
      else db.prepare(`DELETE FROM ${quoted(table)} WHERE rowid = ?`).run(rowid);
    }
  }
}

function fetchParents(
  db: WritableDatabase,
  backups: readonly ReadableDatabase[],
  table: string,
  parent: string,
  parts: readonly ReferencePart[],
): number {
  const missing = db
    .prepare<[], Readonly<Record<string, unknown>>>(
      `SELECT DISTINCT ${parts.map((part) => quoted(part.from)).join(', ')} FROM ${quoted(table)} ${orphaned(table, parent, parts)}`,
    )
    .all();
  let fetched = 0;
  for (const backup of backups) {
    try {
      const find = backup.prepare<unknown[], Readonly<Record<string, unknown>>>(
        `SELECT * FROM ${quoted(parent)} WHERE ${parts.map((part) => `${quoted(part.to ?? 'id')} = ?`).join(' AND ')}`,
      );
      for (const key of missing) {
        const row = find.get(...parts.map((part) => key[part.from]));
        if (row === undefined) continue;
        const columns = Object.keys(row);
        fetched += db
          .prepare(
            `INSERT OR IGNORE INTO ${quoted(parent)} (${columns.map(quoted).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
          )
          .run(...Object.values(row)).changes;
      }
    } catch {
      // A backup of an older version may lack the table; the next one is asked.
    }
  }
  return fetched;
}

/** A table without rowids does not say which row is broken; the reference itself does. */
function dropUnreferenced(
  db: WritableDatabase,
  table: string,
  parent: string,
  parts: readonly ReferencePart[],
): void {
  db.exec(`DELETE FROM ${quoted(table)} ${orphaned(table, parent, parts)}`);
}

function orphaned(table: string, parent: string, parts: readonly ReferencePart[]): string {
  const filled = parts.map((part) => `${quoted(part.from)} IS NOT NULL`);
  const match = parts.map(
    (part) => `parent.${quoted(part.to ?? 'id')} = ${quoted(table)}.${quoted(part.from)}`,
  );
  return `WHERE ${filled.join(' AND ')} AND NOT EXISTS (SELECT 1 FROM ${quoted(parent)} AS parent WHERE ${match.join(' AND ')})`;
}

function partsOf(db: ReadableDatabase, table: string, fkid: number): readonly ReferencePart[] {
  return (db.pragma(`foreign_key_list(${quoted(table)})`) as readonly ReferencePart[]).filter(
    (part) => part.id === fkid,
  );
}

function distinct(broken: readonly BrokenReference[]): readonly BrokenReference[] {
  return [...new Map(broken.map((each) => [`${each.table} ${String(each.fkid)}`, each])).values()];
}
