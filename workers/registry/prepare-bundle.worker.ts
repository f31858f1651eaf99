import { decodeModel, parseTag, tokenize, WordSet, wordsOf } from '../../crf-core/index.ts';
import { readTrainingNotes } from '../annotation/service.ts';
import type { GoldenNote } from '../api/registry.ts';
import type { TaskRunner } from '../engine/context.ts';
import { goldenTexts } from './bundle/golden-texts.ts';
import type { prepareBundleTask } from './bundle/prepare-bundle.ts';
import { createTagText } from './gates/tag-text.ts';
import { readArtifact } from './queries.ts';

export const run: TaskRunner<typeof prepareBundleTask> = (input, thread) => {
  const db = thread.database();
  const bytes = readArtifact(db, input.artifactId);
  const model = decodeModel(bytes);
  const tag = createTagText(bytes);
  const golden = goldenTexts.map(([name, text]): GoldenNote => ({ name, text, spans: tag(text) }));
  const testNotes: GoldenNote[] = [];
  if (input.testNotes > 0) {
    for (const note of readTrainingNotes(db, input.splitId, 'test')) {
      testNotes.push({ name: `note ${String(note.noteId)}`, text: note.text, spans: tag(note.text) });
      if (testNotes.length >= input.testNotes) break;
    }
  }
  const labels = new Set(model.labels.map((tag) => parseTag(tag, model.scheme).label));
  labels.delete('');
  return {
    labels: [...labels].toSorted(),
    vocabulary: WordSet.of(trainWords()).encode(),
    golden,
    testNotes,
  };

  function* trainWords(): Generator<string> {
    for (const { text } of readTrainingNotes(db, input.splitId, 'train'))
      yield* wordsOf(text, tokenize(text));
  }
};
