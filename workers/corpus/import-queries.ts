import type { Encoding, ImportRow, Rejection } from '../api/corpus.ts';
import type { ReadableDatabase, WritableDatabase } from '../storage/connection.ts';
import { statement } from '../storage/statements.ts';

export interface StoredImport {
  readonly id: number;
  readonly corpusId: number;
  readonly sourceName: string;
  readonly state: ImportRow['state'];
  readonly visible: 0 | 1;
  readonly options: string;
  readonly position: string | null;
}

export function insertImport(
  db: WritableDatabase,
  row: {
    corpusId: number;
    sourceName: string;
    format: string;
    options: string;
    profileId: number;
    at: number;
  },
): number {
  const sql = `INSERT INTO import (corpus_id, source_name, format, options, state, profile_id, created_at)
    VALUES (@corpusId, @sourceName, @format, @options, 'running', @profileId, @at)`;
  return Number(statement<typeof row>(db, sql).run(row).lastInsertRowid);
}

export function getImport(db: ReadableDatabase, importId: number): StoredImport | undefined {
  return statement<[number], StoredImport>(
    db,
    `SELECT id, corpus_id AS corpusId, source_name AS sourceName, state, visible, options, position
     FROM import WHERE id = ?`,
  ).get(importId);
}

/** Imports of a corpus that are neither finished nor failed: they hold ids that nobody sees. */
export function unfinishedImport(db: ReadableDatabase, corpusId: number): StoredImport | undefined {
  return statement<[number], StoredImport>(
    db,
    `SELECT id, corpus_id AS corpusId, source_name AS sourceName, state, visible, options, position
     FROM import WHERE corpus_id = ? AND state IN ('running', 'interrupted') ORDER BY id LIMIT 1`,
  ).get(corpusId);
}

export function importsInState(db: ReadableDatabase, state: ImportRow['state']): StoredImport[] {
  return statement<[string], StoredImport>(
    db,
    `SELECT id, corpus_id AS corpusId, source_name AS sourceName, state, visible, options, position
     FROM import WHERE state = ?`,
  ).all(state);
}

export function setImportState(
  db: WritableDatabase,
  importId: number,
  state: ImportRow['state'],
  visible: 0 | 1,
  endedAt: number | null,
): void {
  statement<[string, number, number | null, number]>(
    db,
    'UPDATE import SET state = ?, visible = ?, ended_at = ? WHERE id = ?',
  ).run(state, visible, endedAt, importId);
}

export interface ImportCounts {
  readonly notes: number;
  readonly spans: number;
  readonly rejected: number;
  readonly skipped: number;
}

/** Adds to the counts and moves the position, in the transaction of the notes themselves. */
export function advanceImport(
  db: WritableDatabase,
  importId: number,
  add: ImportCounts,
  position: string,
): void {
  statement<[number, number, number, number, string, number]>(
    db,
    `UPDATE import SET note_count = note_count + ?, span_count = span_count + ?,
       rejected_count = rejected_count + ?, skipped_count = skipped_count + ?, position = ? WHERE id = ?`,
  ).run(add.notes, add.spans, add.rejected, add.skipped, position, importId);
}

export function importCounts(db: ReadableDatabase, importId: number): ImportCounts {
  return statement<[number], ImportCounts>(
    db,
    `SELECT note_count AS notes, span_count AS spans, rejected_count AS rejected, skipped_count AS skipped
     FROM import WHERE id = ?`,
  ).get(importId) as ImportCounts;
}

export interface StoredFile {
  readonly id: number;
  readonly name: string;
  readonly sha256: string;
}

export function findFile(db: ReadableDatabase, importId: number, name: string): StoredFile | undefined {
  return statement<[number, string], StoredFile>(
    db,
    'SELECT id, name, sha256 FROM import_file WHERE import_id = ? AND name = ?',
  ).get(importId, name);
}

export function insertFile(
  db: WritableDatabase,
  importId: number,
  file: { name: string; bytes: number; sha256: string; encoding: Encoding },
): number {
  return Number(
    statement<[number, string, number, string, string]>(
      db,
      'INSERT INTO import_file (import_id, name, bytes, sha256, encoding) VALUES (?, ?, ?, ?, ?)',
    ).run(importId, file.name, file.bytes, file.sha256, file.encoding).lastInsertRowid,
  );
}

export interface NewNote {
  readonly corpusId: number;
  readonly importId: number;
  readonly fileId: number | null;
  readonly line: number;
  readonly externalId: string;
  readonly patientId: string | null;
  readonly noteType: string | null;
  readonly author: string | null;
  readonly site: string | null;
  readonly writtenAt: number | null;
  readonly part: string | null;
  readonly metadata: string;
  readonly at: number;
}

/** The id of the new note, or null where the corpus holds the external id already. */
export function insertNote(db: WritableDatabase, note: NewNote): number | null {
  const result = statement<NewNote>(
    db,
    `INSERT INTO note (corpus_id, import_id, import_file_id, source_line, external_id, patient_id, note_type,
       author, site, written_at, source_part, metadata, created_at)
     VALUES (@corpusId, @importId, @fileId, @line, @externalId, @patientId, @noteType,
       @author, @site, @writtenAt, @part, @metadata, @at)
     ON CONFLICT (corpus_id, external_id) DO NOTHING`,
  ).run(note);
  return result.changes === 0 ? null : Number(result.lastInsertRowid);
}

export function insertRevision(
  db: WritableDatabase,
  noteId: number,
  text: string,
  sha256: string,
  tokenOffsets: Buffer | null,
  at: number,
): number {
  return Number(
    statement<[number, string, string, number, Buffer | null, number]>(
      db,
      `INSERT INTO note_revision (note_id, number, text, sha256, length, token_offsets, created_at)
       VALUES (?, 1, ?, ?, ?, ?, ?)`,
    ).run(noteId, text, sha256, text.length, tokenOffsets, at).lastInsertRowid,
  );
}

export function insertRejection(db: WritableDatabase, importId: number, rejection: Rejection): void {
  statement<[number, string, number | null, string]>(
    db,
    'INSERT INTO import_rejection (import_id, file, line, reason) VALUES (?, ?, ?, ?)',
  ).run(importId, rejection.file, rejection.line, rejection.reason);
}

export function holdsId(db: ReadableDatabase, corpusId: number, externalId: string): boolean {
  return (
    statement<[number, string]>(db, 'SELECT 1 FROM note WHERE corpus_id = ? AND external_id = ?').get(
      corpusId,
      externalId,
    ) !== undefined
  );
}

export function listRejections(
  db: ReadableDatabase,
  importId: number,
  limit: number,
  offset: number,
): { rows: Rejection[]; total: number } {
  const rows = statement<[number, number, number], Rejection>(
    db,
    'SELECT file, line, reason FROM import_rejection WHERE import_id = ? ORDER BY id LIMIT ? OFFSET ?',
  ).all(importId, limit, offset);
  const counted = statement<[number], { n: number }>(
    db,
    'SELECT count(*) AS n FROM import_rejection WHERE import_id = ?',
  ).get(importId);
  return { rows, total: counted?.n ?? 0 };
}

type ListedImport = Omit<ImportRow, 'visible' | 'keptBecause' | 'progress'> & {
  readonly visible: 0 | 1;
  readonly position: string | null;
  readonly snapshotName: string | null;
};

export function listImports(db: ReadableDatabase, corpusId: number): ListedImport[] {
  return statement<[number], ListedImport>(
    db,
    `SELECT i.id, i.corpus_id AS corpusId, i.source_name AS sourceName, i.format, i.state, i.visible,
       i.note_count AS noteCount, i.span_count AS spanCount, i.rejected_count AS rejectedCount,
       i.skipped_count AS skippedCount, i.position, p.name AS "by", i.created_at AS createdAt, i.ended_at AS endedAt,
       (SELECT s.name FROM snapshot s WHERE s.corpus_id = i.corpus_id AND EXISTS (
          SELECT 1 FROM snapshot_member m JOIN note n ON n.id = m.note_id
          WHERE m.snapshot_id = s.id AND n.import_id = i.id) LIMIT 1) AS snapshotName
     FROM import i LEFT JOIN profile p ON p.id = i.profile_id
     WHERE i.corpus_id = ? AND i.state <> 'cancelled' ORDER BY i.id DESC`,
  ).all(corpusId);
}

/** Some notes of an import, for deleting it piece by piece. */
export function notesOfImport(db: ReadableDatabase, importId: number, limit: number): number[] {
  return statement<[number, number], { id: number }>(
    db,
    'SELECT id FROM note WHERE import_id = ? ORDER BY id LIMIT ?',
  )
    .all(importId, limit)
    .map((row) => row.id);
}

export function deleteNote(db: WritableDatabase, noteId: number): void {
  statement<[number]>(db, 'DELETE FROM note WHERE id = ?').run(noteId);
}

/** Deletes rejections and files of an import, at most `limit` of each. Returns whether some are left. */
export function deleteImportDetails(db: WritableDatabase, importId: number, limit: number): boolean {
  const gone = [
    statement<[number, number]>(
      db,
      'DELETE FROM import_rejection WHERE id IN (SELECT id FROM import_rejection WHERE import_id = ? LIMIT ?)',
    ).run(importId, limit).changes,
    statement<[number, number]>(
      db,
      'DELETE FROM import_file WHERE id IN (SELECT id FROM import_file WHERE import_id = ? LIMIT ?)',
    ).run(importId, limit).changes,
  ];
  return gone.some((changes) => changes === limit);
}

export function deleteImport(db: WritableDatabase, importId: number): void {
  statement<[number]>(db, 'DELETE FROM import WHERE id = ?').run(importId);
}
