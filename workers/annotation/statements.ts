import type { ReadableDatabase } from '../storage/connection.ts';

/** Statements prepared once for each connection and forgotten with it. */
export function perConnection<Statements>(prepare: (db: ReadableDatabase) => Statements) {
  const prepared = new WeakMap<ReadableDatabase, Statements>();
  return (db: ReadableDatabase): Statements => {
    const known = prepared.get(db);
    if (known) return known;
    const made = prepare(db);
    prepared.set(db, made);
    return made;
  };
}
