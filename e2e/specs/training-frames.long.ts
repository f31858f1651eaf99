import { watchFramesWhileTraining } from '../fixtures/frame-watch.ts';
import { expect, test } from '../fixtures/test.ts';
import { planTraining } from '../fixtures/training-workspace.ts';

// Of the long tests, because it measures: nothing else may run beside it.
test('while BeHealthy trains, frames stay short and keys reach the screen', async ({
  launch,
  folder,
  shared,
}) => {
  const workspace = planTraining(folder, { source: shared('data', 'behealthy'), frozen: true });
  const { page } = await launch({ workspace });
  const figures = await watchFramesWhileTraining(page);
  expect(figures.pressed).toBeGreaterThan(20);
  expect(figures.longShare).toBeLessThanOrEqual(0.01);
  expect(figures.keyToPaintP95).toBeLessThanOrEqual(100);
});
