import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextSort, sortRows } from './column.ts';
import { moveInTable } from './move.ts';

interface Row {
  readonly id: number;
  readonly f1: number | null;
  readonly name: string;
}
const columns = [
  { id: 'f1', title: 'F1', render: () => null, sortValue: (row: Row) => row.f1 },
  { id: 'name', title: 'Name', render: () => null, sortValue: (row: Row) => row.name },
];

it('sorts numbers as numbers, names as people count, and nothing last both ways', () => {
  const rows: Row[] = [
    { id: 1, f1: 0.7, name: 'run 10' },
    { id: 2, f1: null, name: 'run 9' },
    { id: 3, f1: 0.9, name: 'Run 1' },
  ];
  const ids = (column: string, direction: 'ascending' | 'descending') =>
    sortRows(rows, columns, { column, direction }).map(({ id }) => id);
  expect(ids('f1', 'ascending')).toEqual([1, 3, 2]);
  expect(ids('f1', 'descending')).toEqual([3, 1, 2]);
  expect(ids('name', 'ascending')).toEqual([3, 2, 1]);
  expect(ids('unknown', 'ascending')).toEqual([1, 2, 3]);
});

it('keeps equal rows in their order', () => {
  const inOrder = (values: readonly number[]): boolean => {
    const rows = values.map((f1, id) => ({ id, f1, name: '' }));
    const sorted = sortRows(rows, columns, { column: 'f1', direction: 'ascending' });
    return sorted.every((row, at) => {
      const before = sorted[at - 1];
      return before === undefined || before.f1 < row.f1 || (before.f1 === row.f1 && before.id < row.id);
    });
  };
  expect(fc.check(fc.property(fc.array(fc.integer({ min: 0, max: 3 })), inOrder)).failed).toBe(false);
});

it('goes up, down and back to the order of arrival', () => {
  const up = nextSort(null, 'f1');
  const down = nextSort(up, 'f1');
  expect([up?.direction, down?.direction, nextSort(down, 'f1')]).toEqual(['ascending', 'descending', null]);
  expect(nextSort(down, 'name')).toEqual({ column: 'name', direction: 'ascending' });
});

it('never leaves the table', () => {
  expect(moveInTable('ArrowDown', -1, 5, 3)).toBe(0);
  expect(moveInTable('ArrowUp', 0, 5, 3)).toBe(0);
  expect(moveInTable('PageDown', 3, 5, 3)).toBe(4);
  expect(moveInTable('End', 0, 5, 3)).toBe(4);
  expect(moveInTable('x', 0, 5, 3)).toBeNull();
});
