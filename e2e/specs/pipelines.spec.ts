import path from 'node:path';
import { planMonitoring } from '../fixtures/monitoring-workspace.ts';
import { checkAccessibility, expect, test } from '../fixtures/test.ts';
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

  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    for (const [width, height] of [
      [1280, 800],
      [1920, 1080],
    ] as const) {
      await app.evaluate(
        ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size[0], size[1]),
        [width, height] as const,
      );
      await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(width);
      const file = testInfo.outputPath(`pipelines-${theme}-${String(width)}.png`);
      await page.screenshot({ path: file });
      await testInfo.attach(path.basename(file), { path: file, contentType: 'image/png' });
    }
    await checkAccessibility(page);
  }
});

test('a failed run names its cause', async ({ launch, folder }) => {
  const { page } = await launch({ workspace: planMonitoring(folder, {}) });
  const screen = new PipelinesScreen(page);
  await screen.open();
  await screen.start();
  await screen.ended('failed');
  await expect(screen.log).toContainText(/No note of this corpus is annotated/);
});
