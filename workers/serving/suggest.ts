import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AnnotationService } from '../annotation/service.ts';
import type { EngineContext, JobHandle } from '../engine/context.ts';
import type { VersionRow } from '../registry/service.ts';
import { noteIds } from './queries.ts';
import { suggestNotesTask } from './suggest-notes.ts';

export interface SuggestRequest {
  readonly corpusId: number;
  readonly unannotated: boolean;
  readonly minProbability: number;
}

/** Notes that a thread predicts at a time, and that one write takes: an annotator's key waits for no more. */
const pageSize = 250;
const writeSize = 10;

/** Predicts over a corpus and writes suggestions as it goes; what was written stays when it is cancelled. */
export async function suggestOver(
  context: EngineContext,
  annotation: Pick<AnnotationService, 'writeSuggestions'>,
  version: VersionRow,
  request: SuggestRequest,
  job: Pick<JobHandle, 'signal' | 'progress'>,
): Promise<{ readonly notes: number; readonly spans: number }> {
  const ids = noteIds(context.db, request.corpusId, request.unannotated);
  let notes = 0;
  let spans = 0;
  for (let from = 0; from < ids.length; from += pageSize) {
    const page = await context.compute.run(
      suggestNotesTask,
      {
        artifactId: version.artifactId,
        noteIds: ids.slice(from, from + pageSize),
        minProbability: request.minProbability,
      },
      { signal: job.signal },
    );
    for (let at = 0; at < page.length; at += writeSize) {
      job.signal.throwIfAborted();
      const written = annotation.writeSuggestions(version.id, page.slice(at, at + writeSize));
      notes += written.notes;
      spans += written.spans;
      job.progress((from + at + writeSize) / ids.length);
      await nextTurn();
    }
  }
  return { notes, spans };
}
