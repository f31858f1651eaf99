import { expect, type Locator, type Page } from '@playwright/test';

/** The serving screen as a person uses it. */
export class ServingScreen {
  readonly page: Page;
  readonly text: Locator;
  readonly spans: Locator;
  readonly pairs: Locator;

  constructor(page: Page) {
    this.page = page;
    this.text = page.getByLabel('Text of a note; it is not stored');
    this.spans = page.getByRole('table', { name: 'Predicted spans' }).locator('tbody tr');
    this.pairs = page.locator('.pair-table');
  }

  async open(): Promise<void> {
    await this.page.evaluate(() => (window.location.hash = '#/serving'));
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText('Serving');
  }

  async tryNote(text: string): Promise<void> {
    await this.text.fill(text);
    await this.text.press('Control+Enter');
    await expect(this.page.locator('.answer')).toBeVisible();
  }
}
