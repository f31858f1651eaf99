import { expect, it } from 'vitest';
import { joinSeries, toCsv } from './chart-data.ts';

it('joins series by x and leaves gaps empty', () => {
  const table = joinSeries('Iteration', [
    {
      name: 'loss',
      points: [
        [1, 9],
        [2, 4],
        [3, 2],
      ],
    },
    {
      name: 'dev F1',
      points: [
        [2, 0.5],
        [10, 0.7],
      ],
    },
  ]);
  expect(table).toEqual({
    columns: ['Iteration', 'loss', 'dev F1'],
    rows: [
      [1, 9, null],
      [2, 4, 0.5],
      [3, 2, null],
      [10, null, 0.7],
    ],
  });
});

it('quotes what CSV must quote and defuses what a spreadsheet would run', () => {
  const csv = toCsv({
    columns: ['Name, unit', 'Value'],
    rows: [
      ['=1+1', 2],
      ['says "x"', null],
      ['a\nb', -3],
    ],
  });
  expect(csv).toBe('"Name, unit",Value\r\n\'=1+1,2\r\n"says ""x""",\r\n"a\nb",-3\r\n');
});
