import { tokenize, WordSet, wordsOf } from '../../crf-core/index.ts';
import { readTrainingNotes } from '../annotation/service.ts';
import type { TaskRunner } from '../engine/context.ts';
import type { vocabularyTask } from './vocabulary.ts';

export const run: TaskRunner<typeof vocabularyTask> = ({ splitId }, thread) => {
  const db = thread.database();
  return WordSet.of(words()).encode();

  function* words(): Generator<string> {
    for (const { text } of readTrainingNotes(db, splitId, 'train')) yield* wordsOf(text, tokenize(text));
  }
};
