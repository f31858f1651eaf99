import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { planMonitoring, sampleLog } from '../fixtures/monitoring-workspace.ts';
import { lookAtBothThemes } from '../fixtures/look.ts';
import { expect, test } from '../fixtures/test.ts';
import { MonitoringScreen } from '../page-objects/monitoring-screen.ts';

test('logs are imported, a calm week is told from a drifted one, and the alert answered', async ({
  launch,
  folder,
}, testInfo) => {
  test.slow();
  const { page, app } = await launch({ workspace: planMonitoring(folder, { version: true }) });
  const screen = new MonitoringScreen(app, page);
  await screen.open();
  await expect(page.getByText('No prediction logs yet')).toBeVisible();

  const first = sampleLog(folder, 1);
  appendFileSync(first, '{"format":"prediction-log/1"\n');
  await screen.importLogs(first, sampleLog(folder, 3));
  await expect(screen.logs.getByText(/1 rejected/)).toBeVisible();
  await screen.logs.getByText('Rejected lines').click();
  await expect(screen.logs).toContainText(/Line \d+: .*not JSON/);
  await expect(screen.logs).toContainText('week-3.jsonl');

  await screen.compare(1);
  await expect(screen.report.getByRole('heading', { level: 2 }).first()).toHaveText(/No drift/i);
  await expect(screen.alerts).toHaveCount(0);
  await screen.compare(2);
  await expect(screen.report.getByRole('heading', { level: 2 }).first()).toHaveText(/^Drift/i);
  await expect(screen.alerts.first()).toBeVisible();

  await screen.features.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await expect(screen.features.getByRole('row', { selected: true })).toHaveCount(1);
  await lookAtBothThemes(app, page, testInfo, 'monitoring');

  const alert = screen.alerts.first();
  const alerts = await screen.alerts.count();
  await alert.getByRole('button', { name: 'Acknowledge' }).click();
  await expect(alert).toContainText('Alert, acknowledged');
  await alert.getByRole('button', { name: 'Resolve' }).click();
  await expect(screen.alerts).toHaveCount(alerts - 1);

  await page.getByRole('button', { name: 'What counts as drift' }).click();
  await page.getByLabel('Alert from a drop of F1 by').fill('25');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await screen.compare(2);
  await expect(screen.report).toContainText(/alert from 25\.0/);
  await expect(screen.alerts).toHaveCount(alerts - 1);

  // Nothing is in Production in this workspace, and an audit says so.
  await page.getByLabel('Corpus to audit').selectOption('Sample');
  await page.getByRole('button', { name: 'Audit', exact: true }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'No version is in Production' })).toBeVisible();

  await screen.logs.getByRole('button', { name: 'Remove week-3.jsonl' }).click();
  await expect(screen.logs).not.toContainText('week-3.jsonl');
});

test('a log that cannot be read says what is wrong with it', async ({ launch, folder }) => {
  const { page, app } = await launch({ workspace: planMonitoring(folder, {}) });
  const screen = new MonitoringScreen(app, page);
  await screen.open();
  const bad = [
    ['empty', '', /is empty/],
    ['binary', '\0\u0001\u0002\0\0', /holds no text/],
    ['foreign', 'hello\nworld\n', /no line of prediction-log\/1/],
  ] as const;
  for (const [name, content, message] of bad) {
    const file = path.join(folder, `${name}.jsonl`);
    writeFileSync(file, content);
    await screen.importLogs(file);
    await expect(page.locator('.monitoring-work')).toContainText(message);
  }
});
