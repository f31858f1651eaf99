import type { Counts } from '../../crf-core/index.ts';
import { bootstrapF1, createRandom, scoreOf } from '../../crf-core/index.ts';
import type { Score, ScoreTable } from '../api/training-evaluation.ts';
import type { LabelCounts } from './note-counts.ts';
import { ofLabel, sumCounts } from './note-counts.ts';

/** Behind every interval of a run. */
export interface Bootstrap {
  readonly resamples: number;
  readonly seed: number;
}

/** Score of some counts, one entry a note. */
export function scoreNotes(notes: readonly Counts[], bootstrap: Bootstrap): Score {
  const sum = sumCounts(notes);
  const { precision, recall, f1 } = scoreOf(sum);
  // A note without anything to find or found says nothing about F1, but it is drawn like any other.
  const interval =
    notes.length < 2 ? null : bootstrapF1(notes, createRandom(bootstrap.seed), bootstrap.resamples);
  return {
    precision,
    recall,
    f1,
    f1Interval: interval === null ? null : [interval.low, interval.high],
    support: sum.truePositives + sum.falseNegatives,
    predicted: sum.truePositives + sum.falsePositives,
    correct: sum.truePositives,
  };
}

/** All labels pooled, and each by itself in the order of the alphabet. */
export function scoreTable(notes: readonly LabelCounts[], bootstrap: Bootstrap): ScoreTable {
  const labels = [...new Set(notes.flatMap((note) => [...note.keys()]))].sort();
  return {
    micro: scoreNotes(
      notes.map((note) => sumCounts(note.values())),
      bootstrap,
    ),
    perLabel: labels.map((label) => ({
      label,
      ...scoreNotes(
        notes.map((note) => ofLabel(note, label)),
        bootstrap,
      ),
    })),
  };
}
