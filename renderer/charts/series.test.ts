import { expect, it } from 'vitest';
import { axisNumber, endsApart } from './series.ts';

it('names lines at their ends only where the names do not touch', () => {
  const line = (name: string, ...values: (number | null)[]) => ({
    name,
    points: values.map((y, x) => [x, y] as const),
  });
  expect(endsApart([line('loss', 100, 50, 10), line('dev', 100, 80, 60)])).toBe(true);
  expect(endsApart([line('loss', 100, 50, 10), line('dev', 100, 80, 15)])).toBe(false);
  expect(endsApart([line('loss', 100, 10), line('dev', 100, 60, null), line('nothing')])).toBe(true);
});

it('writes axis numbers short', () => {
  expect([0, 0.05, 250, 9400, 12_000, 3_400_000].map(axisNumber)).toEqual([
    '0',
    '0.05',
    '250',
    '9400',
    '12k',
    '3.4M',
  ]);
});
