import type { Step, UndoState } from '../api/annotation.ts';
import type { Profile } from '../api/workspace.ts';
import type { ReadableDatabase } from '../storage/connection.ts';
import { perConnection } from './statements.ts';

/** A batch that undo or redo would flip next. */
export interface NextStep {
  readonly batchId: number;
  readonly title: string;
}

/** A batch is offered while its notes are there and visible; an import under way is not taken back half-way. */
const seen = `(SELECT i.visible FROM span_event e JOIN note n ON n.id = e.note_id JOIN import i ON i.id = n.import_id
  WHERE e.batch_id = b.id LIMIT 1) = 1`;

const statements = perConnection((db) => ({
  undo: db.prepare<[number], NextStep>(
    `SELECT b.id AS batchId, b.title FROM event_batch b
     WHERE b.profile_id = ? AND b.undone = 0 AND b.undoes_batch_id IS NULL AND ${seen}
     ORDER BY b.id DESC LIMIT 1`,
  ),
  // An undo takes back an act; a redo takes back an undo. Acts newer than an undo have cleared it from the chain.
  redo: db.prepare<[number, number], NextStep>(
    `SELECT b.id AS batchId, act.title FROM event_batch b
     JOIN event_batch act ON act.id = b.undoes_batch_id AND act.undoes_batch_id IS NULL
     WHERE b.profile_id = ? AND b.undone = 0 AND ${seen}
       AND b.id > coalesce((SELECT max(a.id) FROM event_batch a WHERE a.profile_id = ? AND a.undoes_batch_id IS NULL), 0)
     ORDER BY b.id DESC LIMIT 1`,
  ),
  notes: db.prepare<[number], { n: number; first: number | null }>(
    'SELECT count(DISTINCT note_id) AS n, min(note_id) AS first FROM span_event WHERE batch_id = ?',
  ),
}));

export function nextUndo(db: ReadableDatabase, profile: Profile): NextStep | undefined {
  return statements(db).undo.get(profile.id);
}

export function nextRedo(db: ReadableDatabase, profile: Profile): NextStep | undefined {
  return statements(db).redo.get(profile.id, profile.id);
}

function describe(db: ReadableDatabase, step: NextStep | undefined): Step | null {
  if (!step) return null;
  const { n, first } = statements(db).notes.get(step.batchId) ?? { n: 0, first: null };
  return { title: step.title, noteId: n === 1 ? first : null, notes: n };
}

/** What undo and redo would do next for a profile. */
export function undoState(db: ReadableDatabase, profile: Profile): UndoState {
  return { undo: describe(db, nextUndo(db, profile)), redo: describe(db, nextRedo(db, profile)) };
}
