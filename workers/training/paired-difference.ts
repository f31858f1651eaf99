import type { Counts } from '../../crf-core/index.ts';
import { createRandom, pairedBootstrap, scoreOf } from '../../crf-core/index.ts';
import { MedspanError } from '../api/errors.ts';
import type { PairedDifference, ScoredSpan } from '../api/training-evaluation.ts';
import type { ReadableDatabase } from '../storage/connection.ts';
import { statement } from '../storage/statements.ts';
import { countSpans, sumCounts } from './note-counts.ts';
import { matchSpans } from './span-errors.ts';

export const pairedResamples = 2000;

/** One reading of a note against its gold. */
export interface Reading {
  readonly gold: readonly ScoredSpan[];
  readonly predicted: readonly ScoredSpan[];
}

type Triple = readonly [number, number, string];

function spans(json: string): ScoredSpan[] {
  return (JSON.parse(json) as Triple[]).map(([start, end, label]) => ({ start, end, label }));
}

/** Gold and predicted spans of every scored note of a part, by note. */
export function readReadings(
  db: ReadableDatabase,
  runId: number,
  part: 'dev' | 'test',
): ReadonlyMap<number, Reading> {
  const rows = statement<[number, string], { note_id: number; gold: string; predicted: string }>(
    db,
    'SELECT note_id, gold, predicted FROM run_prediction WHERE run_id = ? AND part = ? ORDER BY note_id',
  ).all(runId, part);
  return new Map(
    rows.map((row) => [row.note_id, { gold: spans(row.gold), predicted: spans(row.predicted) }]),
  );
}

function countReading({ gold, predicted }: Reading): Counts {
  return sumCounts(countSpans(gold, predicted, matchSpans(gold, predicted)).values());
}

/**
 * Strict span F1 of one reading minus that of the other on the notes that both cover. Notes are drawn with
 * replacement, the same ones for both sides.
 */
export function pairedDifference(
  run: ReadonlyMap<number, Reading>,
  baseline: ReadonlyMap<number, Reading>,
  part: 'dev' | 'test',
  seed: number,
): PairedDifference {
  const common = [...run.keys()].filter((noteId) => baseline.has(noteId));
  if (common.length === 0) {
    throw new MedspanError(
      'CANNOT_COMPUTE',
      `The two runs scored no ${part} note in common. Train them on the same split to compare them note by note.`,
      { part },
    );
  }
  const count = (readings: ReadonlyMap<number, Reading>) =>
    common.map((noteId) => countReading(readings.get(noteId) ?? { gold: [], predicted: [] }));
  const ours = count(run);
  const theirs = count(baseline);
  const better = pairedBootstrap(theirs, ours, createRandom(seed), pairedResamples);
  const worse = pairedBootstrap(ours, theirs, createRandom(seed), pairedResamples);
  return {
    part,
    notes: common.length,
    f1: scoreOf(sumCounts(ours)).f1,
    baselineF1: scoreOf(sumCounts(theirs)).f1,
    difference: better.difference,
    interval: [better.interval.low, better.interval.high],
    pValue: Math.min(1, 2 * Math.min(better.pValue, worse.pValue)),
    resamples: pairedResamples,
  };
}
