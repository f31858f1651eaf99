import { describe, expect, it } from 'vitest';
import { isotonicCalibration } from './calibration.ts';
import type { Reference } from './drift-report.ts';
import { collectFeatures, compareWindows } from './drift-report.ts';
import type { CountsByLabel } from './estimated-f1.ts';
import { f1WithInterval } from './estimated-f1.ts';
import type { Observation } from './observation.ts';

/** Mulberry32: small and good enough to draw test data. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

interface World {
  /** Mean of a note feature. */
  readonly length: number;
  /** Probability that a predicted span is right, which the model states truthfully. */
  readonly confidence: number;
}

/** Notes whose spans are right exactly as often as their stated probability says. */
function draw(
  world: World,
  notes: number,
  random: () => number,
): { observations: Observation[]; counted: CountsByLabel[] } {
  const observations: Observation[] = [];
  const counted: CountsByLabel[] = [];
  for (let i = 0; i < notes; i += 1) {
    const spans = Array.from({ length: 4 }, () => ({
      label: 'Disease',
      p: Math.min(1, Math.max(0, world.confidence + 0.2 * (random() - 0.5))),
    }));
    const truePositives = spans.filter(({ p }) => random() < p).length;
    const missed = random() < 1 - world.confidence ? 1 : 0;
    const gold = truePositives + missed;
    observations.push({
      features: {
        length: world.length * (0.5 + random()),
        meanSpanProbability: world.confidence + 0.1 * random(),
      },
      spans,
      expectedGold: { Disease: spans.reduce((sum, { p }) => sum + p, 0) + (1 - world.confidence) },
    });
    counted.push({ Disease: { truePositives, predicted: spans.length, gold } });
  }
  return { observations, counted };
}

function referenceOf(world: World): Reference {
  const random = generator(7);
  const { observations, counted } = draw(world, 600, random);
  return {
    features: collectFeatures(observations),
    performance: {
      f1: f1WithInterval(counted, random),
      calibration: { spans: isotonicCalibration([]), goldScale: {} },
      calibrationError: { before: 0, after: 0 },
    },
  };
}

const settings = { dropThreshold: 0.1, minimumNotes: 30, effectFloor: 0.1 };
const healthy: World = { length: 500, confidence: 0.85 };

describe('compareWindows', () => {
  it('finds nothing where nothing changed, and estimates F1 within its interval', () => {
    const { observations, counted } = draw(healthy, 400, generator(8));
    const comparison = compareWindows(referenceOf(healthy), observations, settings, generator(1));
    const real = f1WithInterval(counted, generator(1)).f1;
    expect(comparison.verdict).toBe('no-drift');
    expect(Math.abs((comparison.estimatedF1?.f1 ?? 0) - real)).toBeLessThan(0.03);
    expect(Math.abs(comparison.relativeDrop ?? 1)).toBeLessThan(0.05);
  });

  it('sees longer notes and a less certain model, and names the drop', () => {
    const { observations, counted } = draw({ length: 900, confidence: 0.55 }, 400, generator(9));
    const comparison = compareWindows(referenceOf(healthy), observations, settings, generator(1));
    const real = f1WithInterval(counted, generator(1)).f1;
    expect(comparison.verdict).toBe('drift');
    expect(
      comparison.features.filter(({ verdict }) => verdict === 'drift').map(({ feature }) => feature),
    ).toEqual(expect.arrayContaining(['length', 'meanSpanProbability']));
    expect(Math.abs((comparison.estimatedF1?.f1 ?? 0) - real)).toBeLessThan(0.03);
    expect(comparison.relativeDrop).toBeGreaterThan(0.1);
  });

  it('gives no verdict from too few notes', () => {
    const { observations } = draw({ length: 900, confidence: 0.5 }, 29, generator(10));
    const comparison = compareWindows(referenceOf(healthy), observations, settings, generator(1));
    expect(comparison.verdict).toBe('not-enough-data');
    expect(comparison.estimatedF1).toBeNull();
    expect(comparison.features.every(({ verdict }) => verdict === 'not-enough-data')).toBe(true);
    expect(comparison.statement).toMatch(/at least 30/);
  });

  it('raises a false alarm in at most 6 % of windows without drift', () => {
    const reference = referenceOf(healthy);
    let alarms = 0;
    for (let i = 0; i < 200; i += 1) {
      const { observations } = draw(healthy, 60, generator(1000 + i));
      const { verdict } = compareWindows(reference, observations, settings, generator(1));
      if (verdict === 'drift') alarms += 1;
    }
    expect(alarms).toBeLessThanOrEqual(12);
  });
});
