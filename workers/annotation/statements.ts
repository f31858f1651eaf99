import type { ReadableDatabase } from '../storage/connection.ts';

/** A prepared statement, as much of it as is used here, under a name that declarations can spell. */
export interface Query<Parameters extends unknown[] = unknown[], Row = unknown> {
  get(...parameters: Parameters): Row | undefined;
  all(...parameters: Parameters): Row[];
  run(...parameters: Parameters): { readonly changes: number; readonly lastInsertRowid: number | bigint };
}

export interface Preparer {
  prepare<Parameters extends unknown[] = unknown[], Row = unknown>(sql: string): Query<Parameters, Row>;
}

/** Statements prepared once for each connection and forgotten with it. */
export function perConnection<Statements>(prepare: (db: Preparer) => Statements) {
  const prepared = new WeakMap<ReadableDatabase, Statements>();
  return (db: ReadableDatabase): Statements => {
    const known = prepared.get(db);
    if (known) return known;
    const made = prepare(db);
    prepared.set(db, made);
    return made;
  };
}
