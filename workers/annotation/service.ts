import type { annotationMethods } from '../api/annotation.ts';
import type { GoldSource, SpanSink } from '../corpus/annotation-ports.ts';
import type { AreaService, EngineContext } from '../engine/context.ts';
import { createGoldSource, forgetNames } from './gold.ts';
import { createImportSink } from './import-sink.ts';
import { addLink, removeLink } from './link-acts.ts';
import { layersOfNote, openNote } from './open-note.ts';
import { queries } from './queries.ts';
import { queueCorpora, queuePage, queuePlace, summary } from './queue.ts';
import { addLabel, addLinkType, changeLabel, readSchema } from './schema.ts';
import { addSpan, changeSpan, removeSpan } from './span-acts.ts';
import { setStatus } from './status-act.ts';
import type { NoteSuggestions } from './suggestions.ts';
import { writeSuggestions } from './suggestions.ts';
import { redo, undo } from './undo.ts';
import { undoState } from './undo-state.ts';

export type { GoldLink, GoldNote, GoldSpan } from '../corpus/annotation-ports.ts';
export type { NoteSuggestions, SuggestedSpan } from './suggestions.ts';
export type { TrainingNote } from './training-notes.ts';
export { readCurrentNote } from './gold.ts';
export { readTrainingNotes } from './training-notes.ts';

/** Where annotation makes itself known to corpus. */
export interface CorpusPorts {
  registerSpanSink(sink: SpanSink): void;
  registerGoldSource(source: GoldSource): void;
}

export interface AnnotationService extends AreaService<typeof annotationMethods> {
  /** Puts a model version's suggestions for some notes in the place of those it made before. */
  writeSuggestions(
    modelVersionId: number,
    notes: readonly NoteSuggestions[],
  ): { readonly notes: number; readonly spans: number };
  /** The newest event of the workspace. */
  position(): number;
  /** Notes of a corpus that people have annotated or changed after a position of the log; imports do not count. */
  notesAnnotatedSince(corpusId: number, position: number): number;
}

export function createAnnotationService(context: EngineContext, corpus: CorpusPorts): AnnotationService {
  const { db } = context;
  const gold = createGoldSource(db);
  corpus.registerSpanSink(createImportSink(context));
  corpus.registerGoldSource(gold);

  function schemaChanged<Result>(result: Result): Result {
    forgetNames(db);
    context.events.emit('schema.changed', {});
    return result;
  }

  return {
    handlers: {
      'annotation.schema': () => readSchema(db),
      'annotation.addLabel': (input) => schemaChanged(addLabel(db, input)),
      'annotation.changeLabel': (input) => schemaChanged(changeLabel(db, input)),
      'annotation.addLinkType': (input) => schemaChanged(addLinkType(db, input)),
      'annotation.corpora': () => queueCorpora(db),
      'annotation.queue': ({ offset, limit, ...filter }) => queuePage(db, filter, offset, limit),
      'annotation.place': ({ noteId, ...filter }) => queuePlace(db, filter, noteId),
      'annotation.openNote': ({ noteId }) => openNote(db, noteId, context.profile()),
      'annotation.layers': ({ noteId }) => layersOfNote(db, noteId),
      'annotation.addSpan': (input) => addSpan(context, input),
      'annotation.removeSpan': (input) => removeSpan(context, input),
      'annotation.changeSpan': (input) => changeSpan(context, input),
      'annotation.addLink': (input) => addLink(context, input),
      'annotation.removeLink': (input) => removeLink(context, input),
      'annotation.setStatus': (input) => setStatus(context, input),
      'annotation.undoState': () => undoState(db, context.profile()),
      'annotation.undo': ({ act }) => undo(context, act),
      'annotation.redo': ({ act }) => redo(context, act),
      'annotation.summary': () => summary(db),
    },
    writeSuggestions: (modelVersionId, notes) => writeSuggestions(context, modelVersionId, notes),
    position: () => gold.position(),
    notesAnnotatedSince: (corpusId, position) => queries(db).annotatedSince.get(corpusId, position)?.n ?? 0,
  };
}
