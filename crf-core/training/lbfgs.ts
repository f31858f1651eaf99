import { CrfError } from '../errors.ts';
import type { LineSearchFailure } from './line-search.ts';
import { moreThuente } from './line-search.ts';
import type { TrainingSpace } from './space.ts';

/** Settings of L-BFGS; the defaults are CRFsuite's. */
export interface LbfgsOptions {
  /** Pairs of past steps and gradients kept. Default 6. */
  readonly memories?: number | undefined;
  /** Stop when ‖g‖ / max(1, ‖x‖) falls to this. Default 1e-5. */
  readonly epsilon?: number | undefined;
  /** Compare the loss with that of so many iterations ago. 0 switches the test off. Default 10. */
  readonly period?: number | undefined;
  /** Stop when the relative fall over `period` iterations is below this. Default 1e-5. */
  readonly delta?: number | undefined;
  /** Evaluations allowed in one line search. Default 20. */
  readonly maximumLineSearch?: number | undefined;
  /** Stop after so many iterations. Default 500. */
  readonly maximumIterations?: number | undefined;
}

/** Why training ended. */
export type StopReason = 'gradient' | 'loss' | 'iterations' | 'line-search' | 'stopped';

/** What one iteration did. */
export interface LbfgsStep {
  readonly iteration: number;
  readonly loss: number;
  readonly gradientNorm: number;
  readonly weightNorm: number;
  readonly evaluations: number;
  readonly done: boolean;
  readonly reason: StopReason | null;
  readonly failure: LineSearchFailure | null;
}

/** Everything L-BFGS remembers between two iterations: enough to go on with the same bits. */
export interface LbfgsState {
  readonly iteration: number;
  readonly end: number;
  readonly loss: number;
  readonly gradientSquare: number;
  readonly weightSquare: number;
  readonly pastLosses: Float64Array;
  readonly curvatures: Float64Array;
  /** x, previous x, gradient, previous gradient, direction, steps, differences. */
  readonly vectors: readonly Float64Array[];
}

/** Checked settings with their defaults. */
export function lbfgsSettings(options: LbfgsOptions): Required<{ [K in keyof LbfgsOptions]: number }> {
  const settings = {
    memories: options.memories ?? 6,
    epsilon: options.epsilon ?? 1e-5,
    period: options.period ?? 10,
    delta: options.delta ?? 1e-5,
    maximumLineSearch: options.maximumLineSearch ?? 20,
    maximumIterations: options.maximumIterations ?? 500,
  };
  const check = (name: keyof typeof settings, fits: boolean, wanted: string): void => {
    if (!fits) throw new CrfError('CRF_OPTION_INVALID', `${name} must be ${wanted}.`, { option: name });
  };
  for (const name of ['memories', 'maximumLineSearch', 'maximumIterations'] as const) {
    check(name, Number.isInteger(settings[name]) && settings[name] >= 1, 'a whole number of at least 1');
  }
  check('period', Number.isInteger(settings.period) && settings.period >= 0, 'a whole number of at least 0');
  for (const name of ['epsilon', 'delta'] as const) {
    check(name, settings[name] >= 0 && Number.isFinite(settings[name]), 'a finite number of at least 0');
  }
  return settings;
}

/**
 * Limited-memory BFGS (Nocedal 1980) with the line search of Moré and Thuente, one iteration a call. It follows the
 * order of operations of libLBFGS, so losses agree iteration by iteration.
 */
export class Lbfgs {
  private readonly space: TrainingSpace;
  private readonly options: ReturnType<typeof lbfgsSettings>;
  private readonly curvatures: Float64Array;
  private readonly pastLosses: Float64Array;
  private iteration = 0;
  private end = 0;
  private loss = NaN;
  private ended: LbfgsStep | null = null;

  constructor(space: TrainingSpace, options: LbfgsOptions = {}) {
    this.space = space;
    this.options = lbfgsSettings(options);
    this.curvatures = new Float64Array(this.options.memories);
    this.pastLosses = new Float64Array(Math.max(1, this.options.period));
  }

  /** Runs one iteration. After the end it returns the last result again. */
  step(): LbfgsStep {
    if (this.ended !== null) return this.ended;
    const { space, options } = this;
    if (this.iteration === 0) {
      this.loss = space.evaluate().value;
      this.pastLosses[0] = this.loss;
      const gradientNorm = Math.sqrt(space.gradientSquare);
      if (gradientNorm / Math.max(1, Math.sqrt(space.weightSquare)) <= options.epsilon) {
        return this.finish(0, 'gradient', null);
      }
      space.steepest();
      return this.search(1 / gradientNorm, -space.gradientSquare);
    }
    return this.search(1, this.twoLoops());
  }

  private search(firstStep: number, slope: number): LbfgsStep {
    const { space, options } = this;
    const before = { loss: this.loss, gradient: space.gradientSquare, weights: space.weightSquare };
    space.advance();
    const found = moreThuente((step) => space.probe(step), this.loss, slope, firstStep, {
      maximumSteps: options.maximumLineSearch,
    });
    if (found.failure !== null) {
      space.advance();
      space.gradientSquare = before.gradient;
      space.weightSquare = before.weights;
      return this.finish(found.evaluations, 'line-search', found.failure);
    }
    this.loss = found.value;
    this.iteration++;
    const k = this.iteration;
    let reason: StopReason | null = null;
    if (Math.sqrt(space.gradientSquare) / Math.max(1, Math.sqrt(space.weightSquare)) <= options.epsilon) {
      reason = 'gradient';
    }
    if (reason === null && options.period > 0) {
      const slot = k % options.period;
      if (options.period <= k) {
        const fall = (this.pastLosses[slot]! - this.loss) / this.loss;
        if (Math.abs(fall) < options.delta) reason = 'loss';
      }
      this.pastLosses[slot] = this.loss;
    }
    if (reason === null && k >= options.maximumIterations) reason = 'iterations';
    if (reason !== null) return this.finish(found.evaluations, reason, null);
    return this.describe(found.evaluations, null, null);
  }

  /** direction = −H g by the two-loop recursion, H0 = (s·y / y·y) I. @returns the slope g·d */
  private twoLoops(): number {
    const { space, curvatures, options } = this;
    const m = options.memories;
    const newest = this.end;
    const { ys, yy, next } = space.remember(newest);
    curvatures[newest] = ys;
    this.end = (newest + 1) % m;
    const bound = Math.min(m, this.iteration);
    const alphas = new Float64Array(m);
    let slot = newest;
    let product = next;
    for (let count = 0; ; count++) {
      alphas[slot] = product / curvatures[slot]!;
      const older = (slot + m - 1) % m;
      const last = count === bound - 1;
      product = space.addToDirection(
        -alphas[slot]!,
        space.differenceVector(slot),
        last ? space.differenceVector(slot) : space.stepVector(older),
      );
      if (last) break;
      slot = older;
    }
    product = space.scaleDirection(ys / yy, space.differenceVector(slot));
    for (let count = 0; count < bound; count++) {
      const beta = product / curvatures[slot]!;
      const newer = (slot + 1) % m;
      product = space.addToDirection(
        alphas[slot]! - beta,
        space.stepVector(slot),
        count === bound - 1 ? -1 : space.differenceVector(newer),
      );
      slot = newer;
    }
    return product;
  }

  private finish(evaluations: number, reason: StopReason, failure: LineSearchFailure | null): LbfgsStep {
    this.ended = this.describe(evaluations, reason, failure);
    this.space.release();
    return this.ended;
  }

  private describe(
    evaluations: number,
    reason: StopReason | null,
    failure: LineSearchFailure | null,
  ): LbfgsStep {
    return {
      iteration: this.iteration,
      loss: this.loss,
      gradientNorm: Math.sqrt(this.space.gradientSquare),
      weightNorm: Math.sqrt(this.space.weightSquare),
      evaluations,
      done: reason !== null,
      reason,
      failure,
    };
  }

  /** The state, as views: copy what is kept. */
  state(): LbfgsState {
    return {
      iteration: this.iteration,
      end: this.end,
      loss: this.loss,
      gradientSquare: this.space.gradientSquare,
      weightSquare: this.space.weightSquare,
      pastLosses: this.pastLosses,
      curvatures: this.curvatures,
      vectors: this.space.allVectors,
    };
  }

  /** Takes over a state. @throws CrfError CRF_CHECKPOINT_MISMATCH when it belongs to other data or settings */
  restore(state: LbfgsState): void {
    const vectors = this.space.allVectors;
    const fits =
      state.vectors.length === vectors.length &&
      state.vectors.every((vector) => vector.length === this.space.size) &&
      state.curvatures.length === this.curvatures.length &&
      state.pastLosses.length === this.pastLosses.length;
    if (!fits) {
      throw new CrfError(
        'CRF_CHECKPOINT_MISMATCH',
        'The checkpoint was made with other data, templates or L-BFGS settings. Resume with the same, or start anew.',
      );
    }
    this.iteration = state.iteration;
    this.end = state.end;
    this.loss = state.loss;
    this.space.gradientSquare = state.gradientSquare;
    this.space.weightSquare = state.weightSquare;
    this.pastLosses.set(state.pastLosses);
    this.curvatures.set(state.curvatures);
    state.vectors.forEach((vector, index) => vectors[index]!.set(vector));
    this.ended = null;
  }
}
