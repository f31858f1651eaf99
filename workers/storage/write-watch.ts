import type { ReadableDatabase } from './connection.ts';

/** Tells whether the connection has committed rows since it was last asked. */
export function watchWrites(db: ReadableDatabase & { readonly inTransaction: boolean }): () => boolean {
  const total = db.prepare<[], number>('SELECT total_changes()').pluck();
  let seen = total.get() ?? 0;
  return () => {
    if (db.inTransaction) return false;
    const now = total.get() ?? 0;
    const wrote = now !== seen;
    seen = now;
    return wrote;
  };
}
