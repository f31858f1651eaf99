import type { Snapshot } from '../api/corpus.ts';
import { MedspanError } from '../api/errors.ts';
import type { WritableDatabase } from '../storage/connection.ts';
import type { GoldSource } from './annotation-ports.ts';
import { createWriterTurns, giveWay } from './import/writer-turn.ts';
import { digestDataset, digestNote } from './note-digest.ts';
import { lastNoteId, nextNotes } from './note-queries.ts';
import {
  completeSnapshot,
  deleteSnapshot,
  getSnapshot,
  insertMember,
  insertSnapshot,
} from './snapshot-queries.ts';

export interface SnapshotNeeds {
  readonly db: WritableDatabase;
  readonly gold: GoldSource;
  readonly profileId: number;
  readonly at: number;
  readonly signal: AbortSignal;
}

const pageSize = 64;

/**
 * Freezes the notes that are visible now, with their gold as of the newest event. Members are written in short
 * turns; the snapshot exists for others from its last write on.
 */
export async function freezeCorpus(corpusId: number, name: string, needs: SnapshotNeeds): Promise<Snapshot> {
  const { db, gold } = needs;
  const position = gold.position();
  const lastId = lastNoteId(db);
  const snapshotId = insertSnapshot(db, {
    corpusId,
    name,
    position,
    profileId: needs.profileId,
    at: needs.at,
  });
  try {
    const counts = { notes: 0, annotated: 0, spans: 0, links: 0 };
    const labels = new Map<string, number>();
    const digests: string[] = [];
    const turns = createWriterTurns(db);
    let afterId = 0;

    const step = (): boolean => {
      const page = nextNotes(db, corpusId, afterId, lastId, pageSize);
      for (const note of page) {
        const layerId = gold.goldLayer(note.noteId);
        const content = layerId === null ? null : gold.read(note.noteId, layerId, position);
        digests.push(digestNote(note, content));
        insertMember(db, { snapshotId, noteId: note.noteId, revisionId: note.revisionId, layerId, position });
        counts.notes++;
        afterId = note.noteId;
        if (content === null) continue;
        counts.annotated++;
        counts.spans += content.spans.length;
        counts.links += content.links.length;
        for (const { label } of content.spans) labels.set(label, (labels.get(label) ?? 0) + 1);
      }
      return page.length === pageSize;
    };
    while (turns.take(step)) {
      if (needs.signal.aborted) throw new MedspanError('CANCELLED', `The snapshot “${name}” was cancelled.`);
      await giveWay();
    }
    if (counts.notes === 0) {
      throw new MedspanError('CANNOT_COMPUTE', 'The corpus has no notes to freeze. Import some first.', {
        corpusId,
      });
    }
    completeSnapshot(db, {
      snapshotId,
      sha256: digestDataset(digests),
      ...counts,
      labelCounts: JSON.stringify(Object.fromEntries([...labels].sort(([a], [b]) => (a < b ? -1 : 1)))),
    });
  } catch (error) {
    deleteSnapshot(db, snapshotId);
    throw error;
  }
  return getSnapshot(db, snapshotId) as Snapshot;
}
