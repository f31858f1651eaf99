import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isotonicCalibration, calibrate } from './calibration.ts';
import { jensenShannonDistance, populationStabilityIndex } from './divergence.ts';
import { benjaminiHochberg } from './false-discovery.ts';
import { sharedHistogram } from './histogram.ts';
import { asymptoticPValue, exactPValue, kolmogorovSmirnov } from './kolmogorov-smirnov.ts';

/** The generator behind the published golden values: 31-bit linear congruential, as u in [0, 1). */
function generator(seed: number): () => number {
  let state = BigInt(seed);
  return () => {
    state = (1103515245n * state + 12345n) % 2147483648n;
    return Number(state) / 2147483648;
  };
}

function sample(seed: number, count: number, shift: number): number[] {
  const next = generator(seed);
  return Array.from({ length: count }, () => Math.round((10 * next() + shift) * 1e4) / 1e4);
}

const reference = sample(1, 200, 0);
const current = sample(2, 150, 1);

describe('golden values', () => {
  it('draws the published samples', () => {
    expect(reference.slice(0, 3)).toEqual([5.1387, 1.7574, 3.0865]);
    expect(current.slice(0, 3)).toEqual([1.2773, 7.9633, 4.1249]);
  });

  it('gives the published KS statistic and exact p-value', () => {
    const { statistic, pValue } = kolmogorovSmirnov(reference, current);
    expect(statistic).toBeCloseTo(0.145, 12);
    expect(pValue).toBeCloseTo(0.0498462607, 9);
  });

  it('gives the published PSI and Jensen–Shannon distance over ten bins', () => {
    const histogram = sharedHistogram(reference, current);
    expect(histogram.reference).toHaveLength(10);
    expect(populationStabilityIndex(histogram.reference, histogram.current)).toBeCloseTo(0.3303572654, 9);
    expect(jensenShannonDistance(histogram.reference, histogram.current)).toBeCloseTo(0.1855121922, 9);
  });

  it('gives the published values for categories', () => {
    const shares = (counts: readonly number[]): number[] => {
      const total = counts.reduce((a, b) => a + b);
      return counts.map((count) => count / total);
    };
    const p = shares([50, 30, 120]);
    const q = shares([25, 45, 80]);
    expect(populationStabilityIndex(p, q)).toBeCloseTo(0.1456130385, 9);
    expect(jensenShannonDistance(p, q)).toBeCloseTo(0.1338591975, 9);
    const unseen = [shares([50, 30, 120, 0]), shares([25, 45, 75, 5])] as const;
    expect(populationStabilityIndex(...unseen)).toBeCloseTo(0.3490501772, 9);
    expect(jensenShannonDistance(...unseen)).toBeCloseTo(0.1754013899, 9);
  });

  it('comes close to the exact p-value where it must approximate', () => {
    expect(asymptoticPValue(0.091, 1000, 500)).toBeCloseTo(0.00742, 5);
    expect(exactPValue(0.091, 1000, 500)).toBeCloseTo(0.00782, 5);
  });
});

describe('kolmogorovSmirnov', () => {
  it('counts orderings as brute force does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), fc.nat(), (n, m, pick) => {
        const distances = orderings(n, m).map((ordering) => distance(ordering, n, m));
        const d = distances[pick % distances.length] ?? 0;
        const share = distances.filter((other) => other >= d - 1e-9).length / distances.length;
        expect(exactPValue(d, n, m)).toBeCloseTo(share, 10);
      }),
    );
  });

  it('sees no distance between equal samples', () => {
    expect(kolmogorovSmirnov([1, 2, 3], [3, 1, 2])).toEqual({ statistic: 0, pValue: 1 });
  });
});

describe('sharedHistogram', () => {
  it('loses no observation', () => {
    const values = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(values, values, (a, b) => {
        const { reference: p, current: q, edges } = sharedHistogram(a, b);
        for (const shares of [p, q]) expect(shares.reduce((x, y) => x + y)).toBeCloseTo(1, 9);
        expect(edges).toHaveLength(p.length + 1);
      }),
    );
  });
});

describe('benjaminiHochberg', () => {
  it('adjusts the textbook example', () => {
    const adjusted = benjaminiHochberg([0.01, 0.04, 0.03, 0.005]);
    expect(adjusted.map((q) => Number(q.toFixed(4)))).toEqual([0.02, 0.04, 0.04, 0.02]);
  });
});

describe('isotonicCalibration', () => {
  it('never decreases, keeps the mean, and is the identity without data', () => {
    const observation = fc.record({ p: fc.double({ min: 0, max: 1, noNaN: true }), correct: fc.boolean() });
    fc.assert(
      fc.property(fc.array(observation, { minLength: 1, maxLength: 60 }), (observations) => {
        const calibration = isotonicCalibration(observations);
        const at = observations.map(({ p }) => p).sort((a, b) => a - b);
        const values = at.map((p) => calibrate(calibration, p));
        for (let i = 1; i < values.length; i += 1)
          expect(values[i]).toBeGreaterThanOrEqual(values[i - 1] ?? 0);
        const correct = observations.filter((o) => o.correct).length;
        expect(values.reduce((a, b) => a + b)).toBeCloseTo(correct, 8);
      }),
    );
    expect(calibrate({ bounds: [], values: [] }, 0.3)).toBe(0.3);
  });
});

function orderings(n: number, m: number): string[] {
  if (n === 0) return ['b'.repeat(m)];
  if (m === 0) return ['a'.repeat(n)];
  return [...orderings(n - 1, m).map((rest) => `a${rest}`), ...orderings(n, m - 1).map((rest) => `b${rest}`)];
}

function distance(ordering: string, n: number, m: number): number {
  let i = 0;
  let j = 0;
  let largest = 0;
  for (const letter of ordering) {
    if (letter === 'a') i += 1;
    else j += 1;
    largest = Math.max(largest, Math.abs(i / n - j / m));
  }
  return largest;
}
