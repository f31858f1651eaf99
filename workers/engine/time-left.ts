/**
 * Estimates the seconds left from fractions done: the rate of the latest steps weighs more than that of the
 * first, because work seldom goes on as fast as it began. Null until there is something to judge by.
 */
export function createEstimate(clock: () => number): (fraction: number) => number | null {
  const started = clock();
  let lastTime = started;
  let lastFraction = 0;
  let rate: number | null = null;
  return (fraction) => {
    const time = clock();
    const elapsed = time - lastTime;
    if (fraction < lastFraction) {
      lastFraction = fraction;
      lastTime = time;
      rate = null;
      return null;
    }
    if (elapsed > 0 && fraction > lastFraction) {
      const fresh = (fraction - lastFraction) / elapsed;
      rate = rate === null ? fresh : rate + 0.3 * (fresh - rate);
      lastTime = time;
      lastFraction = fraction;
    }
    if (rate === null || rate <= 0 || time - started < 500) return null;
    return Math.round((1 - fraction) / rate) / 1000;
  };
}
