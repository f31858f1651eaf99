import { expect, it } from 'vitest';
import { RestartBudget } from './restart-budget.ts';

it('allows so many restarts within a stretch of time and then again', () => {
  const budget = new RestartBudget(3, 60_000);
  expect([0, 1000, 2000, 3000].map((at) => budget.take(at))).toEqual([true, true, true, false]);
  expect(budget.take(60_500)).toBe(true);
});
