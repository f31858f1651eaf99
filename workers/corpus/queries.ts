import type { CorpusRow } from '../api/corpus.ts';
import type { ReadableDatabase, WritableDatabase } from '../storage/connection.ts';
import { statement } from '../storage/statements.ts';

const corpusColumns = `
  c.id, c.name, c.created_at AS createdAt,
  (SELECT coalesce(sum(i.note_count), 0) FROM import i WHERE i.corpus_id = c.id AND i.visible = 1) AS noteCount,
  (SELECT coalesce(sum(r.length), 0) FROM note n JOIN note_revision r ON r.note_id = n.id
     JOIN import i ON i.id = n.import_id WHERE n.corpus_id = c.id AND i.visible = 1) AS characters,
  (SELECT count(*) FROM import i WHERE i.corpus_id = c.id AND i.visible = 1) AS importCount,
  (SELECT count(*) FROM snapshot s WHERE s.corpus_id = c.id AND s.ready = 1) AS snapshotCount`;

export function listCorpora(db: ReadableDatabase): CorpusRow[] {
  return statement<[], CorpusRow>(db, `SELECT ${corpusColumns} FROM corpus c ORDER BY c.id`).all();
}

export function getCorpus(db: ReadableDatabase, corpusId: number): CorpusRow | undefined {
  return statement<[number], CorpusRow>(db, `SELECT ${corpusColumns} FROM corpus c WHERE c.id = ?`).get(
    corpusId,
  );
}

export function corpusNamed(db: ReadableDatabase, name: string): number | undefined {
  return statement<[string], { id: number }>(db, 'SELECT id FROM corpus WHERE name = ?').get(name)?.id;
}

export function insertCorpus(db: WritableDatabase, name: string, at: number): number {
  return Number(
    statement<[string, number]>(db, 'INSERT INTO corpus (name, created_at) VALUES (?, ?)').run(name, at)
      .lastInsertRowid,
  );
}

export interface Held {
  readonly notes: number;
  readonly characters: number;
  readonly spans: number;
  readonly snapshots: number;
}

/** What the workspace holds for everybody to see. */
export function countHeld(db: ReadableDatabase): Held {
  return statement<[], Held>(
    db,
    `SELECT coalesce(sum(i.note_count), 0) AS notes,
       coalesce((SELECT sum(r.length) FROM note_revision r JOIN note n ON n.id = r.note_id
         JOIN import v ON v.id = n.import_id WHERE v.visible = 1), 0) AS characters,
       (SELECT count(*) FROM span WHERE status = 'accepted') AS spans,
       (SELECT count(*) FROM snapshot WHERE ready = 1) AS snapshots
     FROM import i WHERE i.visible = 1`,
  ).get() as Held;
}
