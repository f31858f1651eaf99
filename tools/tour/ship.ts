/** The second half of the tour: from a scored run to Production, its logs, an alert and a retrained candidate. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { answerSaveDialog } from '../../e2e/fixtures/dialogs.ts';
import { MonitoringScreen } from '../../e2e/page-objects/monitoring-screen.ts';
import { PipelinesScreen } from '../../e2e/page-objects/pipelines-screen.ts';
import { RegistryScreen } from '../../e2e/page-objects/registry-screen.ts';
import { giveToApp } from '../setup/unprivileged.ts';
import type { Stage } from './stage.ts';

const runFile = promisify(execFile);

export async function register({ page, shot }: Stage): Promise<void> {
  const registry = new RegistryScreen(page);
  await registry.register(1);
  await expect(registry.promoteButton('Staging')).toBeDisabled();
  await shot('registry-blocked');
}

export async function promote({ page, report, shot }: Stage): Promise<void> {
  const registry = new RegistryScreen(page);
  await registry.runChecks('Staging');
  await registry.promote('Staging', 'the gates of the tour are green');
  await shot('staging');
  await registry.runChecks('Production');
  await registry.promote('Production', 'the gates of the tour are green');
  await shot('production');
  report['promotedVersion'] = 'clinical-ner/1';
}

export async function exportBundle({ app, page, folder, report }: Stage): Promise<string> {
  const bundle = path.join(folder, 'bundle');
  await answerSaveDialog(app, bundle);
  await page.getByRole('button', { name: 'Export bundle' }).click();
  await page.getByRole('button', { name: 'Choose where and export' }).click();
  await expect(page.getByText('Manifest SHA-256')).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  report['bundlePath'] = bundle;
  return bundle;
}

/** What a hospital would do with the bundle: tag notes as they come, in plain Node, and keep the log. */
export async function tagInProduction(bundle: string, notes: string, log: string): Promise<void> {
  await runFile(process.execPath, [path.join(bundle, 'tag.mjs'), '--jsonl', '--log', log, notes], {
    maxBuffer: 1 << 28,
  });
  giveToApp(log);
}

export async function watch({ app, page, report, shot }: Stage, logs: readonly string[]): Promise<void> {
  const monitoring = new MonitoringScreen(app, page);
  await monitoring.open();
  await shot('monitoring-empty');
  await monitoring.importLogs(...logs);
  await expect(monitoring.logs.getByText(/lines/)).toHaveCount(logs.length, { timeout: 60_000 });
  const verdicts: string[] = [];
  for (const week of logs.keys()) {
    await monitoring.compare(week + 1);
    verdicts.push(await monitoring.verdict());
  }
  await shot('monitoring');
  await monitoring.report.scrollIntoViewIfNeeded();
  await shot('drift-report');
  report['driftVerdicts'] = verdicts;
  report['driftVerdict'] = verdicts.at(-1);
  report['alerts'] = await monitoring.alerts.count();
}

export async function retrain({ page, shot }: Stage, alerts: number): Promise<void> {
  const pipelines = new PipelinesScreen(page);
  await pipelines.open();
  if (alerts === 0) await pipelines.start();
  await pipelines.ended('success', 240_000);
  await pipelines.task('Validate').click();
  await expect(pipelines.log).toContainText(/waits for promotion|stays a candidate/);
  await shot('pipelines');
}

export async function comeHome({ page, report, shot }: Stage): Promise<void> {
  await page.evaluate(() => (window.location.hash = '#/serving'));
  await expect(page.getByRole('heading', { level: 1, name: 'Serving' })).toBeVisible();
  await shot('serving');
  await page.evaluate(() => (window.location.hash = '#/'));
  const kpis = page.getByRole('region', { name: 'Key figures' });
  const speed = kpis.locator('.kpi').last().locator('.stat-value');
  await expect(speed).toContainText('tokens/s', { timeout: 120_000 });
  report['tokensPerSecond'] = Number(((await speed.textContent()) ?? '').replace(/[^\d.]/g, ''));
  await expect(page.getByRole('heading', { name: 'Treatment map' })).toBeVisible();
  await shot('home');
}
