import type { ErrorKind, ScoredSpan } from '../api/training-evaluation.ts';

/** One disagreement of two readings of a note. */
export interface SpanError {
  readonly kind: ErrorKind;
  readonly gold: ScoredSpan | null;
  readonly predicted: ScoredSpan | null;
}

/** Both readings of a note, laid beside each other. Within a reading, spans do not overlap. */
export interface SpanMatching {
  /** Same bounds and same label. */
  readonly correct: readonly ScoredSpan[];
  /** In the order of the text. */
  readonly errors: readonly SpanError[];
}

function overlap(one: ScoredSpan, other: ScoredSpan): number {
  return Math.min(one.end, other.end) - Math.max(one.start, other.start);
}

/** The candidate that shares most characters with the span; on a draw the one of the same label. */
function closest(span: ScoredSpan, candidates: readonly ScoredSpan[]): ScoredSpan | null {
  let best: ScoredSpan | null = null;
  let bestOverlap = 0;
  for (const candidate of candidates) {
    const shared = overlap(span, candidate);
    if (shared <= 0) continue;
    const better =
      best === null ||
      shared > bestOverlap ||
      (shared === bestOverlap && candidate.label === span.label && best.label !== span.label);
    if (better) {
      best = candidate;
      bestOverlap = shared;
    }
  }
  return best;
}

function key(span: ScoredSpan): string {
  return `${String(span.start)}:${String(span.end)}:${span.label}`;
}

function begin(error: SpanError): number {
  return error.gold === null ? (error.predicted?.start ?? 0) : error.gold.start;
}

/**
 * Every wrong gold span gives one error, named by the predicted span that it overlaps most. A wrong predicted
 * span that no such error names gives one of its own.
 */
export function matchSpans(gold: readonly ScoredSpan[], predicted: readonly ScoredSpan[]): SpanMatching {
  const predictedKeys = new Set(predicted.map(key));
  const goldKeys = new Set(gold.map(key));
  const wrongPredicted = predicted.filter((span) => !goldKeys.has(key(span)));
  const named = new Set<ScoredSpan>();
  const correct: ScoredSpan[] = [];
  const errors: SpanError[] = [];
  for (const span of gold) {
    if (predictedKeys.has(key(span))) {
      correct.push(span);
      continue;
    }
    const partner = closest(span, wrongPredicted);
    if (partner !== null) named.add(partner);
    errors.push({ kind: kindOf(span, partner), gold: span, predicted: partner });
  }
  for (const span of wrongPredicted) {
    if (named.has(span)) continue;
    const partner = closest(span, gold);
    errors.push({ kind: kindOf(partner, span), gold: partner, predicted: span });
  }
  errors.sort((one, other) => begin(one) - begin(other));
  return { correct, errors };
}

function kindOf(gold: ScoredSpan | null, predicted: ScoredSpan | null): ErrorKind {
  if (predicted === null) return 'missed';
  if (gold === null) return 'spurious';
  return gold.label === predicted.label ? 'boundary' : 'label';
}
