import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScoredSpan } from '../api/training-evaluation.ts';
import { matchSpans } from './span-errors.ts';

const span = (start: number, end: number, label = 'Disease'): ScoredSpan => ({ start, end, label });

describe('matchSpans', () => {
  it('names the four ways to be wrong', () => {
    const gold = [span(0, 5), span(10, 20), span(30, 40), span(50, 60)];
    const predicted = [span(0, 5), span(10, 15), span(30, 40, 'Treatment'), span(70, 75)];
    const { correct, errors } = matchSpans(gold, predicted);
    expect(correct).toEqual([span(0, 5)]);
    expect(errors.map((error) => error.kind)).toEqual(['boundary', 'label', 'missed', 'spurious']);
  });

  it('gives each gold span that one long prediction swallows an error of its own', () => {
    const { errors } = matchSpans([span(0, 4), span(5, 9)], [span(0, 9)]);
    expect(errors.map((error) => [error.kind, error.gold?.start])).toEqual([
      ['boundary', 0],
      ['boundary', 5],
    ]);
  });

  it('counts the second half of a torn span as a boundary error, not as spurious', () => {
    const { errors } = matchSpans([span(0, 9)], [span(0, 6), span(7, 9)]);
    expect(errors.map((error) => [error.kind, error.predicted?.start])).toEqual([
      ['boundary', 0],
      ['boundary', 7],
    ]);
  });

  const chain = fc
    .array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 4 }), fc.constantFrom('Disease', 'Treatment')))
    .map((steps) => {
      let at = 0;
      return steps.map(([gap, length, label]) => {
        const start = at + gap;
        at = start + length;
        return span(start, at, label);
      });
    });

  it('accounts for every span of both readings exactly once, but for shared partners', () => {
    fc.assert(
      fc.property(chain, chain, (gold, predicted) => {
        const { correct, errors } = matchSpans(gold, predicted);
        const wrongGold = new Set(errors.flatMap((error) => (error.gold === null ? [] : [error.gold])));
        const wrongPredicted = new Set(
          errors.flatMap((error) => (error.predicted === null ? [] : [error.predicted])),
        );
        const exact = predicted.filter((one) =>
          gold.some(
            (other) => other.start === one.start && other.end === one.end && other.label === one.label,
          ),
        );
        expect(correct).toHaveLength(exact.length);
        expect(correct.length + [...wrongGold].filter((one) => !correct.includes(one)).length).toBe(
          gold.length,
        );
        expect(correct.length + wrongPredicted.size).toBe(predicted.length);
      }),
    );
  });
});
