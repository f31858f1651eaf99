import { describe, expect, it } from 'vitest';
import { recomputeF1 } from './recompute-f1.ts';

const table = (rows: readonly string[]): string => `${rows.join('\n')}\n`;

describe('recomputeF1', () => {
  it('counts spans strictly and tokens by label', () => {
    const figures = recomputeF1(
      table([
        'chest\tB-Disease\tB-Disease',
        'pain\tI-Disease\tO',
        '',
        'aspirin\tB-Treatment\tB-Treatment',
        'helps\tO\tB-Treatment',
        '',
      ]),
    );
    expect(figures).toMatchObject({
      sentences: 2,
      tokens: 4,
      spans: { gold: 2, predicted: 3, correct: 1 },
      labelledTokens: { gold: 3, predicted: 3, correct: 2 },
    });
    expect(figures.strictSpanF1).toBeCloseTo(0.4, 12);
    expect(figures.tokenMicroF1).toBeCloseTo(2 / 3, 12);
  });

  it('tells neighbours of one label apart, and sentences too', () => {
    const figures = recomputeF1(table(['a\tB-X\tB-X', 'b\tB-X\tI-X', '', 'c\tB-X\tB-X']));
    expect(figures.spans).toEqual({ gold: 3, predicted: 2, correct: 1 });
  });

  it('names the line that is not three columns', () => {
    expect(() => recomputeF1('a\tO\n')).toThrow('line 1');
  });
});
