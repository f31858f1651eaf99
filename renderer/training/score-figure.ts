import type { Figure } from '../../workers/api/common.ts';
import type { Evaluation, Score } from '../../workers/api/training-evaluation.ts';

export type Unit = 'span' | 'token';

const definitions: Readonly<Record<Unit, string>> = {
  span: 'A predicted span is right when both bounds and the label equal those of a gold span. F1 = 2 × correct / (gold + predicted).',
  token:
    'A token is right when it carries the label of the gold span around it; tokens outside of both readings are not counted. F1 = 2 × correct / (gold + predicted).',
};

/** A score as a figure that can say how it was computed. */
export function scoreFigure(
  name: string,
  unit: Unit,
  score: Score,
  evaluation: Evaluation,
  notes: number,
): Figure {
  const { resamples, seed } = evaluation.bootstrap;
  return {
    name,
    value: score.f1,
    unit: 'F1',
    interval: score.f1Interval,
    n: score.support,
    howComputed:
      `${definitions[unit]} ${String(score.correct)} correct, ${String(score.support)} gold, ` +
      `${String(score.predicted)} predicted, in ${String(notes)} notes. ` +
      `The interval draws whole notes ${String(resamples)} times with replacement (seed ${String(seed)}).`,
    trend: [],
  };
}
