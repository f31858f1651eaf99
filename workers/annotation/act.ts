import type { ActReply, NoteDelta } from '../api/annotation.ts';
import { MedspanError } from '../api/errors.ts';
import type { EngineContext } from '../engine/context.ts';
import type { Change } from './change.ts';
import { parseChanges } from './change.ts';
import { deltaOf } from './delta.ts';
import { readLayer, writeChange } from './layer-rows.ts';
import { annotatorLayer, workingLayer } from './layers.ts';
import { revisionText } from './note-text.ts';
import type { NoteHead } from './queries.ts';
import { queries } from './queries.ts';
import { undoState } from './undo-state.ts';

export interface ActInput {
  readonly noteId: number;
  readonly revisionId: number;
  readonly act?: string | undefined;
}

/** What an act sees before it decides: the note, its text, and the layer that is shown. */
export interface ActScene {
  readonly head: NoteHead;
  readonly text: string;
  readonly shownLayer: number | null;
}

/** What an act works with once its layer is ready. */
export interface ActDesk extends ActScene {
  readonly layerId: number;
  readonly now: number;
  /** Writes a change and records it with what takes it back. */
  change(forward: Change, inverse: Change): void;
}

export interface ActSpec {
  readonly title: string;
  /** Whether what it would do is done already, under the same uid: then nothing is written. */
  alreadyDone?(scene: ActScene): boolean;
  /** Whether it needs a layer of the profile's own, with a copy of what is shown. */
  needsOwnLayer: boolean;
  run(desk: ActDesk): void;
}

const nothing: NoteDelta = { putSpans: [], droppedSpans: [], putLinks: [], droppedLinks: [], status: null };

/** The note an act is about, its revision checked. Errors: NOT_FOUND, CONFLICT. */
function noteFor(context: EngineContext, input: ActInput): NoteHead {
  const head = queries(context.db).head.get(input.noteId);
  if (!head) throw new MedspanError('NOT_FOUND', `Note ${input.noteId} is not in this workspace.`);
  if (head.revisionId !== input.revisionId) {
    throw new MedspanError(
      'CONFLICT',
      `The text of note ${head.externalId} was changed since it was opened. Nothing was written; open it again.`,
      { noteId: head.noteId, revisionId: head.revisionId },
    );
  }
  return head;
}

/**
 * Does one thing to one note: the state, the event with its inverse and the batch are written in one IMMEDIATE
 * transaction, and only then does the caller hear of it. The first edit of a note that shows somebody else's layer
 * copies that layer into the profile's own, in the same batch.
 */
export function perform(context: EngineContext, input: ActInput, spec: ActSpec): ActReply {
  const { db } = context;
  const sql = queries(db);
  const profile = context.profile();

  const write = db.transaction((): Outcome => {
    const earlier = input.act === undefined ? undefined : sql.batchByUid.get(input.act);
    if (earlier) return { ...repeated(context, earlier.id, input.noteId), at: earlier.at };

    const head = noteFor(context, input);
    const text = revisionText(db, head.revisionId);
    const working = workingLayer(db, head.noteId, profile);
    const scene: ActScene = { head, text, shownLayer: working.shown?.id ?? null };
    const now = context.now();
    if (spec.alreadyDone?.(scene)) return { delta: nothing, at: now, written: false };

    const forward: Change[] = [];
    const inverse: Change[] = [];
    const copied = new Set<Change>();
    const layerId = spec.needsOwnLayer ? annotatorLayer(db, head.corpusId, profile, now) : null;
    const record = (change: Change, back: Change): void => {
      if (!writeChange(db, head.noteId, layerId, change)) return;
      forward.push(change);
      inverse.unshift(back);
    };
    if (layerId !== null) {
      const touched = sql.touchedAt.get(head.noteId, layerId)?.touchedAt ?? null;
      record({ op: 'say', at: now }, { op: 'say', at: touched });
      if (!working.own && working.shown) {
        const base = readLayer(db, head.noteId, working.shown.id);
        const copy: Change = { op: 'put', spans: [...base.spans.values()], links: [...base.links.values()] };
        if (copy.spans.length > 0) {
          copied.add(copy);
          record(copy, { op: 'drop', spans: [...base.spans.keys()], links: [...base.links.keys()] });
        }
      }
    }
    const prepared = forward.length;
    spec.run({ ...scene, layerId: layerId ?? 0, now, change: record });

    if (forward.length === prepared) throw new NothingToDo();
    const batch = sql.insertBatch.run(input.act ?? null, profile.id, spec.title, now, null);
    const batchId = Number(batch.lastInsertRowid);
    sql.insertEvent.run(batchId, head.noteId, layerId, JSON.stringify(forward), JSON.stringify(inverse));
    return { delta: deltaOf(forward.filter((change) => !copied.has(change))), at: now, written: true };
  });
  const outcome = unlessNothing(() => write.immediate(), context.now);

  const { position } = sql.notePosition.get(input.noteId) ?? { position: 0 };
  if (outcome.written) context.events.emit('note.changed', { noteId: input.noteId, position });
  return {
    noteId: input.noteId,
    committedAt: outcome.at,
    position,
    delta: outcome.delta,
    ...undoState(db, profile),
  };
}

interface Outcome {
  readonly delta: NoteDelta;
  readonly at: number;
  readonly written: boolean;
}

/** Thrown inside the transaction so that an act without effect leaves nothing behind, not even a copy. */
class NothingToDo extends Error {}

function unlessNothing(write: () => Outcome, now: () => number): Outcome {
  try {
    return write();
  } catch (error) {
    if (error instanceof NothingToDo) return { delta: nothing, at: now(), written: false };
    throw error;
  }
}

/** The reply to a call that was sent twice: what it did the first time. */
function repeated(
  context: EngineContext,
  batchId: number,
  noteId: number,
): { delta: NoteDelta; written: false } {
  const changes = queries(context.db)
    .eventsOfBatch.all(batchId)
    .filter((event) => event.noteId === noteId)
    .flatMap((event) => parseChanges(event.forward));
  return { delta: deltaOf(changes), written: false };
}
