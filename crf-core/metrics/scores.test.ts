import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bootstrapF1, pairedBootstrap } from './bootstrap.ts';
import { createRandom, shuffle } from './random.ts';
import { evaluateTags, scoreOf, spanCounts } from './scores.ts';

const pairs = [
  { gold: ['B-D', 'I-D', 'O', 'B-T'], predicted: ['B-D', 'I-D', 'O', 'O'] },
  { gold: ['O', 'B-D', 'I-D'], predicted: ['O', 'B-D', 'O'] },
  { gold: ['B-T'], predicted: ['B-D'] },
];

describe('evaluateTags', () => {
  it('counts strict spans and tokens by label', () => {
    const { spans, tokens, confusion, tokenAccuracy } = evaluateTags(pairs, 'IOB2');
    expect(spans.micro).toMatchObject({ truePositives: 1, falsePositives: 2, falseNegatives: 3 });
    expect(spans.labels['D']).toMatchObject({ truePositives: 1, falsePositives: 2, falseNegatives: 1 });
    expect(spans.labels['T']).toMatchObject({ truePositives: 0, falsePositives: 0, falseNegatives: 2 });
    expect(tokens.micro).toMatchObject({ truePositives: 3, falsePositives: 1, falseNegatives: 3 });
    expect(confusion.labels).toEqual(['O', 'D', 'T']);
    expect(confusion.counts).toEqual([2, 0, 0, 1, 3, 0, 1, 1, 0]);
    expect(tokenAccuracy).toBe(5 / 8);
    expect(spans.micro.f1).toBeCloseTo(2 / 7);
  });

  it('is 0 over nothing and refuses what does not match', () => {
    expect(evaluateTags([], 'IO').spans.micro.f1).toBe(0);
    expect(() => evaluateTags([{ gold: ['O'], predicted: [] }], 'IO')).toThrow(/Sentence 1/);
  });
});

describe('bootstrap', () => {
  const documents = pairs.map((pair) => spanCounts(pair, 'IOB2'));

  it('repeats with its seed and holds the point estimate', () => {
    const many = Array.from({ length: 60 }, (_, index) => documents[index % 3]!);
    const interval = bootstrapF1(many, createRandom(1), 400);
    expect(bootstrapF1(many, createRandom(1), 400)).toEqual(interval);
    const total = scoreOf({ truePositives: 20, falsePositives: 40, falseNegatives: 60 }).f1;
    expect(interval.low).toBeLessThan(total);
    expect(interval.high).toBeGreaterThan(total);
    expect(() => bootstrapF1([], createRandom(1))).toThrow(/no document/);
  });

  it('tells a better system from the same one', () => {
    const good = documents.map(() => ({ truePositives: 2, falsePositives: 0, falseNegatives: 0 }));
    expect(pairedBootstrap(documents, good, createRandom(3), 500).pValue).toBeLessThan(0.05);
    expect(pairedBootstrap(documents, documents, createRandom(3), 500).pValue).toBe(1);
  });
});

describe('createRandom', () => {
  it('is even, repeatable and shuffles without loss', () => {
    const random = createRandom(42);
    const bins = new Array<number>(10).fill(0);
    for (let index = 0; index < 20_000; index++) bins[Math.floor(random() * 10)]!++;
    const chiSquare = bins.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
    expect(chiSquare).toBeLessThan(27.9);
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
        const shuffled = shuffle([...items], createRandom(seed));
        expect(shuffled.toSorted()).toEqual(items.toSorted());
        expect(shuffle([...items], createRandom(seed))).toEqual(shuffled);
      }),
    );
  });
});
