import { MedspanError } from '../api/errors.ts';
import type { GoldLink, GoldSpan } from '../corpus/annotation-ports.ts';
import type { ReadableDatabase } from '../storage/connection.ts';
import { goldReader } from './gold.ts';
import { decodeOffsets } from './open-note.ts';
import { perConnection } from './statements.ts';

/** A note as a snapshot froze it. */
export interface TrainingNote {
  readonly noteId: number;
  readonly externalId: string;
  readonly revisionId: number;
  readonly text: string;
  /** The source's own tokens as start, end, start, end …, where it brought any. */
  readonly tokenOffsets: Uint32Array | null;
  /** Ordered by start, end and label; they may overlap and nest. */
  readonly spans: readonly GoldSpan[];
  /** Indices into `spans`. */
  readonly links: readonly GoldLink[];
  /** The same text stands in an earlier part of the split too. */
  readonly leaked: boolean;
}

interface MemberRow {
  readonly noteId: number;
  readonly externalId: string;
  readonly revisionId: number;
  readonly layerId: number | null;
  readonly position: number;
  readonly leaked: 0 | 1;
}

const statements = perConnection((db) => ({
  members: db.prepare<[number, string], MemberRow>(
    `SELECT m.note_id AS noteId, n.external_id AS externalId, sm.note_revision_id AS revisionId,
       sm.layer_id AS layerId, sm.event_position AS position, m.leaked
     FROM split_member m JOIN split s ON s.id = m.split_id
     JOIN snapshot_member sm ON sm.snapshot_id = s.snapshot_id AND sm.note_id = m.note_id
     JOIN note n ON n.id = m.note_id
     WHERE m.split_id = ? AND m.part = ? ORDER BY m.note_id`,
  ),
  text: db.prepare<[number], { text: string; tokenOffsets: Buffer | null }>(
    'SELECT text, token_offsets AS tokenOffsets FROM note_revision WHERE id = ?',
  ),
}));

/**
 * The notes of one part of a split with gold as the snapshot saw it, in the order of their ids; what was
 * annotated since is led back. Pure reading, for threads with a connection of their own.
 * Errors: CONFLICT when a span does not hold the text it should.
 */
export function* readTrainingNotes(
  db: ReadableDatabase,
  splitId: number,
  part: 'train' | 'dev' | 'test',
): Generator<TrainingNote, void, void> {
  const sql = statements(db);
  const read = goldReader(db);
  for (const member of sql.members.all(splitId, part)) {
    const row = sql.text.get(member.revisionId);
    if (!row)
      throw new MedspanError('NOT_FOUND', `The text of note ${member.externalId} is not there any more.`);
    const gold =
      member.layerId === null
        ? { spans: [], links: [] }
        : read(member.noteId, member.layerId, member.position, row.text);
    yield {
      noteId: member.noteId,
      externalId: member.externalId,
      revisionId: member.revisionId,
      text: row.text,
      tokenOffsets: decodeOffsets(row.tokenOffsets),
      spans: gold.spans,
      links: gold.links,
      leaked: member.leaked === 1,
    };
  }
}
