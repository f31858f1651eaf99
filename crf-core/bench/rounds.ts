/** How often each side is measured; MEDSPAN_BENCH_ROUNDS changes it. */
export const rounds = Math.max(1, Number(process.env['MEDSPAN_BENCH_ROUNDS'] ?? 5) || 5);

/** Seconds that some work takes by the wall clock. */
export async function secondsOf(work: () => void | Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** Report of a figure; the bench tool takes the median of the samples. */
export type Report = (figure: {
  figure: string;
  samples: readonly number[];
  unit: string;
  better: 'higher' | 'lower';
  target?: number;
}) => void;
