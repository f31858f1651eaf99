import { tokenize, WordSet, wordsOf } from '../../crf-core/index.ts';
import { readCurrentNote, readTrainingNotes } from '../annotation/service.ts';
import type { TaskRunner, TaskThread } from '../engine/context.ts';
import type { ReadableDatabase } from '../storage/connection.ts';
import { createNoteTagger } from '../serving/service.ts';
import type { CountsByLabel } from './estimated-f1.ts';
import type { Observation } from './observation.ts';
import { observe } from './observation.ts';
import { annotatedNotes } from './queries.ts';
import type { ScoreInput, ScoreOutput, scoreTask } from './score-task.ts';
import { strictMatch } from './strict-match.ts';

interface GoldText {
  readonly text: string;
  readonly spans: readonly { readonly label: string; readonly start: number; readonly end: number }[];
}

/** How many notes lie between two reports of progress. */
const reportEvery = 20;

export const run: TaskRunner<typeof scoreTask> = (
  input: ScoreInput,
  thread: TaskThread<number>,
): ScoreOutput => {
  const db = thread.database();
  const tag = createNoteTagger(input.model, WordSet.of(trainWords(db, input.splitId)));
  const observations: Observation[] = [];
  const counted: CountsByLabel[] = [];
  const spans: { p: number; correct: boolean }[] = [];
  for (const note of notesOf(db, input)) {
    if (thread.cancelled()) break;
    const tagged = tag(note.text);
    const { correct, counts } = strictMatch(note.spans, tagged.spans);
    observations.push(observe(tagged));
    counted.push(counts);
    for (const [i, { probability }] of tagged.spans.entries()) {
      spans.push({ p: probability, correct: correct[i] === true });
    }
    if (observations.length % reportEvery === 0) thread.progress(observations.length);
  }
  return { observations, counted, spans };
};

/** The words that the model was trained on, for the share of unseen ones. */
function* trainWords(db: ReadableDatabase, splitId: number): Generator<string> {
  for (const { text } of readTrainingNotes(db, splitId, 'train')) yield* wordsOf(text, tokenize(text));
}

function* notesOf(db: ReadableDatabase, { notes, splitId }: ScoreInput): Generator<GoldText> {
  if (notes.kind === 'held-out') {
    for (const part of ['dev', 'test'] as const) {
      for (const note of readTrainingNotes(db, splitId, part)) if (!note.leaked) yield note;
    }
    return;
  }
  for (const noteId of annotatedNotes(db, notes.corpusId)) {
    const note = readCurrentNote(db, noteId);
    if (note !== null) yield note;
  }
}
