import type { Profile } from '../api/workspace.ts';
import type { ReadableDatabase } from '../storage/connection.ts';
import type { LayerRow } from './queries.ts';
import { queries } from './queries.ts';

/** What a profile sees of a note: its own layer once that has a say, else the gold one. */
export interface Working {
  /** The layer shown; null when nobody annotated the note. */
  readonly shown: LayerRow | null;
  /** Whether it is the profile's own, so that edits go straight to it. */
  readonly own: boolean;
}

export function workingLayer(db: ReadableDatabase, noteId: number, profile: Profile): Working {
  const layers = queries(db).layersOfNote.all(noteId);
  const own = layers.find((layer) => layer.kind === 'annotator' && layer.profileId === profile.id);
  if (own) return { shown: own, own: true };
  return { shown: layers.find((layer) => layer.kind !== 'model') ?? null, own: false };
}

/** The layer whose word counts for a note, or null. */
export function goldLayer(db: ReadableDatabase, noteId: number): number | null {
  return (
    queries(db)
      .layersOfNote.all(noteId)
      .find((layer) => layer.kind !== 'model')?.id ?? null
  );
}

/** The layer of an annotator in a corpus, made on first use. An empty layer says nothing. */
export function annotatorLayer(
  db: ReadableDatabase,
  corpusId: number,
  profile: Profile,
  now: number,
): number {
  const sql = queries(db);
  const known = sql.annotatorLayer.get(corpusId, profile.id);
  if (known) return known.id;
  const made = sql.insertLayer.run(corpusId, 'annotator', profile.name, profile.id, null, null, now);
  return Number(made.lastInsertRowid);
}
