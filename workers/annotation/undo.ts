import type { StepReply } from '../api/annotation.ts';
import { MedspanError } from '../api/errors.ts';
import type { EngineContext } from '../engine/context.ts';
import type { Change } from './change.ts';
import { parseChanges } from './change.ts';
import { deltaOf } from './delta.ts';
import { writeChange } from './layer-rows.ts';
import { queries } from './queries.ts';
import { nextRedo, nextUndo, undoState } from './undo-state.ts';

const listed = 100;

/** What flipping a batch did. The first note stands for all where there is only one. */
interface Flip {
  readonly title: string;
  readonly at: number;
  readonly noteIds: readonly number[];
  readonly forward: readonly Change[];
  /** Whether a layer gained or lost its say, so that the note shows another layer. */
  readonly otherLayer: boolean;
}

/**
 * Takes a batch back: its inverses run newest first and are themselves recorded, so that the log stays append-only
 * and leads back to every earlier state.
 */
function flip(
  context: EngineContext,
  target: { readonly batchId: number; readonly title: string },
  act: string | undefined,
): Flip {
  const { db } = context;
  const sql = queries(db);
  const now = context.now();
  const batch = sql.insertBatch.run(act ?? null, context.profile().id, target.title, now, target.batchId);
  const batchId = Number(batch.lastInsertRowid);
  const noteIds = new Set<number>();
  const single: Change[] = [];
  let otherLayer = false;
  for (const event of sql.eventsOfBatch.all(target.batchId).toReversed()) {
    const inverse = parseChanges(event.inverse);
    const applied = inverse.filter((change) => writeChange(db, event.noteId, event.layerId, change));
    // A status that somebody else has set since stays, and then neither direction records it.
    const skipped = applied.length < inverse.length;
    const back = skipped
      ? JSON.stringify(parseChanges(event.forward).filter((change) => change.op !== 'status'))
      : event.forward;
    sql.insertEvent.run(
      batchId,
      event.noteId,
      event.layerId,
      skipped ? JSON.stringify(applied) : event.inverse,
      back,
    );
    noteIds.add(event.noteId);
    if (noteIds.size === 1) {
      single.push(...applied);
      otherLayer ||= saysNothing(applied) || event.forward.includes('{"op":"say","at":null}');
    }
  }
  sql.markUndone.run(1, target.batchId);
  return { title: target.title, at: now, noteIds: [...noteIds], forward: single, otherLayer };
}

function saysNothing(changes: readonly Change[]): boolean {
  return changes.some((change) => change.op === 'say' && change.at === null);
}

function reply(context: EngineContext, done: Flip): StepReply {
  const { db } = context;
  const sql = queries(db);
  const [only] = done.noteIds;
  const position = (noteId: number): number => sql.notePosition.get(noteId)?.position ?? 0;
  return {
    title: done.title,
    committedAt: done.at,
    notes: done.noteIds.slice(0, listed).map((noteId) => ({
      noteId,
      externalId: sql.externalId.get(noteId)?.externalId ?? String(noteId),
    })),
    noteCount: done.noteIds.length,
    change:
      done.noteIds.length === 1 && only !== undefined && !done.otherLayer
        ? { noteId: only, position: position(only), delta: deltaOf(done.forward) }
        : null,
    ...undoState(db, context.profile()),
  };
}

/** A repeated call answers again what the first one did, without doing it again. */
function repeated(context: EngineContext, act: string | undefined): StepReply | null {
  const sql = queries(context.db);
  const batch = act === undefined ? undefined : sql.batchByUid.get(act);
  if (!batch) return null;
  const noteIds = [...new Set(sql.eventsOfBatch.all(batch.id).map((event) => event.noteId))];
  return reply(context, { title: batch.title, at: batch.at, noteIds, forward: [], otherLayer: true });
}

function step(context: EngineContext, act: string | undefined, way: 'undo' | 'redo'): StepReply {
  const { db } = context;
  const before = repeated(context, act);
  if (before) return before;
  const done = db
    .transaction((): Flip => {
      const profile = context.profile();
      const target = way === 'undo' ? nextUndo(db, profile) : nextRedo(db, profile);
      if (!target) {
        throw new MedspanError(
          'NOT_ALLOWED',
          way === 'undo'
            ? `There is nothing left to undo for ${profile.name}.`
            : `There is nothing to redo for ${profile.name}; a new act clears what was undone before it.`,
        );
      }
      const made = flip(context, target, act);
      if (way === 'redo') {
        const original = originalOf(context, target.batchId);
        if (original !== null) queries(db).markUndone.run(0, original);
      }
      return made;
    })
    .immediate();
  for (const noteId of done.noteIds.slice(0, listed)) {
    const position = queries(db).notePosition.get(noteId)?.position ?? 0;
    context.events.emit('note.changed', { noteId, position });
  }
  return reply(context, done);
}

/** The act that an undo had taken back. */
function originalOf(context: EngineContext, undoBatchId: number): number | null {
  return queries(context.db).undoes.get(undoBatchId)?.batchId ?? null;
}

export function undo(context: EngineContext, act: string | undefined): StepReply {
  return step(context, act, 'undo');
}

export function redo(context: EngineContext, act: string | undefined): StepReply {
  return step(context, act, 'redo');
}
