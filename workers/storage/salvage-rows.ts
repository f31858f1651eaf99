import type { ReadableDatabase } from './connection.ts';

type Row = Readonly<Record<string, unknown>>;

/**
 * Every row of a table that can still be read. Where a page is broken the scan goes on behind it: it looks for
 * the next readable rowid in steps that double, and then comes back by halves to the first one.
 * `broken` is called once for each gap.
 */
export function* readableRows(db: ReadableDatabase, table: string, broken: () => void): Generator<Row> {
  const name = quoted(table);
  if (!hasRowid(db, table)) {
    yield* readableWithoutRowid(db, name, broken);
    return;
  }
  const page = db.prepare<[number, number], Row & { readonly 'salvage rowid': number }>(
    `SELECT rowid AS "salvage rowid", * FROM ${name} WHERE rowid > ? ORDER BY rowid LIMIT ?`,
  );
  const last = lastRowid(db, name);
  let position = firstRowid(db, name) - 1;

  function read(
    after: number,
    count: number,
  ): readonly (Row & { readonly 'salvage rowid': number })[] | null {
    try {
      return page.all(after, count);
    } catch {
      return null;
    }
  }

  for (;;) {
    let rows = read(position, 256);
    if (rows === null) {
      // One row at a time up to the gap.
      for (;;) {
        const next = read(position, 1);
        if (next === null || next.length === 0) break;
        yield* strip(next);
        position = next[0]?.['salvage rowid'] ?? position + 1;
      }
      broken();
      const behind = firstReadable(position, last, (after) => read(after, 1) !== null);
      if (behind === null) return;
      position = behind;
      rows = [];
      continue;
    }
    if (rows.length === 0) return;
    yield* strip(rows);
    position = rows.at(-1)?.['salvage rowid'] ?? last;
  }
}

/** The lowest position behind a gap from which reading works, or null where none does up to the last rowid. */
function firstReadable(from: number, last: number, works: (after: number) => boolean): number | null {
  let low = from;
  let step = 1;
  let high = from;
  for (;;) {
    high = Math.min(last, from + step);
    if (high <= low) return null;
    if (works(high)) break;
    if (high >= last) return null;
    low = high;
    step *= 2;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (works(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Without a rowid there is no way to step over a gap: what comes before it, and from the end what comes after. */
function* readableWithoutRowid(db: ReadableDatabase, name: string, broken: () => void): Generator<Row> {
  const key = (db.pragma(`table_info(${name})`) as readonly { readonly name: string; readonly pk: number }[])
    .filter((column) => column.pk > 0)
    .toSorted((one, other) => one.pk - other.pk)
    .map((column) => quoted(column.name));
  for (const direction of ['ASC', 'DESC']) {
    let whole = true;
    const rows: Row[] = [];
    try {
      const order = key.map((column) => `${column} ${direction}`).join(', ');
      for (const row of db.prepare<[], Row>(`SELECT * FROM ${name} ORDER BY ${order}`).iterate())
        rows.push(row);
    } catch {
      whole = false;
      if (direction === 'ASC') broken();
    }
    yield* rows;
    if (whole) return;
  }
}

function lastRowid(db: ReadableDatabase, name: string): number {
  try {
    return db.prepare<[], number | null>(`SELECT max(rowid) FROM ${name}`).pluck().get() ?? 0;
  } catch {
    return 2 ** 32;
  }
}

function firstRowid(db: ReadableDatabase, name: string): number {
  try {
    return db.prepare<[], number | null>(`SELECT min(rowid) FROM ${name}`).pluck().get() ?? 0;
  } catch {
    return 0;
  }
}

function hasRowid(db: ReadableDatabase, table: string): boolean {
  const list = db.pragma(`table_list(${quoted(table)})`) as readonly { readonly wr: number }[];
  return list[0]?.wr !== 1;
}

function* strip(rows: readonly (Row & { readonly 'salvage rowid': number })[]): Generator<Row> {
  for (const row of rows) {
    const { 'salvage rowid': _, ...rest } = row;
    yield rest;
  }
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
