import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** The frame around every screen: title bar, rail, palette and keys. */
export class ShellPage {
  readonly page: Page;
  readonly app: ElectronApplication;

  constructor(app: ElectronApplication, page: Page) {
    this.app = app;
    this.page = page;
  }

  get workspaceMenu(): Locator {
    return this.page.getByRole('button', { name: /^Workspace / });
  }

  get rail(): Locator {
    return this.page.getByRole('navigation', { name: 'Areas' });
  }

  get heading(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  get palette(): Locator {
    return this.page.getByRole('dialog', { name: 'Command palette' });
  }

  get paletteInput(): Locator {
    return this.palette.getByRole('combobox');
  }

  get keys(): Locator {
    return this.page.getByRole('dialog', { name: 'Keys' });
  }

  get banner(): Locator {
    return this.page.getByRole('alert').filter({ hasText: 'The engine' });
  }

  async isOpen(name: string): Promise<void> {
    await expect(this.page.getByRole('button', { name: `Workspace ${name}` })).toBeVisible();
  }

  async openPalette(query = ''): Promise<void> {
    await this.page.keyboard.press('Control+k');
    await expect(this.paletteInput).toBeFocused();
    await this.paletteInput.fill(query);
  }

  /** Finds a command by its words and runs the first one. */
  async run(command: string): Promise<void> {
    await this.openPalette(command);
    await expect(this.palette.getByRole('option').first()).toContainText(command);
    await this.page.keyboard.press('Enter');
    await expect(this.palette).toBeHidden();
  }

  async chooseTheme(theme: 'As the system' | 'Light' | 'Dark'): Promise<void> {
    await this.page.getByRole('button', { name: /^Theme/ }).click();
    await this.page
      .getByRole('option', { name: theme })
      .or(this.page.getByRole('menuitem', { name: theme }))
      .click();
    await expect(this.page.getByRole('button', { name: `Theme: ${theme}` })).toBeVisible();
  }

  async resize(width: number, height: number): Promise<void> {
    await this.app.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
      { width, height },
    );
    await expect.poll(() => this.page.evaluate(() => window.innerWidth)).toBe(width);
  }

  /** Process id of the engine, as Electron counts its children. */
  enginePid(): Promise<number | null> {
    return this.app.evaluate(
      ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Medspan engine')?.pid ?? null,
    );
  }

  /** Nothing is wider than the window. */
  async fits(): Promise<void> {
    // A popover that is just closing moves with the window a moment later.
    await expect
      .poll(() => this.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth))
      .toBeLessThanOrEqual(0);
  }
}
