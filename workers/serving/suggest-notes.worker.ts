import { createTagger, decodeModel } from '../../crf-core/index.ts';
import type { NoteSuggestions } from '../annotation/service.ts';
import { MedspanError } from '../api/errors.ts';
import type { TaskRunner } from '../engine/context.ts';
import { predictedSpans, readArtifact } from '../registry/service.ts';
import { readNoteTexts } from './queries.ts';
import type { suggestNotesTask } from './suggest-notes.ts';
import { segment } from '../training/service.ts';

export const run: TaskRunner<typeof suggestNotesTask> = ({ artifactId, noteIds, minProbability }, thread) => {
  const db = thread.database();
  const tagger = createTagger(decodeModel(readArtifact(db, artifactId)));
  const found: NoteSuggestions[] = [];
  for (const { noteId, text, tokenOffsets } of readNoteTexts(db, noteIds)) {
    if (thread.cancelled()) throw new MedspanError('CANCELLED', 'The prediction was cancelled.');
    const spans = predictedSpans(tagger, { text, cut: segment(text, tokenOffsets) })
      .filter((span) => span.probability >= minProbability)
      .map(({ start, end, label, probability }) => ({ start, end, label, score: probability }));
    found.push({ noteId, spans });
  }
  return found;
};
