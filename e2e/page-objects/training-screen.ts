import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** Training as a person uses it: the table of runs, the form of a new one, a run's page, the comparison. */
export class TrainingScreen {
  readonly page: Page;
  readonly table: Locator;
  readonly form: Locator;
  readonly scores: Locator;
  readonly errors: Locator;

  constructor(page: Page) {
    this.page = page;
    this.table = page.getByRole('grid', { name: 'Runs' });
    this.form = page.getByRole('form', { name: 'New run' });
    this.scores = page.getByRole('region', { name: 'Scores' });
    this.errors = page.getByRole('region', { name: 'Errors' });
  }

  async open(route = '/training'): Promise<void> {
    await this.page.evaluate((to) => (window.location.hash = `#${to}`), route);
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible();
  }

  row(name: string): Locator {
    return this.table.getByRole('row').filter({ hasText: name });
  }

  /** Names of the runs in the order of the table. */
  async names(): Promise<readonly string[]> {
    return this.table.getByRole('row').locator('[role="gridcell"]:nth-child(2)').allTextContents();
  }

  /** Fills a field of the form by its label. */
  async fill(label: string, value: string): Promise<void> {
    await this.form.getByLabel(label, { exact: true }).fill(value);
  }

  async start(): Promise<void> {
    const button = this.form.getByRole('button', { name: 'Start training' });
    await expect(button).toBeEnabled();
    await button.click();
    await expect(this.form).toBeHidden();
  }

  async finished(name: string, timeout = 30_000): Promise<void> {
    await expect(this.row(name)).toContainText('finished', { timeout });
  }

  /** A score of a run's page, as a number. */
  async score(table: string, label: string): Promise<number> {
    const row = this.page.getByRole('table', { name: table }).getByRole('row').filter({ hasText: label });
    return Number(await row.first().locator('.scores-f1').textContent());
  }
}
