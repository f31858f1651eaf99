import type { CountsByLabel } from './estimated-f1.ts';

interface LabelledSpan {
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

const keyOf = ({ label, start, end }: LabelledSpan): string => `${start}:${end}:${label}`;

/** Which predicted spans are gold to the character and label, and the counts by label that follow. */
export function strictMatch(
  gold: readonly LabelledSpan[],
  predicted: readonly LabelledSpan[],
): { readonly correct: readonly boolean[]; readonly counts: CountsByLabel } {
  const wanted = new Set(gold.map(keyOf));
  const correct = predicted.map((span) => wanted.has(keyOf(span)));
  const counts: Record<string, { truePositives: number; predicted: number; gold: number }> = {};
  const of = (label: string) => (counts[label] ??= { truePositives: 0, predicted: 0, gold: 0 });
  // Spans that stand twice in the gold count once: the chain can say a thing only once.
  for (const key of wanted) of(key.split(':').slice(2).join(':')).gold += 1;
  for (const [i, span] of predicted.entries()) {
    of(span.label).predicted += 1;
    if (correct[i] === true) of(span.label).truePositives += 1;
  }
  return { correct, counts };
}
