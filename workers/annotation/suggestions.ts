import { randomUUID } from 'node:crypto';
import { MedspanError } from '../api/errors.ts';
import type { EngineContext } from '../engine/context.ts';
import type { SpanRecord } from './change.ts';
import { writeChange } from './layer-rows.ts';
import { checkBounds, revisionText } from './note-text.ts';
import { queries } from './queries.ts';
import { labelNamed } from './schema.ts';

export interface SuggestedSpan {
  readonly start: number;
  readonly end: number;
  readonly label: string;
  /** 0 to 1. */
  readonly score: number;
}

export interface NoteSuggestions {
  readonly noteId: number;
  readonly spans: readonly SuggestedSpan[];
}

/** The layer of a model version in a corpus, made on first use. */
function modelLayer(context: EngineContext, corpusId: number, modelVersionId: number, now: number): number {
  const sql = queries(context.db);
  const known = sql.modelLayer.get(corpusId, modelVersionId);
  if (known) return known.id;
  const name = `Model version ${modelVersionId}`;
  return Number(
    sql.insertLayer.run(corpusId, 'model', name, null, null, modelVersionId, now).lastInsertRowid,
  );
}

/**
 * Puts a model version's suggestions for some notes in the place of those it made before. They stand in a layer of
 * the model's own, which never counts as gold; nobody's act, so nothing to undo. Errors: NOT_FOUND, BAD_INPUT.
 */
export function writeSuggestions(
  context: EngineContext,
  modelVersionId: number,
  notes: readonly NoteSuggestions[],
): { readonly notes: number; readonly spans: number } {
  const { db } = context;
  const sql = queries(db);
  const now = context.now();
  let spans = 0;
  db.transaction(() => {
    const labels = new Map<string, number>();
    for (const note of notes) {
      const head = sql.head.get(note.noteId);
      if (!head) throw new MedspanError('NOT_FOUND', `Note ${note.noteId} is not in this workspace.`);
      const text = revisionText(db, head.revisionId);
      const layerId = modelLayer(context, head.corpusId, modelVersionId, now);
      for (const statement of sql.clearLayerOfNote) statement.run(note.noteId, layerId);
      const records = note.spans.map((span): SpanRecord => {
        const quote = text.slice(span.start, span.end);
        checkBounds(text, note.noteId, { start: span.start, end: span.end, quote });
        const label = labels.get(span.label) ?? labelNamed(db, span.label).id;
        labels.set(span.label, label);
        return {
          uid: `m-${randomUUID()}`,
          label,
          start: span.start,
          end: span.end,
          quote,
          revision: head.revisionId,
          origin: 'model',
          status: 'suggested',
          createdAt: now,
          score: span.score,
        };
      });
      writeChange(db, note.noteId, layerId, { op: 'say', at: now });
      writeChange(db, note.noteId, layerId, { op: 'put', spans: records, links: [] });
      spans += records.length;
    }
  }).immediate();
  for (const note of notes) context.events.emit('note.changed', { noteId: note.noteId });
  return { notes: notes.length, spans };
}
