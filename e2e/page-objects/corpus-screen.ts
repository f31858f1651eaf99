import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { answerOpenDialog } from '../fixtures/dialogs.ts';

/** The corpus screen and its import wizard as a person uses them. */
export class CorpusScreen {
  readonly page: Page;
  private readonly app: ElectronApplication;
  readonly notes: Locator;
  readonly imports: Locator;
  readonly snapshots: Locator;
  readonly rejections: Locator;
  readonly start: Locator;

  constructor(app: ElectronApplication, page: Page) {
    this.app = app;
    this.page = page;
    this.notes = page.getByRole('grid', { name: 'Notes' });
    this.imports = page.getByRole('region', { name: 'Imports', exact: true });
    this.snapshots = page.getByRole('region', { name: 'Snapshots', exact: true });
    this.rejections = page.getByRole('region', { name: 'Rejected lines' });
    this.start = page.getByRole('button', { name: /^Import [\d\s]+ notes?$/ });
  }

  async show(): Promise<void> {
    await this.page.evaluate(() => (window.location.hash = '#/corpus'));
    await expect(this.page.getByRole('heading', { level: 1, name: 'Corpus' })).toBeVisible();
  }

  async openWizard(): Promise<void> {
    await this.page.getByRole('button', { name: 'Import notes' }).first().click();
    await expect(this.page.getByRole('heading', { name: '1. Source' })).toBeVisible();
  }

  async chooseFolder(folder: string): Promise<void> {
    await answerOpenDialog(this.app, folder);
    await this.page.getByRole('button', { name: 'Choose a folder' }).click();
  }

  async chooseFiles(...files: string[]): Promise<void> {
    await answerOpenDialog(this.app, ...files);
    await this.page.getByRole('button', { name: 'Choose files' }).click();
  }

  /** A number of the preview by its name. */
  stat(label: string): Locator {
    return this.page
      .locator('.wizard-stats .stat')
      .filter({ has: this.page.getByText(label, { exact: true }) })
      .locator('.stat-value');
  }

  label(name: string): Locator {
    return this.page.getByRole('combobox', { name: `What ${name} becomes` });
  }

  async freeze(name: string): Promise<void> {
    await this.snapshots.getByRole('textbox', { name: 'Name of the snapshot' }).fill(name);
    await this.snapshots.getByRole('button', { name: 'Freeze' }).click();
    await expect(this.snapshots.getByRole('button', { name: `Split ${name}` })).toBeVisible();
  }

  async split(snapshot: string, method: 'random' | 'source'): Promise<void> {
    await this.snapshots.getByRole('button', { name: `Split ${snapshot}` }).click();
    const form = this.page.getByRole('form', { name: 'New split' });
    await form.getByLabel('Method').selectOption(method);
    await form.getByRole('button', { name: 'Create split' }).click();
    await expect(form).toBeHidden();
  }
}
