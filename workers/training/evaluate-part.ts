import type { Counts, Tokens } from '../../crf-core/index.ts';
import type { ErrorKind, PartEvaluation, ScoredSpan, Scores } from '../api/training-evaluation.ts';
import { createConfusionCounter } from './confusion.ts';
import type { LabelCounts } from './note-counts.ts';
import { countSpans, countTokens, sumCounts, tokenLabels } from './note-counts.ts';
import type { Bootstrap } from './score-table.ts';
import { scoreNotes, scoreTable } from './score-table.ts';
import { matchSpans } from './span-errors.ts';
import type { PlacedError, ScoredNote } from './train-task.ts';

/** A note with both readings, as scoring asks for it. */
export interface ReadNote {
  readonly noteId: number;
  readonly leaked: boolean;
  readonly tokens: Tokens;
  readonly sentences: Int32Array;
  readonly gold: readonly ScoredSpan[];
  readonly annotated: readonly ScoredSpan[];
  readonly changedSpans: number;
  readonly predicted: readonly ScoredSpan[];
}

interface Counted {
  readonly leaked: boolean;
  readonly tokens: number;
  readonly span: LabelCounts;
  readonly token: LabelCounts;
  readonly annotated: Counts;
}

/** Scores one part of a split, and lists what went wrong note by note. */
export function evaluatePart(
  part: 'dev' | 'test',
  notes: Iterable<ReadNote>,
  bootstrap: Bootstrap,
): { readonly evaluation: PartEvaluation; readonly notes: readonly ScoredNote[] } {
  const tokenConfusion = createConfusionCounter();
  const spanConfusion = createConfusionCounter();
  const errors: Record<ErrorKind, number> = { missed: 0, spurious: 0, boundary: 0, label: 0 };
  const counted: Counted[] = [];
  const scored: ScoredNote[] = [];
  let changedGoldSpans = 0;

  for (const note of notes) {
    const matching = matchSpans(note.gold, note.predicted);
    const goldLabels = tokenLabels(note.gold, note.tokens.starts);
    const predictedLabels = tokenLabels(note.predicted, note.tokens.starts);
    goldLabels.forEach((label, index) => tokenConfusion.add(label, predictedLabels[index] ?? ''));
    for (const span of matching.correct) spanConfusion.add(span.label, span.label);
    const goldSeen = new Set<ScoredSpan>();
    for (const error of matching.errors) {
      errors[error.kind] += 1;
      // The second half of a torn span has no gold span of its own.
      const gold = error.gold === null || goldSeen.has(error.gold) ? '' : error.gold.label;
      if (error.gold !== null) goldSeen.add(error.gold);
      spanConfusion.add(gold, error.predicted?.label ?? '');
    }
    const asDrawn = matchSpans(note.annotated, note.predicted);
    counted.push({
      leaked: note.leaked,
      tokens: note.tokens.starts.length,
      span: countSpans(note.gold, note.predicted, matching),
      token: countTokens(goldLabels, predictedLabels),
      annotated: sumCounts(countSpans(note.annotated, note.predicted, asDrawn).values()),
    });
    changedGoldSpans += note.changedSpans;
    scored.push({
      noteId: note.noteId,
      part,
      gold: note.gold,
      predicted: note.predicted,
      errors: matching.errors.map((error) => ({ ...error, ...sentenceOf(error, note) })),
    });
  }

  const unseen = counted.filter((note) => !note.leaked);
  const leakedNotes = counted.length - unseen.length;
  return {
    evaluation: {
      part,
      all: scoresOf(counted, bootstrap),
      leakedNotes,
      withoutLeaked: leakedNotes === 0 ? null : scoresOf(unseen, bootstrap),
      tokenConfusion: tokenConfusion.table(),
      spanConfusion: spanConfusion.table(),
      errors,
      changedGoldSpans,
      asAnnotated: scoreNotes(
        counted.map((note) => note.annotated),
        bootstrap,
      ),
    },
    notes: scored,
  };
}

function scoresOf(notes: readonly Counted[], bootstrap: Bootstrap): Scores {
  return {
    notes: notes.length,
    tokens: notes.reduce((sum, note) => sum + note.tokens, 0),
    span: scoreTable(
      notes.map((note) => note.span),
      bootstrap,
    ),
    token: scoreTable(
      notes.map((note) => note.token),
      bootstrap,
    ),
  };
}

/** Characters of the sentence in which an error begins. */
function sentenceOf(
  error: { readonly gold: ScoredSpan | null; readonly predicted: ScoredSpan | null },
  { tokens, sentences }: ReadNote,
): Pick<PlacedError, 'sentenceStart' | 'sentenceEnd'> {
  const begin = Math.min(error.gold?.start ?? Infinity, error.predicted?.start ?? Infinity);
  let low = 0;
  let high = Math.max(0, sentences.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((tokens.starts[sentences[middle] ?? 0] ?? Infinity) <= begin) low = middle;
    else high = middle - 1;
  }
  const lastToken = (sentences[low + 1] ?? 1) - 1;
  return {
    sentenceStart: tokens.starts[sentences[low] ?? 0] ?? 0,
    sentenceEnd: tokens.ends[lastToken] ?? 0,
  };
}
