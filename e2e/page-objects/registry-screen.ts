import { expect, type Locator, type Page } from '@playwright/test';

/** The registry as a person uses it: versions, gates, promotion, ledger. */
export class RegistryScreen {
  readonly page: Page;
  readonly lanes: Locator;
  readonly ledger: Locator;

  constructor(page: Page) {
    this.page = page;
    this.lanes = page.getByRole('table', { name: 'Versions and stages' });
    this.ledger = page.getByRole('region', { name: 'Entries of the ledger' });
  }

  async open(): Promise<void> {
    await this.page.evaluate(() => (window.location.hash = '#/registry'));
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText('Registry');
  }

  async register(runId: number): Promise<void> {
    await this.page.evaluate((id) => (window.location.hash = `#/registry/register/${id}`), runId);
    await this.page.getByRole('button', { name: 'Register', exact: true }).click();
    await expect(this.lanes).toBeVisible();
  }

  section(stage: 'Staging' | 'Production'): Locator {
    return this.page.getByRole('region', { name: `Gates to ${stage}` });
  }

  gate(kind: string): Locator {
    return this.page.locator(`[data-gate="${kind}"]`);
  }

  async runChecks(stage: 'Staging' | 'Production'): Promise<void> {
    await this.section(stage)
      .getByRole('button', { name: `Run the checks for ${stage}` })
      .click();
    await expect(this.section(stage).locator('[data-state="not-run"]')).toHaveCount(0, { timeout: 30_000 });
  }

  promoteButton(stage: 'Staging' | 'Production'): Locator {
    return this.section(stage).getByRole('button', { name: `Promote to ${stage}` });
  }

  async promote(stage: 'Staging' | 'Production', reason: string): Promise<void> {
    await this.section(stage).getByLabel('Reason').fill(reason);
    await this.promoteButton(stage).click();
    await expect(this.section(stage)).toContainText(`has passed into ${stage}`);
  }

  /** Answers a button that asks why. */
  async giveReason(button: Locator, reason: string): Promise<void> {
    const name = (await button.textContent()) ?? '';
    await button.click();
    const form = this.page.locator('.reason-form');
    await form.getByLabel('Reason, for the ledger').fill(reason);
    await form.getByRole('button', { name }).click();
    await expect(form).toBeHidden();
  }
}
