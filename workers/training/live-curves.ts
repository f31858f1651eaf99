import type { RunSeries } from '../api/training.ts';
import type { StepRecord } from './train-task.ts';

/** Curves of runs that are training now; those of ended runs are in the file. */
export interface LiveCurves {
  begin(runId: number, earlier: readonly StepRecord[]): void;
  add(runId: number, steps: readonly StepRecord[], secondsLeft: number | null): void;
  get(
    runId: number,
  ): { readonly steps: readonly StepRecord[]; readonly secondsLeft: number | null } | undefined;
  end(runId: number): void;
}

export function createLiveCurves(): LiveCurves {
  const live = new Map<number, { steps: StepRecord[]; secondsLeft: number | null }>();
  return {
    begin(runId, earlier) {
      live.set(runId, { steps: [...earlier], secondsLeft: null });
    },
    add(runId, steps, secondsLeft) {
      const curve = live.get(runId);
      if (curve === undefined) return;
      curve.steps.push(...steps);
      curve.secondsLeft = secondsLeft;
    },
    get: (runId) => live.get(runId),
    end(runId) {
      live.delete(runId);
    },
  };
}

/** The same points as columns, the way a chart wants them. */
export function toSeries(runId: number, steps: readonly StepRecord[], secondsLeft: number | null): RunSeries {
  return {
    runId,
    iterations: steps.map((step) => step.iteration),
    loss: steps.map((step) => step.loss),
    gradientNorm: steps.map((step) => step.gradientNorm),
    devF1: steps.map((step) => step.devF1),
    secondsLeft,
  };
}
