import { describe, expect, it } from 'vitest';
import { openThreads } from '../bench/thread-port.ts';
import { defaultTemplates } from '../features/default-templates.ts';
import { extract } from '../features/extract.ts';
import { Vocabulary } from '../features/vocabulary.ts';
import { createRandom } from '../metrics/random.ts';
import { checksum } from '../model/checksum.ts';
import { schemeTags } from '../text/schemes.ts';
import { createTrainer, type TrainerOptions } from '../training/trainer.ts';
import { compileKernel, moduleSource } from './build/build-kernel.ts';
import { exponential, logarithm } from './exponential.ts';
import { kernelModule } from './module.ts';

/** A made-up corpus of several blocks of sentences; no sentence is like another. */
function corpus(labels: readonly string[], sentences: number): { tokens: string[]; tags: string[] }[] {
  const random = createRandom(labels.length);
  const pick = (count: number): number => Math.floor(random() * count);
  return Array.from({ length: sentences }, () => {
    const length = 1 + pick(12);
    return {
      tokens: Array.from({ length }, () => `w${pick(90)}${'aeiou'[pick(5)]!}`),
      tags: Array.from({ length }, () => labels[pick(labels.length)]!),
    };
  });
}

function weightsHash(labels: readonly string[], options: TrainerOptions, sentences = 300): number {
  const data = extract(corpus(labels, sentences), defaultTemplates, new Vocabulary());
  const trainer = createTrainer(data, { c2: 0.1, maximumIterations: 12, scheme: 'IOBES', ...options });
  while (!trainer.step().done);
  const weights = trainer.weights();
  expect(weights.every((value) => Number.isFinite(value))).toBe(true);
  return checksum(new Uint8Array(weights.buffer));
}

describe('the kernel', () => {
  it('is built from the source beside it', async () => {
    const text = moduleSource(await compileKernel());
    const base64 = [...text.matchAll(/'([A-Za-z0-9+/=]{4,})'/g)].map(([, line]) => line).join('');
    expect(base64 === kernelModule).toBe(true);
  }, 60_000);

  const spans = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M'];
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13])(
    'gives the same bits with and without SIMD for %i labels',
    (count) => {
      const labels = schemeTags(spans, 'IO').slice(0, count);
      expect(weightsHash(labels, { simd: true }, 150)).toBe(weightsHash(labels, { simd: false }, 150));
    },
  );

  it('gives the same bits for 1, 2, 3 and 8 threads, SIMD on and off', async () => {
    const labels = schemeTags(['D', 'T'], 'IOB2');
    const expected = weightsHash(labels, {});
    for (const helpers of [1, 2, 7]) {
      const threads = openThreads(helpers);
      try {
        expect(weightsHash(labels, { threads })).toBe(expected);
        expect(weightsHash(labels, { threads, simd: false })).toBe(expected);
      } finally {
        await threads.close();
      }
    }
  }, 120_000);
});

describe('exp and log', () => {
  it('are as exact as doubles allow', () => {
    const random = createRandom(5);
    let worstExp = 0;
    let worstLog = 0;
    for (let index = 0; index < 100_000; index++) {
      const x = (random() * 2 - 1) * 700;
      worstExp = Math.max(worstExp, Math.abs(exponential(x) / Math.exp(x) - 1));
      const y = Math.exp(x / 2);
      worstLog = Math.max(
        worstLog,
        Math.abs(logarithm(y) - Math.log(y)) / Math.max(1, Math.abs(Math.log(y))),
      );
    }
    expect(worstExp).toBeLessThan(1e-15);
    expect(worstLog).toBeLessThan(4e-16);
  });

  it('hold at the edges', () => {
    expect(exponential(0)).toBe(1);
    expect(exponential(-Infinity)).toBe(exponential(-708));
    expect(exponential(1e9)).toBe(exponential(709));
    expect(exponential(NaN)).toBeNaN();
    expect(logarithm(1)).toBe(0);
    expect(logarithm(0)).toBe(-Infinity);
    expect(logarithm(-1)).toBeNaN();
    expect(logarithm(Infinity)).toBe(Infinity);
    expect(logarithm(5e-324)).toBeCloseTo(Math.log(5e-324), 9);
  });
});
