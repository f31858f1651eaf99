import { describe, expect, test } from 'vitest';
import { figureLine, figureTable, median, meetsTarget } from './figures.ts';

const base = { figure: 'open-p95-ms', unit: 'ms', better: 'lower' } as const;

describe('a line of a bench', () => {
  test('has its keys in the promised order and takes the median of its samples', () => {
    const line = figureLine('open-note', { ...base, samples: [90, 70, 110, 80], target: 100 });
    expect(JSON.stringify(line)).toBe(
      '{"bench":"open-note","figure":"open-p95-ms","value":85,"unit":"ms","better":"lower","target":100,"n":4,"min":70,"max":110}',
    );
  });

  test('of a single value ranges from it to it, with no target', () => {
    expect(figureLine('train', { ...base, value: 3 })).toMatchObject({ n: 1, min: 3, max: 3, target: null });
  });

  test('is refused when there is no number in it', () => {
    expect(() => figureLine('train', base)).toThrow(
      'the bench train reports no finite number for open-p95-ms',
    );
    expect(() => figureLine('train', { ...base, value: 1 / 0 })).toThrow('no finite number');
  });
});

test('the median of an odd and an even number of samples', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
});

test('a target is met at the very figure, from the better side', () => {
  expect(meetsTarget(figureLine('b', { ...base, value: 100, target: 100 }))).toBe(true);
  expect(meetsTarget(figureLine('b', { ...base, value: 100.1, target: 100 }))).toBe(false);
  expect(meetsTarget(figureLine('b', { ...base, better: 'higher', value: 9, target: 10 }))).toBe(false);
  expect(meetsTarget(figureLine('b', { ...base, value: 1 }))).toBeUndefined();
});

test('the table lines its columns up and says what was missed', () => {
  const lines = [
    figureLine('tag', {
      figure: 'tokens-per-second',
      unit: '1/s',
      better: 'higher',
      value: 123456.7,
      target: 200000,
    }),
    figureLine('tag', { figure: 'start-ms', unit: 'ms', better: 'lower', samples: [1.23456, 2, 3] }),
  ];
  expect(figureTable(lines).split('\n')).toEqual([
    'bench  figure              value  unit    target          range',
    'tag    tokens-per-second  123457  1/s   ≥ 200000  missed',
    'tag    start-ms                2  ms                      1.235 … 3, n = 3',
  ]);
});
