import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { answerOpenDialog } from '../fixtures/dialogs.ts';

export interface NewWorkspace {
  readonly name: string;
  readonly folder: string;
  readonly passphrase?: string;
}

/** What stands in the window while no workspace is open. */
export class StartPage {
  readonly page: Page;
  readonly app: ElectronApplication;

  constructor(app: ElectronApplication, page: Page) {
    this.app = app;
    this.page = page;
  }

  get heading(): Locator {
    return this.page.getByRole('heading', { level: 1, name: 'Medspan' });
  }

  get newWorkspace(): Locator {
    return this.page.getByRole('button', { name: 'New workspace…' });
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog', { name: 'New workspace' });
  }

  get recent(): Locator {
    return this.page.getByRole('region', { name: 'Recent' }).getByRole('listitem');
  }

  get secret(): Locator {
    return this.page
      .locator('.key-form')
      .getByRole('textbox')
      .or(this.page.locator('.key-form input[type=password]'));
  }

  async create({ name, folder, passphrase }: NewWorkspace): Promise<void> {
    await this.newWorkspace.click();
    await answerOpenDialog(this.app, folder);
    await this.dialog.getByRole('button', { name: 'Choose…' }).click();
    await expect(this.dialog.getByLabel('Folder')).toHaveValue(folder);
    await this.dialog.getByLabel('Name').fill(name);
    if (passphrase !== undefined) {
      await this.dialog.getByText('Passphrase', { exact: true }).click();
      await this.dialog.getByLabel('Passphrase', { exact: true }).last().fill(passphrase);
      await this.dialog.getByLabel('Passphrase again').fill(passphrase);
    }
    await this.dialog.getByRole('button', { name: 'Create' }).click();
  }

  async open(path: string): Promise<void> {
    await answerOpenDialog(this.app, path);
    await this.page.getByRole('button', { name: 'Open workspace…' }).click();
  }

  async openRecent(name: string): Promise<void> {
    await this.recent.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  }

  /** What the window says of a workspace that it did not open. */
  refusal(text: string | RegExp): Locator {
    return this.page.getByRole('alert').filter({ hasText: text });
  }
}
