import { CrfError } from '../errors.ts';
import type { Summation } from '../kernel/vectors.ts';
import { addScaled, dotFor } from '../kernel/vectors.ts';
import type { LineSearchFailure } from './line-search.ts';
import { moreThuente } from './line-search.ts';
import type { Objective } from './objective.ts';

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
  /** `sequential` repeats CRFsuite's rounding, to compare losses digit by digit. Default `blocked`. */
  readonly summation?: Summation | undefined;
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
  readonly loss: number;
  readonly end: number;
  readonly pastLosses: Float64Array;
  readonly curvatures: Float64Array;
  readonly x: Float64Array;
  readonly gradient: Float64Array;
  readonly direction: Float64Array;
  readonly steps: readonly Float64Array[];
  readonly differences: readonly Float64Array[];
}

/**
 * Limited-memory BFGS (Nocedal 1980) with the line search of Moré and Thuente, one iteration a call. It follows the
 * order of operations of libLBFGS, so losses agree iteration by iteration.
 */
export class Lbfgs {
  private readonly objective: Objective;
  private readonly options: Required<{ [K in keyof Omit<LbfgsOptions, 'summation'>]: number }>;
  private readonly dot: (a: Float64Array, b: Float64Array) => number;
  private readonly x: Float64Array;
  private readonly gradient: Float64Array;
  private readonly direction: Float64Array;
  private readonly previousX: Float64Array;
  private readonly previousGradient: Float64Array;
  private readonly steps: Float64Array[] = [];
  private readonly differences: Float64Array[] = [];
  private readonly curvatures: Float64Array;
  private readonly pastLosses: Float64Array;
  private iteration = 0;
  private end = 0;
  private loss = NaN;
  private ended: LbfgsStep | null = null;

  constructor(objective: Objective, start: Float64Array, options: LbfgsOptions = {}) {
    this.objective = objective;
    this.dot = dotFor(options.summation ?? 'blocked');
    this.options = {
      memories: options.memories ?? 6,
      epsilon: options.epsilon ?? 1e-5,
      period: options.period ?? 10,
      delta: options.delta ?? 1e-5,
      maximumLineSearch: options.maximumLineSearch ?? 20,
      maximumIterations: options.maximumIterations ?? 500,
    };
    for (const name of ['memories', 'maximumLineSearch', 'maximumIterations'] as const) {
      if (!Number.isInteger(this.options[name]) || this.options[name] < 1) {
        throw new CrfError('CRF_OPTION_INVALID', `${name} must be a whole number of at least 1.`, {
          option: name,
        });
      }
    }
    const size = objective.size;
    this.x = Float64Array.from(start);
    this.gradient = new Float64Array(size);
    this.direction = new Float64Array(size);
    this.previousX = new Float64Array(size);
    this.previousGradient = new Float64Array(size);
    for (let index = 0; index < this.options.memories; index++) {
      this.steps.push(new Float64Array(size));
      this.differences.push(new Float64Array(size));
    }
    this.curvatures = new Float64Array(this.options.memories);
    this.pastLosses = new Float64Array(Math.max(1, this.options.period));
  }

  /** The weights as they stand: a live view, to be copied when kept. */
  get weights(): Float64Array {
    return this.x;
  }

  private norm(vector: Float64Array): number {
    return Math.sqrt(this.dot(vector, vector));
  }

  /** Runs one iteration. After the end it returns the last result again. */
  step(): LbfgsStep {
    if (this.ended !== null) return this.ended;
    const { objective, x, gradient, direction, options } = this;
    if (this.iteration === 0) {
      this.loss = objective.evaluate(x, gradient);
      this.pastLosses[0] = this.loss;
      for (let index = 0; index < direction.length; index++) direction[index] = -gradient[index]!;
      const gradientNorm = this.norm(gradient);
      if (gradientNorm / Math.max(1, this.norm(x)) <= options.epsilon)
        return this.finish(0, 0, 'gradient', null);
      return this.search(1 / gradientNorm);
    }
    this.twoLoops();
    return this.search(1);
  }

  private search(firstStep: number): LbfgsStep {
    const { objective, x, gradient, direction, previousX, previousGradient, options } = this;
    previousX.set(x);
    previousGradient.set(gradient);
    const previousLoss = this.loss;
    const probe = (step: number): { value: number; slope: number } => {
      for (let index = 0; index < x.length; index++) x[index] = previousX[index]! + step * direction[index]!;
      const value = objective.evaluate(x, gradient);
      return { value, slope: this.dot(gradient, direction) };
    };
    const found = moreThuente(probe, this.loss, this.dot(gradient, direction), firstStep, {
      maximumSteps: options.maximumLineSearch,
    });
    if (found.failure !== null) {
      x.set(previousX);
      gradient.set(previousGradient);
      this.loss = previousLoss;
      return this.finish(this.iteration, found.evaluations, 'line-search', found.failure);
    }
    this.loss = found.value;
    this.iteration++;
    const k = this.iteration;
    const gradientNorm = this.norm(gradient);
    const weightNorm = this.norm(x);
    let reason: StopReason | null = null;
    if (gradientNorm / Math.max(1, weightNorm) <= options.epsilon) reason = 'gradient';
    if (reason === null && options.period > 0) {
      const slot = k % options.period;
      if (options.period <= k) {
        const fall = (this.pastLosses[slot]! - this.loss) / this.loss;
        if (Math.abs(fall) < options.delta) reason = 'loss';
      }
      this.pastLosses[slot] = this.loss;
    }
    if (reason === null && k >= options.maximumIterations) reason = 'iterations';
    if (reason !== null) return this.finish(k, found.evaluations, reason, null);
    this.remember();
    return this.describe(found.evaluations, gradientNorm, weightNorm, null, null);
  }

  private remember(): void {
    const s = this.steps[this.end]!;
    const y = this.differences[this.end]!;
    for (let index = 0; index < s.length; index++) {
      s[index] = this.x[index]! - this.previousX[index]!;
      y[index] = this.gradient[index]! - this.previousGradient[index]!;
    }
    this.curvatures[this.end] = this.dot(y, s);
    this.end = (this.end + 1) % this.options.memories;
  }

  /** direction = −H g by the two-loop recursion, H0 = (s·y / y·y) I. */
  private twoLoops(): void {
    const { direction, gradient, steps, differences, curvatures, options } = this;
    const m = options.memories;
    const bound = Math.min(m, this.iteration);
    for (let index = 0; index < direction.length; index++) direction[index] = -gradient[index]!;
    const alphas = new Float64Array(m);
    let slot = this.end;
    for (let count = 0; count < bound; count++) {
      slot = (slot + m - 1) % m;
      const alpha = this.dot(steps[slot]!, direction) / curvatures[slot]!;
      alphas[slot] = alpha;
      addScaled(direction, -alpha, differences[slot]!);
    }
    const newest = (this.end + m - 1) % m;
    const scale = curvatures[newest]! / this.dot(differences[newest]!, differences[newest]!);
    for (let index = 0; index < direction.length; index++) direction[index] = direction[index]! * scale;
    for (let count = 0; count < bound; count++) {
      const beta = this.dot(differences[slot]!, direction) / curvatures[slot]!;
      addScaled(direction, alphas[slot]! - beta, steps[slot]!);
      slot = (slot + 1) % m;
    }
  }

  private finish(
    iteration: number,
    evaluations: number,
    reason: StopReason,
    failure: LineSearchFailure | null,
  ): LbfgsStep {
    this.iteration = iteration;
    this.ended = this.describe(evaluations, this.norm(this.gradient), this.norm(this.x), reason, failure);
    return this.ended;
  }

  private describe(
    evaluations: number,
    gradientNorm: number,
    weightNorm: number,
    reason: StopReason | null,
    failure: LineSearchFailure | null,
  ): LbfgsStep {
    const { iteration, loss } = this;
    return { iteration, loss, gradientNorm, weightNorm, evaluations, done: reason !== null, reason, failure };
  }

  /** A copy of the state, to be continued by {@link restore} with the same bits. */
  state(): LbfgsState {
    return {
      iteration: this.iteration,
      loss: this.loss,
      end: this.end,
      pastLosses: this.pastLosses.slice(),
      curvatures: this.curvatures.slice(),
      x: this.x.slice(),
      gradient: this.gradient.slice(),
      direction: this.direction.slice(),
      steps: this.steps.map((vector) => vector.slice()),
      differences: this.differences.map((vector) => vector.slice()),
    };
  }

  /** Takes over a state. @throws CrfError CRF_CHECKPOINT_MISMATCH when it belongs to other data or settings */
  restore(state: LbfgsState): void {
    const fits =
      state.x.length === this.x.length &&
      state.steps.length === this.steps.length &&
      state.pastLosses.length === this.pastLosses.length;
    if (!fits) {
      throw new CrfError(
        'CRF_CHECKPOINT_MISMATCH',
        'The checkpoint was made with other data, templates or L-BFGS settings. Resume with the same, or start anew.',
      );
    }
    this.iteration = state.iteration;
    this.loss = state.loss;
    this.end = state.end;
    this.pastLosses.set(state.pastLosses);
    this.curvatures.set(state.curvatures);
    this.x.set(state.x);
    this.gradient.set(state.gradient);
    this.direction.set(state.direction);
    state.steps.forEach((vector, index) => this.steps[index]!.set(vector));
    state.differences.forEach((vector, index) => this.differences[index]!.set(vector));
    this.ended = null;
  }
}
