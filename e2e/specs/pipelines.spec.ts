import { planMonitoring } from '../fixtures/monitoring-workspace.ts';
import { lookAtBothThemes } from '../fixtures/look.ts';
import { expect, test } from '../fixtures/test.ts';
import { PipelinesScreen } from '../page-objects/pipelines-screen.ts';

test('retraining is started, cancelled, resumed, and a task run again', async ({
  launch,
  folder,
}, testInfo) => {
  test.slow();
  const { page, app } = await launch({ workspace: planMonitoring(folder, { notes: true }) });
  const screen = new PipelinesScreen(page);
  await screen.open();
  await expect(page.getByText('No runs yet')).toBeVisible();

  await page.getByText('Start after newly annotated notes').click();
  await expect(page.getByLabel('Newly annotated notes', { exact: true })).toHaveValue('100');
  await page.getByText('Start after newly annotated notes').click();
  await expect(page.getByLabel('Newly annotated notes', { exact: true })).toHaveCount(0);

  await screen.start();
  await page.getByRole('button', { name: 'Cancel run' }).click();
  await screen.ended('cancelled');
  await page.getByRole('button', { name: 'Resume run' }).click();
  await screen.ended('success');

  await screen.task('Evaluate').click();
  await screen.log.getByRole('button', { name: 'Run from here again' }).click();
  await expect(screen.log.getByRole('region', { name: 'Try 2' })).toBeVisible();
  await screen.ended('success');

  await lookAtBothThemes(app, page, testInfo, 'pipelines');
});

test('a failed run names its cause', async ({ launch, folder }) => {
  const { page } = await launch({ workspace: planMonitoring(folder, {}) });
  const screen = new PipelinesScreen(page);
  await screen.open();
  await screen.start();
  await screen.ended('failed');
  await expect(screen.log).toContainText(/No note of this corpus is annotated/);
});
