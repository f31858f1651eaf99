import { CrfError } from '../errors.ts';
import type { TagScheme, TokenSpan } from '../text/schemes.ts';
import { parseTag, readTags } from '../text/schemes.ts';

/** Counts behind a score. */
export interface Counts {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
}

/** Precision, recall and F1, with the counts they come from. A ratio over nothing is 0. */
export interface Score extends Counts {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** P = tp / (tp + fp), R = tp / (tp + fn), F1 = 2 tp / (2 tp + fp + fn). */
export function scoreOf({ truePositives, falsePositives, falseNegatives }: Counts): Score {
  const ratio = (above: number, below: number): number => (below === 0 ? 0 : above / below);
  return {
    truePositives,
    falsePositives,
    falseNegatives,
    precision: ratio(truePositives, truePositives + falsePositives),
    recall: ratio(truePositives, truePositives + falseNegatives),
    f1: ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives),
  };
}

/** One sentence's gold and predicted tags. */
export interface TaggedPair {
  readonly gold: readonly string[];
  readonly predicted: readonly string[];
}

/** Scores of a tagged collection. */
export interface Evaluation {
  /** Strict: a span counts when label and both edges agree. */
  readonly spans: { readonly micro: Score; readonly labels: Record<string, Score> };
  /** By token: does the token carry the right span label (places B, I, E, S aside)? `O` is not counted. */
  readonly tokens: { readonly micro: Score; readonly labels: Record<string, Score> };
  /** `counts[gold * n + predicted]` over `labels` (span labels and O), in tokens. */
  readonly confusion: { readonly labels: readonly string[]; readonly counts: readonly number[] };
  /** Share of all tokens, O included, with the right span label. */
  readonly tokenAccuracy: number;
}

const key = (span: TokenSpan): string => `${span.tokenStart}:${span.tokenEnd}:${span.label}`;

interface Tally {
  truePositives: number;
  falsePositives: number;
  falseNegatives: number;
}

class Tallies {
  readonly labels = new Map<string, Tally>();
  at(label: string): Tally {
    let tally = this.labels.get(label);
    if (tally === undefined) {
      tally = { truePositives: 0, falsePositives: 0, falseNegatives: 0 };
      this.labels.set(label, tally);
    }
    return tally;
  }
  result(): { micro: Score; labels: Record<string, Score> } {
    const sum = { truePositives: 0, falsePositives: 0, falseNegatives: 0 };
    const labels: Record<string, Score> = {};
    for (const [label, tally] of [...this.labels].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      sum.truePositives += tally.truePositives;
      sum.falsePositives += tally.falsePositives;
      sum.falseNegatives += tally.falseNegatives;
      labels[label] = scoreOf(tally);
    }
    return { micro: scoreOf(sum), labels };
  }
}

function checkPair({ gold, predicted }: TaggedPair, index: number): void {
  if (gold.length === predicted.length) return;
  throw new CrfError(
    'CRF_DATA_INVALID',
    `Sentence ${index + 1} has ${gold.length} gold and ${predicted.length} predicted tags. Score the same tokens.`,
  );
}

/** Strict span counts of one sentence, all labels together. */
export function spanCounts(pair: TaggedPair, scheme: TagScheme): Counts {
  const gold = new Set(readTags(pair.gold, scheme).map(key));
  const predicted = readTags(pair.predicted, scheme);
  const truePositives = predicted.filter((span) => gold.has(key(span))).length;
  return {
    truePositives,
    falsePositives: predicted.length - truePositives,
    falseNegatives: gold.size - truePositives,
  };
}

/**
 * Scores predicted tags against gold ones.
 * @throws CrfError CRF_DATA_INVALID when a sentence's tags differ in number, CRF_TAG_INVALID for a foreign tag
 */
export function evaluateTags(pairs: readonly TaggedPair[], scheme: TagScheme): Evaluation {
  const spans = new Tallies();
  const tokens = new Tallies();
  const confusion = new Map<string, number>();
  const names = new Set<string>();
  let right = 0;
  let total = 0;
  pairs.forEach((pair, index) => {
    checkPair(pair, index);
    const gold = readTags(pair.gold, scheme);
    const predicted = readTags(pair.predicted, scheme);
    const goldKeys = new Set(gold.map(key));
    const predictedKeys = new Set(predicted.map(key));
    for (const span of predicted) {
      if (goldKeys.has(key(span))) spans.at(span.label).truePositives++;
      else spans.at(span.label).falsePositives++;
    }
    for (const span of gold) if (!predictedKeys.has(key(span))) spans.at(span.label).falseNegatives++;
    pair.gold.forEach((tag, t) => {
      const truth = parseTag(tag, scheme).label;
      const guess = parseTag(pair.predicted[t]!, scheme).label;
      total++;
      if (truth !== '') names.add(truth);
      if (guess !== '') names.add(guess);
      const cell = `${truth}\t${guess}`;
      confusion.set(cell, (confusion.get(cell) ?? 0) + 1);
      if (truth === guess) {
        right++;
        if (truth !== '') tokens.at(truth).truePositives++;
        return;
      }
      if (truth !== '') tokens.at(truth).falseNegatives++;
      if (guess !== '') tokens.at(guess).falsePositives++;
    });
  });
  const labels = ['', ...[...names].toSorted()];
  return {
    spans: spans.result(),
    tokens: tokens.result(),
    confusion: {
      labels: labels.map((label) => (label === '' ? 'O' : label)),
      counts: labels.flatMap((truth) => labels.map((guess) => confusion.get(`${truth}\t${guess}`) ?? 0)),
    },
    tokenAccuracy: total === 0 ? 0 : right / total,
  };
}
