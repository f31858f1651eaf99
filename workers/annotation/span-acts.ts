import type { ActReply, Fragment, Label } from '../api/annotation.ts';
import { MedspanError } from '../api/errors.ts';
import type { EngineContext } from '../engine/context.ts';
import type { ActDesk, ActInput } from './act.ts';
import { perform } from './act.ts';
import type { SpanRecord } from './change.ts';
import { linksOfSpan, readSpan } from './layer-rows.ts';
import type { Quoted } from './note-text.ts';
import { checkBounds } from './note-text.ts';
import { queries } from './queries.ts';
import { legalTypes } from './schema.ts';
import { startNote } from './status-act.ts';

export interface AddSpanInput extends ActInput, Quoted {
  readonly uid: string;
  readonly labelId: number;
  readonly fragments?: readonly Fragment[] | undefined;
}

export interface ChangeSpanInput extends ActInput {
  readonly uid: string;
  readonly labelId?: number | undefined;
  readonly bounds?: Quoted | undefined;
}

function labelOf(context: EngineContext, labelId: number): Label {
  const label = queries(context.db).label.get(labelId);
  if (!label) throw new MedspanError('NOT_FOUND', `Label ${labelId} is not in the schema of this workspace.`);
  return label;
}

/** A span of the layer the act works on. Errors: NOT_FOUND. */
export function spanOf(context: EngineContext, desk: ActDesk, uid: string): SpanRecord {
  const found = readSpan(context.db, desk.layerId, uid);
  if (!found || found.noteId !== desk.head.noteId) {
    throw new MedspanError(
      'NOT_FOUND',
      `The span is not in note ${desk.head.externalId} any more; nothing was changed.`,
      { noteId: desk.head.noteId, uid },
    );
  }
  return found.span;
}

function refuseDouble(context: EngineContext, desk: ActDesk, span: SpanRecord, label: Label): void {
  if (span.fragments) return;
  const same = queries(context.db).sameSpan.get(
    desk.head.noteId,
    desk.layerId,
    span.start,
    span.end,
    span.label,
    span.uid,
  );
  if (!same) return;
  throw new MedspanError(
    'CONFLICT',
    `These characters of note ${desk.head.externalId} are tagged ${label.name} already.`,
    { noteId: desk.head.noteId, uid: same.uid },
  );
}

function checkFragments(desk: ActDesk, start: number, end: number, fragments: readonly Fragment[]): void {
  let reached = start;
  for (const [index, piece] of fragments.entries()) {
    const quote = desk.text.slice(piece.start, piece.end);
    checkBounds(desk.text, desk.head.noteId, { ...piece, quote });
    if (piece.start < reached || (index === 0 && piece.start !== start)) {
      throw new MedspanError('BAD_INPUT', 'The pieces of a span must follow each other and fill its bounds.');
    }
    reached = piece.end;
  }
  if (reached !== end) {
    throw new MedspanError('BAD_INPUT', 'The pieces of a span must follow each other and fill its bounds.');
  }
}

export function addSpan(context: EngineContext, input: AddSpanInput): ActReply {
  const label = labelOf(context, input.labelId);
  return perform(context, input, {
    title: `Tag ${label.name}`,
    needsOwnLayer: true,
    alreadyDone: (scene) => {
      const there = scene.shownLayer === null ? undefined : readSpan(context.db, scene.shownLayer, input.uid);
      if (!there) return false;
      const { span } = there;
      const same = span.start === input.start && span.end === input.end && span.label === input.labelId;
      if (there.noteId === input.noteId && same) return true;
      throw new MedspanError('CONFLICT', 'Another span has this id already; make a new one.', {
        uid: input.uid,
      });
    },
    run(desk) {
      checkBounds(desk.text, desk.head.noteId, input);
      if (input.fragments) checkFragments(desk, input.start, input.end, input.fragments);
      const span: SpanRecord = {
        uid: input.uid,
        label: label.id,
        start: input.start,
        end: input.end,
        quote: input.quote,
        revision: desk.head.revisionId,
        origin: 'person',
        status: 'accepted',
        createdAt: desk.now,
        ...(input.fragments ? { fragments: input.fragments } : {}),
      };
      refuseDouble(context, desk, span, label);
      desk.change({ op: 'put', spans: [span], links: [] }, { op: 'drop', spans: [span.uid], links: [] });
      startNote(desk);
    },
  });
}

export function removeSpan(context: EngineContext, input: ActInput & { readonly uid: string }): ActReply {
  return perform(context, input, {
    title: 'Remove span',
    needsOwnLayer: true,
    run(desk) {
      const span = spanOf(context, desk, input.uid);
      const links = linksOfSpan(context.db, desk.layerId, input.uid);
      desk.change(
        { op: 'drop', spans: [span.uid], links: links.map((link) => link.uid) },
        { op: 'put', spans: [span], links },
      );
      startNote(desk);
    },
  });
}

export function changeSpan(context: EngineContext, input: ChangeSpanInput): ActReply {
  if (input.labelId === undefined && !input.bounds) {
    throw new MedspanError('BAD_INPUT', 'Say what to change of the span: its label, its bounds or both.');
  }
  const given = input.labelId === undefined ? null : labelOf(context, input.labelId);
  return perform(context, input, {
    title: given ? `Change label to ${given.name}` : 'Change bounds',
    needsOwnLayer: true,
    run(desk) {
      const before = spanOf(context, desk, input.uid);
      const after = changed(desk, before, given, input.bounds);
      if (after === null) return;
      refuseDouble(context, desk, after, given ?? labelOf(context, before.label));
      if (after.label !== before.label) dropForbiddenLinks(context, desk, after);
      desk.change({ op: 'replace', span: after }, { op: 'replace', span: before });
      startNote(desk);
    },
  });
}

/** The span as it shall be, a person's from now on; null where nothing would differ. */
function changed(
  desk: ActDesk,
  before: SpanRecord,
  label: Label | null,
  bounds: Quoted | undefined,
): SpanRecord | null {
  const moved = bounds !== undefined && (bounds.start !== before.start || bounds.end !== before.end);
  const renamed = label !== null && label.id !== before.label;
  if (!moved && !renamed) return null;
  const { fragments, score: _score, ...kept } = before;
  if (moved) checkBounds(desk.text, desk.head.noteId, bounds);
  return {
    ...kept,
    origin: 'person',
    status: 'accepted',
    ...(renamed ? { label: label.id } : {}),
    ...(moved
      ? { start: bounds.start, end: bounds.end, quote: bounds.quote, revision: desk.head.revisionId }
      : {}),
    ...(fragments && !moved ? { fragments } : {}),
  };
}

function dropForbiddenLinks(context: EngineContext, desk: ActDesk, span: SpanRecord): void {
  const { db } = context;
  const label = (uid: string): number =>
    uid === span.uid ? span.label : (readSpan(db, desk.layerId, uid)?.span.label ?? 0);
  const links = linksOfSpan(db, desk.layerId, span.uid).filter(
    (link) => !legalTypes(db, label(link.from), label(link.to)).some((type) => type.id === link.type),
  );
  if (links.length === 0) return;
  desk.change(
    { op: 'drop', spans: [], links: links.map((link) => link.uid) },
    { op: 'put', spans: [], links },
  );
}
