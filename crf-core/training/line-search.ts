/** A point along the search direction: step, value and slope. */
interface Point {
  step: number;
  value: number;
  slope: number;
}

/** Minimum of the cubic through two points with their slopes; `clip` handles the case without a minimum. */
function cubicMinimum(a: Point, b: Point): number {
  const d = b.step - a.step;
  const theta = ((a.value - b.value) * 3) / d + a.slope + b.slope;
  const s = Math.max(Math.abs(theta), Math.abs(a.slope), Math.abs(b.slope));
  const t = theta / s;
  let gamma = s * Math.sqrt(t * t - (a.slope / s) * (b.slope / s));
  if (b.step < a.step) gamma = -gamma;
  const p = gamma - a.slope + theta;
  const q = gamma - a.slope + gamma + b.slope;
  return a.step + (p / q) * d;
}

function cubicMinimumBounded(a: Point, b: Point, smallest: number, largest: number): number {
  const d = b.step - a.step;
  const theta = ((a.value - b.value) * 3) / d + a.slope + b.slope;
  const s = Math.max(Math.abs(theta), Math.abs(a.slope), Math.abs(b.slope));
  const t = theta / s;
  let gamma = s * Math.sqrt(Math.max(0, t * t - (a.slope / s) * (b.slope / s)));
  if (a.step < b.step) gamma = -gamma;
  const p = gamma - b.slope + theta;
  const q = gamma - b.slope + gamma + a.slope;
  const r = p / q;
  if (r < 0 && gamma !== 0) return b.step - r * d;
  return d > 0 ? largest : smallest;
}

/** Minimum of the parabola through a value and slope at `a` and a value at `b`. */
function quadraticMinimum(a: Point, b: Point): number {
  const d = b.step - a.step;
  return a.step + (a.slope / ((a.value - b.value) / d + a.slope) / 2) * d;
}

/** Minimum of the parabola through the slopes at two points. */
function secantMinimum(a: Point, b: Point): number {
  return b.step + (b.slope / (b.slope - a.slope)) * (a.step - b.step);
}

/** Why a line search gave up. */
export type LineSearchFailure =
  'rounding' | 'maximum-steps' | 'width-too-small' | 'step-too-small' | 'step-too-large' | 'not-descending';

/** Tolerances; the defaults are those of libLBFGS. */
export interface LineSearchOptions {
  readonly maximumSteps: number;
  readonly sufficientDecrease?: number;
  readonly curvature?: number;
}

/** Result of a line search: the accepted step and value, or why there is none. */
export interface LineSearchResult {
  readonly step: number;
  readonly value: number;
  readonly evaluations: number;
  readonly failure: LineSearchFailure | null;
}

const minimumStep = 1e-20;
const maximumStep = 1e20;
const widthTolerance = 1e-16;

/**
 * The line search of Moré and Thuente (ACM TOMS 20, 1994): finds a step with sufficient decrease and small enough
 * slope, by safeguarded cubic and quadratic interpolation inside an interval of uncertainty.
 *
 * @param probe evaluates value and slope at a step
 * @param slope slope at step 0, negative
 */
export function moreThuente(
  probe: (step: number) => { value: number; slope: number },
  value: number,
  slope: number,
  firstStep: number,
  options: LineSearchOptions,
): LineSearchResult {
  const decrease = options.sufficientDecrease ?? 1e-4;
  const curvature = options.curvature ?? 0.9;
  const result = (step: number, at: number, evaluations: number, failure: LineSearchFailure | null) => ({
    step,
    value: at,
    evaluations,
    failure,
  });
  if (!(slope < 0)) return result(0, value, 0, 'not-descending');
  let best: Point = { step: 0, value, slope };
  let other: Point = { step: 0, value, slope };
  let bracketed = false;
  let firstStage = true;
  let width = maximumStep - minimumStep;
  let previousWidth = 2 * width;
  let step = firstStep;
  const decreaseSlope = decrease * slope;
  let uncertain = false;

  for (let count = 1; ; count++) {
    let smallest: number;
    let largest: number;
    if (bracketed) {
      smallest = Math.min(best.step, other.step);
      largest = Math.max(best.step, other.step);
    } else {
      smallest = best.step;
      largest = step + 4 * (step - best.step);
    }
    step = Math.min(Math.max(step, minimumStep), maximumStep);
    if (
      (bracketed && (step <= smallest || largest <= step || options.maximumSteps <= count || uncertain)) ||
      (bracketed && largest - smallest <= widthTolerance * largest)
    ) {
      step = best.step;
    }
    const at = probe(step);
    const limit = value + step * decreaseSlope;
    if (bracketed && (step <= smallest || largest <= step || uncertain))
      return result(step, at.value, count, 'rounding');
    if (step === maximumStep && at.value <= limit && at.slope <= decreaseSlope) {
      return result(step, at.value, count, 'step-too-large');
    }
    if (step === minimumStep && (limit < at.value || decreaseSlope <= at.slope)) {
      return result(step, at.value, count, 'step-too-small');
    }
    if (bracketed && largest - smallest <= widthTolerance * largest) {
      return result(step, at.value, count, 'width-too-small');
    }
    if (at.value <= limit && Math.abs(at.slope) <= curvature * -slope)
      return result(step, at.value, count, null);
    if (options.maximumSteps <= count) return result(step, at.value, count, 'maximum-steps');

    if (firstStage && at.value <= limit && Math.min(decrease, curvature) * slope <= at.slope)
      firstStage = false;
    const trial: Point = { step, value: at.value, slope: at.slope };
    let update: IntervalUpdate;
    if (firstStage && limit < at.value && at.value <= best.value) {
      const lowered = (point: Point): Point => ({
        step: point.step,
        value: point.value - point.step * decreaseSlope,
        slope: point.slope - decreaseSlope,
      });
      update = updateInterval(lowered(best), lowered(other), lowered(trial), bracketed, smallest, largest);
      const raised = (point: Point): Point => ({
        step: point.step,
        value: point.value + point.step * decreaseSlope,
        slope: point.slope + decreaseSlope,
      });
      best = raised(update.best);
      other = raised(update.other);
    } else {
      update = updateInterval(best, other, trial, bracketed, smallest, largest);
      best = update.best;
      other = update.other;
    }
    bracketed = update.bracketed;
    uncertain = update.uncertain;
    step = update.step;
    if (bracketed) {
      if (0.66 * previousWidth <= Math.abs(other.step - best.step))
        step = best.step + 0.5 * (other.step - best.step);
      previousWidth = width;
      width = Math.abs(other.step - best.step);
    }
  }
}

interface IntervalUpdate {
  readonly best: Point;
  readonly other: Point;
  readonly step: number;
  readonly bracketed: boolean;
  readonly uncertain: boolean;
}

/** One safeguarded update of the interval of uncertainty; four cases after Moré and Thuente, section 4. */
function updateInterval(
  best: Point,
  other: Point,
  trial: Point,
  wasBracketed: boolean,
  smallest: number,
  largest: number,
): IntervalUpdate {
  const opposite = trial.slope * (best.slope / Math.abs(best.slope)) < 0;
  let bracketed = wasBracketed;
  if (bracketed) {
    const low = Math.min(best.step, other.step);
    const high = Math.max(best.step, other.step);
    if (
      trial.step <= low ||
      high <= trial.step ||
      0 <= best.slope * (trial.step - best.step) ||
      largest < smallest
    ) {
      return { best, other, step: trial.step, bracketed, uncertain: true };
    }
  }
  let bound: boolean;
  let next: number;
  if (best.value < trial.value) {
    bracketed = true;
    bound = true;
    const cubic = cubicMinimum(best, trial);
    const quadratic = quadraticMinimum(best, trial);
    next =
      Math.abs(cubic - best.step) < Math.abs(quadratic - best.step)
        ? cubic
        : cubic + 0.5 * (quadratic - cubic);
  } else if (opposite) {
    bracketed = true;
    bound = false;
    const cubic = cubicMinimum(best, trial);
    const secant = secantMinimum(best, trial);
    next = Math.abs(cubic - trial.step) > Math.abs(secant - trial.step) ? cubic : secant;
  } else if (Math.abs(trial.slope) < Math.abs(best.slope)) {
    bound = true;
    const cubic = cubicMinimumBounded(best, trial, smallest, largest);
    const secant = secantMinimum(best, trial);
    const cubicNearer = Math.abs(trial.step - cubic) < Math.abs(trial.step - secant);
    next = bracketed === cubicNearer ? cubic : secant;
  } else {
    bound = false;
    if (bracketed) next = cubicMinimum(trial, other);
    else next = best.step < trial.step ? largest : smallest;
  }
  let newBest = best;
  let newOther = other;
  if (best.value < trial.value) newOther = trial;
  else {
    if (opposite) newOther = best;
    newBest = trial;
  }
  next = Math.min(Math.max(next, smallest), largest);
  if (bracketed && bound) {
    const edge = newBest.step + 0.66 * (newOther.step - newBest.step);
    if (newBest.step < newOther.step ? edge < next : next < edge) next = edge;
  }
  return { best: newBest, other: newOther, step: next, bracketed, uncertain: false };
}
