import type { WritableDatabase } from '../../storage/connection.ts';
import type { SpanSink } from '../annotation-ports.ts';
import { deleteImport, deleteImportDetails, deleteNote, notesOfImport } from '../import-queries.ts';
import { createWriterTurns, giveWay } from './writer-turn.ts';

/**
 * Deletes the rows of an import that nobody sees any more, in short turns of the writer. Stopped half-way, it
 * goes on at the next start. `keepRecord` leaves the import's own row, for its rejections.
 */
export async function removeRows(
  db: WritableDatabase,
  sink: SpanSink,
  importId: number,
  options: { readonly keepRecord: boolean; readonly signal: AbortSignal },
): Promise<void> {
  const turns = createWriterTurns(db);
  const stopped = (): boolean => options.signal.aborted;
  const step = (): boolean => {
    const some = notesOfImport(db, importId, 8);
    if (some.length === 0) return false;
    sink.forget(some);
    for (const noteId of some) deleteNote(db, noteId);
    return true;
  };
  while (!stopped() && turns.take(step)) await giveWay();
  if (options.keepRecord) return;
  while (!stopped() && turns.take(() => deleteImportDetails(db, importId, 200))) await giveWay();
  if (!stopped()) deleteImport(db, importId);
}
