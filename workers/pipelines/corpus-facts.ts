import type { ReadableDatabase } from '../storage/connection.ts';
import { statement } from '../storage/statements.ts';

/** What the first step of a pipeline looks at before anything is built on a corpus. */
export interface CorpusFacts {
  readonly notes: number;
  /** Notes on which a person or an import has a say. */
  readonly annotated: number;
  /** Notes whose text stands in an earlier note too. */
  readonly duplicates: number;
  readonly empty: number;
}

export function corpusFacts(db: ReadableDatabase, corpusId: number): CorpusFacts {
  const facts = statement<[number], CorpusFacts>(
    db,
    `SELECT count(*) AS notes,
       coalesce(sum(EXISTS (SELECT 1 FROM note_layer nl JOIN layer l ON l.id = nl.layer_id
         WHERE nl.note_id = n.id AND l.kind <> 'model')), 0) AS annotated,
       count(*) - count(DISTINCT r.sha256) AS duplicates,
       coalesce(sum(trim(r.text, char(32, 9, 10, 13)) = ''), 0) AS empty
     FROM note n
       JOIN import i ON i.id = n.import_id AND i.visible = 1
       JOIN note_revision r ON r.note_id = n.id
         AND r.number = (SELECT max(o.number) FROM note_revision o WHERE o.note_id = n.id)
     WHERE n.corpus_id = ?`,
  ).get(corpusId);
  return facts ?? { notes: 0, annotated: 0, duplicates: 0, empty: 0 };
}
