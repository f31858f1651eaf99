import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TagScheme } from '../text/schemes.ts';
import { legalTransitions, readTags, schemeTags } from '../text/schemes.ts';
import { Decoder } from './decoder.ts';
import { buildLattice, marginals, pathScore, viterbi } from './lattice.ts';
import { expectedSpans, spanProbability, spanTagsOf } from './span-probability.ts';

/** Every labelling of a short sentence. */
function* labellings(length: number, labels: number): Generator<number[]> {
  const total = labels ** length;
  for (let code = 0; code < total; code++) {
    const path: number[] = [];
    for (let t = 0, rest = code; t < length; t++, rest = Math.floor(rest / labels)) path.push(rest % labels);
    yield path;
  }
}

const scheme = fc.constantFrom<TagScheme>('IO', 'IOB2', 'IOBES');
const weight = fc.double({ min: -4, max: 4, noNaN: true });
const problem = fc
  .record({ scheme, length: fc.integer({ min: 1, max: 4 }) })
  .chain(({ scheme: name, length }) => {
    const tags = schemeTags(name === 'IOBES' ? ['X'] : ['X', 'Y'], name);
    return fc.record({
      scheme: fc.constant(name),
      tags: fc.constant(tags),
      length: fc.constant(length),
      scores: fc.array(weight, { minLength: length * tags.length, maxLength: length * tags.length }),
      transitions: fc.array(weight, { minLength: tags.length ** 2, maxLength: tags.length ** 2 }),
    });
  });

describe('viterbi, lattice and span probability', () => {
  it('agree with brute force over every legal labelling', () => {
    fc.assert(
      fc.property(problem, ({ scheme: name, tags, length, scores: list, transitions: pairs }) => {
        const labels = tags.length;
        const scores = Float64Array.from(list);
        const transitions = Float64Array.from(pairs);
        const legal = legalTransitions(tags, name);
        const isLegal = (path: number[]): boolean =>
          legal.start[path[0]!] === 1 &&
          legal.end[path[length - 1]!] === 1 &&
          path.every((label, t) => t === 0 || legal.allowed[path[t - 1]! * labels + label] === 1);
        let best = -Infinity;
        let partition = 0;
        const mass = new Float64Array(length * labels);
        const spans = new Map<string, number>();
        const counts = new Map<string, number>();
        for (const path of labellings(length, labels)) {
          if (!isLegal(path)) continue;
          const score = pathScore(scores, transitions, labels, path);
          best = Math.max(best, score);
          const share = Math.exp(score);
          partition += share;
          path.forEach((label, t) => (mass[t * labels + label]! += share));
          const read = readTags(
            path.map((label) => tags[label]!),
            name,
          );
          for (const { tokenStart, tokenEnd, label } of read) {
            const key = `${tokenStart} ${tokenEnd} ${label}`;
            spans.set(key, (spans.get(key) ?? 0) + share);
            counts.set(label, (counts.get(label) ?? 0) + share);
          }
        }
        const found = viterbi(scores, length, transitions, labels, legal)!;
        expect(found.score).toBeCloseTo(best, 9);
        expect(isLegal([...found.labels])).toBe(true);
        expect(pathScore(scores, transitions, labels, found.labels)).toBeCloseTo(best, 9);
        const path = new Int32Array(length);
        expect(new Decoder(transitions, labels, legal).decode(scores, length, path)).toBe(true);
        expect(path).toEqual(found.labels);
        const lattice = buildLattice(scores, length, transitions, labels, legal)!;
        expect(lattice.logPartition).toBeCloseTo(Math.log(partition), 9);
        marginals(lattice).forEach((value, index) => expect(value).toBeCloseTo(mass[index]! / partition, 9));
        for (const group of spanTagsOf(tags, name)) {
          expect(expectedSpans(lattice, group, name)).toBeCloseTo(
            (counts.get(group.label) ?? 0) / partition,
            9,
          );
          for (let from = 0; from < length; from++) {
            for (let to = from + 1; to <= length; to++) {
              const truth = (spans.get(`${from} ${to} ${group.label}`) ?? 0) / partition;
              expect(spanProbability(lattice, group, name, from, to)).toBeCloseTo(truth, 9);
            }
          }
        }
      }),
      { numRuns: 120 },
    );
  });

  it('has no path when nothing is legal', () => {
    const legal = legalTransitions(['I-X'], 'IOB2');
    expect(viterbi(new Float64Array(1), 1, new Float64Array(1), 1, legal)).toBeNull();
    expect(new Decoder(new Float64Array(1), 1, legal).decode(new Float64Array(1), 1, new Int32Array(1))).toBe(
      false,
    );
    expect(buildLattice(new Float64Array(1), 1, new Float64Array(1), 1, legal)).toBeNull();
  });

  it('stays finite over 100,000 tokens with large scores', () => {
    const length = 100_000;
    const scores = Float64Array.from({ length: length * 2 }, (_, index) => (index % 7) * 100 - 300);
    const lattice = buildLattice(scores, length, Float64Array.of(5, -5, -5, 5), 2, null)!;
    expect(Number.isFinite(lattice.logPartition)).toBe(true);
    expect(marginals(lattice).every((value) => value >= 0 && value <= 1 + 1e-12)).toBe(true);
  });
});
