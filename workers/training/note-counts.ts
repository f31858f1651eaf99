import type { Counts } from '../../crf-core/index.ts';
import type { ScoredSpan } from '../api/training-evaluation.ts';
import type { SpanMatching } from './span-errors.ts';

/** Counts of one note by label. */
export type LabelCounts = ReadonlyMap<string, Counts>;

interface Tally {
  truePositives: number;
  falsePositives: number;
  falseNegatives: number;
}

function at(tallies: Map<string, Tally>, label: string): Tally {
  let tally = tallies.get(label);
  if (tally === undefined) {
    tally = { truePositives: 0, falsePositives: 0, falseNegatives: 0 };
    tallies.set(label, tally);
  }
  return tally;
}

/** Strict span counts: a span is right when both bounds and the label are. */
export function countSpans(
  gold: readonly ScoredSpan[],
  predicted: readonly ScoredSpan[],
  matching: SpanMatching,
): LabelCounts {
  const tallies = new Map<string, Tally>();
  for (const span of gold) at(tallies, span.label).falseNegatives += 1;
  for (const span of predicted) at(tallies, span.label).falsePositives += 1;
  for (const span of matching.correct) {
    const tally = at(tallies, span.label);
    tally.truePositives += 1;
    tally.falseNegatives -= 1;
    tally.falsePositives -= 1;
  }
  return tallies;
}

/** The label of each token, '' outside of any span. `starts` are the tokens' first characters, rising. */
export function tokenLabels(spans: readonly ScoredSpan[], starts: Int32Array): string[] {
  const labels = new Array<string>(starts.length).fill('');
  let token = 0;
  for (const span of spans) {
    while (token < starts.length && (starts[token] ?? 0) < span.start) token += 1;
    for (; token < starts.length && (starts[token] ?? 0) < span.end; token += 1) labels[token] = span.label;
  }
  return labels;
}

/** Token counts; tokens outside of both readings count nowhere. */
export function countTokens(gold: readonly string[], predicted: readonly string[]): LabelCounts {
  const tallies = new Map<string, Tally>();
  gold.forEach((truth, index) => {
    const guess = predicted[index] ?? '';
    if (truth === guess) {
      if (truth !== '') at(tallies, truth).truePositives += 1;
      return;
    }
    if (truth !== '') at(tallies, truth).falseNegatives += 1;
    if (guess !== '') at(tallies, guess).falsePositives += 1;
  });
  return tallies;
}

const nothing: Counts = { truePositives: 0, falsePositives: 0, falseNegatives: 0 };

/** A note's counts of one label. */
export function ofLabel(counts: LabelCounts, label: string): Counts {
  return counts.get(label) ?? nothing;
}

/** Counts added up. */
export function sumCounts(all: Iterable<Counts>): Counts {
  const sum: Tally = { truePositives: 0, falsePositives: 0, falseNegatives: 0 };
  for (const counts of all) {
    sum.truePositives += counts.truePositives;
    sum.falsePositives += counts.falsePositives;
    sum.falseNegatives += counts.falseNegatives;
  }
  return sum;
}
