import { expect, it } from 'vitest';
import { recompute } from './recompute-f1.ts';

const rows = (...lines: readonly string[]): string => lines.join('\n');

it('counts tokens by type and spans by bounds and type', () => {
  const text = rows(
    'flu\tB-D\tB-D',
    'and\tO\tO',
    'lung\tB-D\tB-D',
    'cancer\tI-D\tO',
    '',
    'aspirin\tB-T\tB-D',
    '',
  );
  const scores = recompute(text);
  expect(scores.tokens).toBe(5);
  // Tokens: 2 right of 4 gold and 3 predicted; spans: 1 right of 3 gold and 3 predicted.
  expect(scores.tokenMicroF1).toBeCloseTo(4 / 7, 12);
  expect(scores.strictSpanF1).toBeCloseTo(1 / 3, 12);
});

it('parts entities that touch, and begins one at a lone I-', () => {
  expect(recompute('a\tB-D\tB-D\nb\tB-D\tI-D\n').strictSpanF1).toBe(0);
  expect(recompute('a\tI-D\tB-D\nb\tI-D\tI-D\n').strictSpanF1).toBe(1);
  expect(recompute('').strictSpanF1).toBe(0);
});
