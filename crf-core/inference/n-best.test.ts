import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { legalTransitions, schemeTags } from '../text/schemes.ts';
import { pathScore } from './lattice.ts';
import { bestPaths } from './n-best.ts';

const labels = 3;
const tags = schemeTags(['X'], 'IOB2');
const legal = legalTransitions(tags, 'IOB2');
const weight = fc.double({ min: -3, max: 3, noNaN: true });
const problem = fc.integer({ min: 1, max: 5 }).chain((length) =>
  fc.record({
    length: fc.constant(length),
    scores: fc.array(weight, { minLength: length * labels, maxLength: length * labels }),
    transitions: fc.array(weight, { minLength: labels * labels, maxLength: labels * labels }),
    forced: fc.array(fc.constantFrom(-1, -1, -1, 0, 1), { minLength: length, maxLength: length }),
    count: fc.integer({ min: 1, max: 12 }),
  }),
);

describe('bestPaths', () => {
  it('agrees with sorting every legal labelling, forced labels kept', () => {
    fc.assert(
      fc.property(problem, ({ length, scores: list, transitions: pairs, forced, count }) => {
        const scores = Float64Array.from(list);
        const transitions = Float64Array.from(pairs);
        const all: number[] = [];
        for (let code = 0; code < labels ** length; code++) {
          const path: number[] = [];
          for (let t = 0, rest = code; t < length; t++, rest = Math.floor(rest / labels))
            path.push(rest % labels);
          const isLegal =
            legal.start[path[0]!] === 1 &&
            legal.end[path[length - 1]!] === 1 &&
            path.every((label, t) => t === 0 || legal.allowed[path[t - 1]! * labels + label] === 1) &&
            path.every((label, t) => forced[t]! < 0 || forced[t] === label);
          if (isLegal) all.push(pathScore(scores, transitions, labels, path));
        }
        all.sort((a, b) => b - a);
        const found = bestPaths(scores, length, transitions, labels, count, { legal, forced });
        expect(found).toHaveLength(Math.min(count, all.length));
        found.forEach(({ score, labels: path }, rank) => {
          expect(score).toBeCloseTo(all[rank]!, 9);
          expect(pathScore(scores, transitions, labels, path)).toBeCloseTo(score, 9);
          path.forEach((label, t) => expect(forced[t]! < 0 || forced[t] === label).toBe(true));
        });
        expect(new Set(found.map(({ labels: path }) => path.join())).size).toBe(found.length);
      }),
    );
  });
});
