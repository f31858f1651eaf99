/** A non-decreasing step function from a probability as the model states it to one that holds. */
export interface Calibration {
  /** Upper ends of the steps, ascending. */
  readonly bounds: readonly number[];
  readonly values: readonly number[];
}

/**
 * Isotonic regression by pooling adjacent violators: the non-decreasing function with the least squared error on
 * (stated probability, correct or not). Needs observations whose gold is known.
 */
export function isotonicCalibration(
  observations: readonly { readonly p: number; readonly correct: boolean }[],
): Calibration {
  const sorted = [...observations].sort((a, b) => a.p - b.p);
  const blocks: { sum: number; count: number; bound: number }[] = [];
  for (const { p, correct } of sorted) {
    blocks.push({ sum: correct ? 1 : 0, count: 1, bound: p });
    for (;;) {
      const last = blocks.at(-1);
      const before = blocks.at(-2);
      if (last === undefined || before === undefined) break;
      const violates = before.sum / before.count >= last.sum / last.count || before.bound === last.bound;
      if (!violates) break;
      blocks.splice(-2, 2, {
        sum: before.sum + last.sum,
        count: before.count + last.count,
        bound: last.bound,
      });
    }
  }
  return {
    bounds: blocks.map((block) => block.bound),
    values: blocks.map((block) => block.sum / block.count),
  };
}

/** The calibrated probability; beyond the last step its value holds, and without steps nothing is changed. */
export function calibrate({ bounds, values }: Calibration, p: number): number {
  if (values.length === 0) return p;
  let low = 0;
  let high = bounds.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (p <= (bounds[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return values[low] ?? p;
}

/** Expected calibration error over ten bins of equal width: mean |stated − true| weighted by observations. */
export function expectedCalibrationError(
  observations: readonly { readonly p: number; readonly correct: boolean }[],
  calibration: Calibration | null,
): number {
  const bins = Array.from({ length: 10 }, () => ({ stated: 0, correct: 0 }));
  for (const { p, correct } of observations) {
    const stated = calibration === null ? p : calibrate(calibration, p);
    const bin = bins[Math.min(9, Math.floor(stated * 10))];
    if (bin === undefined) continue;
    bin.stated += stated;
    bin.correct += correct ? 1 : 0;
  }
  const total = Math.max(1, observations.length);
  return bins.reduce((error, bin) => error + Math.abs(bin.stated - bin.correct) / total, 0);
}
