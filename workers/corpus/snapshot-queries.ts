import type { Part, Snapshot, Split } from '../api/corpus.ts';
import type { ReadableDatabase, WritableDatabase } from '../storage/connection.ts';
import { statement } from '../storage/statements.ts';

type StoredSnapshot = Omit<Snapshot, 'labelCounts'> & { readonly labelCounts: string };

const snapshotColumns = `
  s.id, s.corpus_id AS corpusId, s.name, s.content_sha256 AS contentSha256, s.event_position AS eventPosition,
  s.note_count AS noteCount, s.annotated_count AS annotatedCount, s.span_count AS spanCount,
  s.link_count AS linkCount, s.label_counts AS labelCounts, p.name AS "by", s.created_at AS createdAt
  FROM snapshot s LEFT JOIN profile p ON p.id = s.profile_id`;

function readSnapshot(row: StoredSnapshot): Snapshot {
  return { ...row, labelCounts: JSON.parse(row.labelCounts) as Record<string, number> };
}

export function getSnapshot(db: ReadableDatabase, snapshotId: number): Snapshot | undefined {
  const row = statement<[number], StoredSnapshot>(
    db,
    `SELECT ${snapshotColumns} WHERE s.id = ? AND s.ready = 1`,
  ).get(snapshotId);
  return row === undefined ? undefined : readSnapshot(row);
}

export function listSnapshots(db: ReadableDatabase, corpusId: number): Snapshot[] {
  return statement<[number], StoredSnapshot>(
    db,
    `SELECT ${snapshotColumns} WHERE s.corpus_id = ? AND s.ready = 1 ORDER BY s.id DESC`,
  )
    .all(corpusId)
    .map(readSnapshot);
}

export function snapshotNamed(db: ReadableDatabase, corpusId: number, name: string): number | undefined {
  return statement<[number, string], { id: number }>(
    db,
    'SELECT id FROM snapshot WHERE corpus_id = ? AND name = ?',
  ).get(corpusId, name)?.id;
}

export function insertSnapshot(
  db: WritableDatabase,
  row: { corpusId: number; name: string; position: number; profileId: number; at: number },
): number {
  return Number(
    statement<typeof row>(
      db,
      `INSERT INTO snapshot (corpus_id, name, content_sha256, event_position, note_count, annotated_count,
         span_count, link_count, label_counts, profile_id, created_at)
       VALUES (@corpusId, @name, printf('%064d', 0), @position, 0, 0, 0, 0, '{}', @profileId, @at)`,
    ).run(row).lastInsertRowid,
  );
}

export function insertMember(
  db: WritableDatabase,
  member: {
    snapshotId: number;
    noteId: number;
    revisionId: number;
    layerId: number | null;
    position: number;
  },
): void {
  statement<typeof member>(
    db,
    `INSERT INTO snapshot_member (snapshot_id, note_id, note_revision_id, layer_id, event_position)
     VALUES (@snapshotId, @noteId, @revisionId, @layerId, @position)`,
  ).run(member);
}

export function completeSnapshot(
  db: WritableDatabase,
  row: {
    snapshotId: number;
    sha256: string;
    notes: number;
    annotated: number;
    spans: number;
    links: number;
    labelCounts: string;
  },
): void {
  statement<typeof row>(
    db,
    `UPDATE snapshot SET content_sha256 = @sha256, note_count = @notes, annotated_count = @annotated,
       span_count = @spans, link_count = @links, label_counts = @labelCounts, ready = 1 WHERE id = @snapshotId`,
  ).run(row);
}

export function unreadySnapshots(db: ReadableDatabase): { id: number; corpusId: number }[] {
  return statement<[], { id: number; corpusId: number }>(
    db,
    'SELECT id, corpus_id AS corpusId FROM snapshot WHERE ready = 0',
  ).all();
}

export function deleteSnapshot(db: WritableDatabase, snapshotId: number): void {
  statement<[number]>(db, 'DELETE FROM snapshot WHERE id = ?').run(snapshotId);
}

export interface SplitCandidate {
  readonly noteId: number;
  readonly externalId: string;
  readonly patientId: string | null;
  readonly part: Part | null;
  readonly sha256: string;
}

export function splitCandidates(db: ReadableDatabase, snapshotId: number): SplitCandidate[] {
  return statement<[number], SplitCandidate>(
    db,
    `SELECT n.id AS noteId, n.external_id AS externalId, n.patient_id AS patientId, n.source_part AS part, r.sha256
     FROM snapshot_member m JOIN note n ON n.id = m.note_id JOIN note_revision r ON r.id = m.note_revision_id
     WHERE m.snapshot_id = ? ORDER BY n.id`,
  ).all(snapshotId);
}

type StoredSplit = Omit<Split, 'shares' | 'counts'> & { readonly shares: string; readonly counts: string };

const splitColumns = `id, snapshot_id AS snapshotId, name, method, seed, shares, counts,
  leaked_count AS leakedCount, created_at AS createdAt FROM split`;

function readSplit(row: StoredSplit): Split {
  return {
    ...row,
    shares: JSON.parse(row.shares) as Split['shares'],
    counts: JSON.parse(row.counts) as Split['counts'],
  };
}

export function getSplit(db: ReadableDatabase, splitId: number): Split | undefined {
  const row = statement<[number], StoredSplit>(db, `SELECT ${splitColumns} WHERE id = ?`).get(splitId);
  return row === undefined ? undefined : readSplit(row);
}

export function listSplits(db: ReadableDatabase, snapshotId: number): Split[] {
  return statement<[number], StoredSplit>(db, `SELECT ${splitColumns} WHERE snapshot_id = ? ORDER BY id DESC`)
    .all(snapshotId)
    .map(readSplit);
}

export function splitNamed(db: ReadableDatabase, snapshotId: number, name: string): number | undefined {
  return statement<[number, string], { id: number }>(
    db,
    'SELECT id FROM split WHERE snapshot_id = ? AND name = ?',
  ).get(snapshotId, name)?.id;
}

export function insertSplit(
  db: WritableDatabase,
  row: {
    snapshotId: number;
    name: string;
    method: string;
    seed: number;
    shares: string;
    counts: string;
    leaked: number;
    at: number;
  },
): number {
  return Number(
    statement<typeof row>(
      db,
      `INSERT INTO split (snapshot_id, name, method, seed, shares, counts, leaked_count, created_at)
       VALUES (@snapshotId, @name, @method, @seed, @shares, @counts, @leaked, @at)`,
    ).run(row).lastInsertRowid,
  );
}

export function insertSplitMember(
  db: WritableDatabase,
  splitId: number,
  member: { readonly noteId: number; readonly part: Part; readonly leaked: boolean },
): void {
  statement<[number, number, string, number]>(
    db,
    'INSERT INTO split_member (split_id, note_id, part, leaked) VALUES (?, ?, ?, ?)',
  ).run(splitId, member.noteId, member.part, member.leaked ? 1 : 0);
}

/** A note of one part of a split, as its snapshot froze it. */
export interface SplitMember {
  readonly noteId: number;
  readonly revisionId: number;
  /** The layer that was gold, or null where nobody had annotated the note. */
  readonly layerId: number | null;
  readonly eventPosition: number;
  /** Whether its very text stands in an earlier part too. */
  readonly leaked: boolean;
}

/** The notes of a part in the order of their ids. Works on any connection, also a thread's own. */
export function readSplitMembers(db: ReadableDatabase, splitId: number, part: Part): SplitMember[] {
  const rows = statement<[number, string], Omit<SplitMember, 'leaked'> & { leaked: 0 | 1 }>(
    db,
    `SELECT m.note_id AS noteId, m.note_revision_id AS revisionId, m.layer_id AS layerId,
       m.event_position AS eventPosition, sm.leaked
     FROM split_member sm
     JOIN split s ON s.id = sm.split_id
     JOIN snapshot_member m ON m.snapshot_id = s.snapshot_id AND m.note_id = sm.note_id
     WHERE sm.split_id = ? AND sm.part = ? ORDER BY m.note_id`,
  ).all(splitId, part);
  return rows.map((row) => ({ ...row, leaked: row.leaked === 1 }));
}
