import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { answerOpenDialog } from '../fixtures/dialogs.ts';

/** Monitoring as a person uses it: logs, the timeline, comparisons, alerts. */
export class MonitoringScreen {
  readonly page: Page;
  readonly reports: Locator;
  readonly logs: Locator;
  readonly alerts: Locator;
  readonly features: Locator;
  /** The report that is shown: its verdict is the heading. */
  readonly report: Locator;
  private readonly app: ElectronApplication;

  constructor(app: ElectronApplication, page: Page) {
    this.app = app;
    this.page = page;
    this.reports = page.getByRole('region', { name: 'Reports', exact: true }).getByRole('listitem');
    this.logs = page.getByRole('region', { name: 'Logs', exact: true });
    this.alerts = page.locator('.alert-card');
    this.features = page.getByRole('grid', { name: 'Features, most drifted first' });
    this.report = page.locator('.report');
  }

  async open(): Promise<void> {
    await this.page.evaluate(() => (window.location.hash = '#/monitoring'));
    await expect(this.page.getByRole('heading', { level: 1, name: 'Monitoring' })).toBeVisible();
  }

  async importLogs(...files: readonly string[]): Promise<void> {
    await answerOpenDialog(this.app, ...files);
    await this.page.getByRole('button', { name: 'Import logs…' }).first().click();
  }

  /** Compares one week of the logs, by its place in the choice, or all of them. */
  async compare(week: number | 'all'): Promise<void> {
    const before = await this.reports.count();
    await this.page.getByLabel('Compare', { exact: true }).selectOption({ index: week === 'all' ? 0 : week });
    await this.page.getByRole('button', { name: 'Compare with reference' }).click();
    await expect(this.reports).toHaveCount(before + 1, { timeout: 60_000 });
  }

  async verdict(): Promise<string> {
    return (await this.report.getByRole('heading', { level: 2 }).first().textContent()) ?? '';
  }
}
