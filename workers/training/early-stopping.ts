import type { BestWeights, PatienceState } from './checkpoint.ts';
import type { DevScore } from './dev-scorer.ts';

/** Watches dev F1, keeps the best weights, and says when further iterations no longer help. */
export interface EarlyStopping {
  /** Takes the score of an iteration; true when training should end. */
  see(iteration: number, score: DevScore, weights: () => BestWeights): boolean;
  readonly best: () => { readonly iteration: number; readonly weights: BestWeights } | null;
  readonly state: () => PatienceState;
}

/** `patience` iterations without a better F1 end training, but never before an entity was predicted at all. */
export function createEarlyStopping(
  patience: number,
  resumed: { readonly state: PatienceState; readonly best: BestWeights | null } | null,
): EarlyStopping {
  let { bestF1, bestIteration, sawEntity } = resumed?.state ?? {
    bestF1: 0,
    bestIteration: 0,
    sawEntity: false,
  };
  let best = resumed?.best ?? null;
  return {
    see(iteration, score, weights) {
      if (score.predicted > 0 && !sawEntity) {
        sawEntity = true;
        bestIteration = iteration;
      }
      if (score.f1 > bestF1) {
        bestF1 = score.f1;
        bestIteration = iteration;
        best = weights();
      }
      return sawEntity && iteration - bestIteration >= patience;
    },
    best: () => (best === null ? null : { iteration: bestIteration, weights: best }),
    state: () => ({ bestF1, bestIteration, sawEntity }),
  };
}
