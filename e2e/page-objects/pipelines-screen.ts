import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** Pipelines as a person uses them: the graph, the grid of runs, the log. */
export class PipelinesScreen {
  readonly page: Page;
  readonly graph: Locator;
  readonly runs: Locator;
  readonly log: Locator;

  constructor(page: Page) {
    this.page = page;
    this.graph = page.getByRole('group', { name: 'Tasks' });
    this.runs = page.getByRole('grid', { name: 'Runs' });
    this.log = page.locator('.task-log');
  }

  async open(): Promise<void> {
    await this.page.evaluate(() => (window.location.hash = '#/pipelines'));
    await expect(this.page.getByRole('heading', { level: 1, name: 'Pipelines' })).toBeVisible();
  }

  task(title: string): Locator {
    return this.graph.getByRole('button', { name: new RegExp(`^${title}`) });
  }

  async start(): Promise<void> {
    await this.page.getByRole('button', { name: 'Start retraining' }).first().click();
  }

  /** The newest run, once it has ended as wanted. */
  async ended(state: string, timeout = 90_000): Promise<void> {
    const cell = this.runs.getByRole('row').nth(1).getByRole('gridcell').nth(1);
    await expect(cell).toHaveText(state, { timeout });
  }
}
