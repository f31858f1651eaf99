import { closeSync, existsSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { ShellPage } from '../page-objects/shell-page.ts';
import { StartPage } from '../page-objects/start-page.ts';
import { checkAccessibility, expect, test } from '../fixtures/test.ts';
import { giveToApp } from '../../tools/setup/unprivileged.ts';

test('a workspace is made, closed, and opened again from the list', async ({ app, page, folder }) => {
  const start = new StartPage(app, page);
  const shell = new ShellPage(app, page);
  await expect(start.heading).toBeVisible();
  await page.emulateMedia({ colorScheme: 'light' });
  await checkAccessibility(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await checkAccessibility(page);

  await start.newWorkspace.click();
  await start.dialog.getByLabel('Name').fill('Ward: 7');
  await start.dialog.getByRole('button', { name: 'Create' }).click();
  await expect(start.dialog.getByText('A name cannot hold')).toBeVisible();
  await checkAccessibility(page);
  await start.dialog.getByRole('button', { name: 'Cancel' }).click();

  await start.create({ name: 'Ward 7', folder });
  await shell.isOpen('Ward 7');
  await expect(shell.heading).toHaveText('Home');
  expect(existsSync(path.join(folder, 'Ward 7.medspan'))).toBe(true);

  await shell.run('Close workspace');
  await expect(start.recent).toHaveCount(1);
  await start.create({ name: 'Ward 7', folder });
  await expect(start.dialog.getByRole('alert')).toContainText('CONFLICT');
  await start.dialog.getByRole('button', { name: 'Cancel' }).click();
  await start.openRecent('Ward 7');
  await shell.isOpen('Ward 7');
});

test('an encrypted workspace asks until a passphrase or the recovery key fits', async ({
  app,
  page,
  folder,
}) => {
  const start = new StartPage(app, page);
  const shell = new ShellPage(app, page);
  await start.create({ name: 'Locked', folder, passphrase: 'correct horse battery' });
  const dialog = page.getByRole('dialog', { name: 'Recovery key' });
  const recoveryKey = await dialog.getByRole('status', { name: 'Recovery key' }).innerText();
  await page.keyboard.press('Escape');
  await expect(dialog.getByRole('button', { name: 'Go on' })).toBeDisabled();
  await checkAccessibility(page);
  await dialog.getByText('The key is kept').click();
  await dialog.getByRole('button', { name: 'Go on' }).click();
  await shell.isOpen('Locked');
  await shell.run('Close workspace');

  await start.openRecent('Locked');
  await start.secret.fill('a wrong one');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The passphrase given does not open')).toBeVisible();
  await checkAccessibility(page);
  await start.secret.fill('correct horse battery');
  await page.keyboard.press('Enter');
  await shell.isOpen('Locked');

  await shell.run('Close workspace');
  await start.openRecent('Locked');
  await page.getByText('Recovery key', { exact: true }).click();
  await start.secret.fill(recoveryKey);
  await page.keyboard.press('Enter');
  await shell.isOpen('Locked');
});

test('a damaged workspace is refused and goes back to a backup; the damaged file is kept', async ({
  app,
  page,
  folder,
}) => {
  const start = new StartPage(app, page);
  const shell = new ShellPage(app, page);
  const file = path.join(folder, 'Torn.medspan');
  await start.create({ name: 'Torn', folder });
  await shell.isOpen('Torn');
  await shell.run('Back up now');
  await expect(page.getByText('Backed up as')).toBeVisible();
  await shell.run('Close workspace');
  await expect(start.heading).toBeVisible();
  tear(file);

  await start.openRecent('Torn');
  await expect(start.refusal('is damaged')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Salvage' })).toBeVisible();
  await checkAccessibility(page);
  await page
    .getByRole('region', { name: 'Backups' })
    .getByRole('button', { name: /^Restore the backup/ })
    .first()
    .click();
  await shell.isOpen('Torn');
  await expect(page.getByText('is kept as')).toBeVisible();
});

test('files that are no workspace are refused by name and the app stays up', async ({
  app,
  page,
  folder,
}) => {
  const start = new StartPage(app, page);
  for (const [name, content] of [
    ['letter.medspan', 'Dear colleague, this is a letter and not a database.'.repeat(40)],
    ['empty.medspan', ''],
  ] as const) {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    giveToApp(file);
    await start.open(file);
    await expect(start.refusal(name)).toBeVisible();
    expect(statSync(file).size).toBe(content.length);
  }
  await expect(start.newWorkspace).toBeEnabled();
});

test.describe('in an open workspace', () => {
  test.use({ appOptions: { args: ['--sample'] } });

  test('the palette finds commands and notes, and goes there by keys alone', async ({ app, page }) => {
    const shell = new ShellPage(app, page);
    await shell.isOpen('sample');
    await shell.run('Go to Registry');
    await expect(shell.rail.getByRole('link', { name: 'Registry' })).toHaveAttribute('aria-current', 'page');
    await expect(page.getByRole('main', { name: 'Registry' })).toBeFocused();

    await shell.openPalette('no such thing at all');
    await expect(shell.palette.getByRole('status')).toContainText('Nothing is called');
    await checkAccessibility(page);
    await page.keyboard.press('Escape');
    await expect(shell.palette).toBeHidden();

    await page.keyboard.press('Control+1');
    await expect(page.getByRole('article', { name: 'Corpus' })).toContainText('400 notes', {
      timeout: 30_000,
    });
    await shell.openPalette('0');
    const note = shell.palette
      .getByRole('option')
      .filter({ hasText: /sample/i })
      .first();
    await expect(note).toBeVisible();
    await note.click();
    await expect(page).toHaveURL(/#\/annotation\/note\/\d+$/);
  });

  test('every area is one key away and the frame can be walked by Tab with the focus in sight', async ({
    app,
    page,
  }) => {
    const shell = new ShellPage(app, page);
    await shell.isOpen('sample');
    const areas = ['Corpus', 'Annotation', 'Training', 'Registry', 'Serving', 'Monitoring', 'Pipelines'];
    for (const [index, area] of areas.entries()) {
      await page.keyboard.press(`Control+${index + 2}`);
      await expect(page.getByRole('main', { name: area })).toBeVisible();
    }
    await page.keyboard.press('Control+1');
    await expect(shell.heading).toHaveText('Home');

    await page.getByRole('link', { name: 'Skip to the content' }).focus();
    const visited: string[] = [];
    for (let step = 0; step < 16; step += 1) {
      if (step > 0) await page.keyboard.press('Tab');
      visited.push(
        await page.evaluate(() => {
          const element = document.activeElement;
          if (!(element instanceof HTMLElement) || element === document.body) return 'nothing';
          const ring = getComputedStyle(element);
          const seen = ring.outlineStyle !== 'none' || ring.boxShadow !== 'none';
          const name = element.getAttribute('aria-label') ?? element.textContent;
          return `${seen ? '' : 'no ring: '}${name?.trim() ?? ''}`;
        }),
      );
    }
    expect(visited.filter((name) => name.startsWith('no ring') || name === 'nothing')).toEqual([]);
    expect(visited).toEqual(
      expect.arrayContaining(['Skip to the content', 'Workspace sample', 'Keys', 'Home', ...areas]),
    );
  });

  test('keys are listed, rest while text is typed, and can be changed for good', async ({
    launch,
    folder,
  }) => {
    const userData = path.join(folder, 'settings');
    const first = await launch({ args: ['--sample'], userData });
    let shell = new ShellPage(first.app, first.page);
    await shell.isOpen('sample');
    await first.page.keyboard.press('Shift+?');
    await expect(shell.keys).toBeVisible();
    await checkAccessibility(first.page);
    // In the filter the question mark is a question mark.
    await first.page.keyboard.type('go to serving?');
    await expect(shell.keys.getByRole('textbox')).toHaveValue('go to serving?');
    await first.page.keyboard.press('Backspace');
    await shell.keys.getByRole('button', { name: 'Change the keys of Go to Serving' }).focus();
    await first.page.keyboard.press('Enter');
    await first.page.keyboard.press('Control+2');
    await expect(shell.keys.getByRole('status')).toContainText('Those belong to “Go to Corpus”');
    await first.page.keyboard.press('Alt+s');
    await expect(shell.keys.getByRole('button', { name: 'Usual keys for Go to Serving' })).toBeVisible();
    await first.page.keyboard.press('Escape');
    await expect(shell.keys).toBeHidden();
    await first.page.keyboard.press('Alt+s');
    await expect(first.page.getByRole('main', { name: 'Serving' })).toBeVisible();
    await first.close();

    const second = await launch({ args: ['--sample'], userData });
    shell = new ShellPage(second.app, second.page);
    await shell.isOpen('sample');
    await second.page.keyboard.press('Control+6');
    await expect(second.page.getByRole('main', { name: 'Home' })).toBeVisible();
    await second.page.keyboard.press('Alt+s');
    await expect(second.page.getByRole('main', { name: 'Serving' })).toBeVisible();
  });

  test('the theme follows the choice, in portals too', async ({ app, page }) => {
    const shell = new ShellPage(app, page);
    await shell.isOpen('sample');
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await shell.chooseTheme('Light');
    expect(await background()).toBe('rgb(246, 247, 249)');
    await shell.chooseTheme('Dark');
    expect(await background()).toBe('rgb(28, 33, 39)');
    await shell.openPalette();
    await checkAccessibility(page);
    const surface = await shell.palette.evaluate((dialog) => getComputedStyle(dialog).backgroundColor);
    expect(surface).not.toBe('rgb(255, 255, 255)');
  });

  test('a chart is saved as numbers and as images that other programs read', async ({
    app,
    page,
    folder,
  }) => {
    const shell = new ShellPage(app, page);
    await shell.isOpen('sample');
    await page.keyboard.press('Control+2');
    const chart = page.locator('.chart-frame').first();
    await expect(chart.locator('svg').first()).toBeVisible({ timeout: 30_000 });
    await chart.getByRole('button', { name: / as a table$/ }).click();
    await expect(chart.getByRole('row').nth(1)).toBeVisible();
    await page.keyboard.press('t');
    await expect(chart.getByRole('row')).toHaveCount(0);
    const save = async (item: string, name: string): Promise<Buffer> => {
      const file = path.join(folder, name);
      await app.evaluate(({ BrowserWindow }, target) => {
        BrowserWindow.getAllWindows()[0]?.webContents.session.once('will-download', (_event, download) =>
          download.setSavePath(target),
        );
      }, file);
      await chart.getByRole('button', { name: /^Export / }).click();
      await page.getByRole('menuitem', { name: item }).click();
      await expect.poll(() => (existsSync(file) ? statSync(file).size : 0)).toBeGreaterThan(0);
      return readFileSync(file);
    };
    expect((await save('Save numbers as CSV', 'chart.csv')).toString()).toMatch(
      /^[^\r\n]+(\r\n[^\r\n]+)+\r\n$/,
    );
    expect((await save('Save image as PNG', 'chart.png')).subarray(1, 4).toString()).toBe('PNG');
    const svg = (await save('Save image as SVG', 'chart.svg')).toString();
    const wellFormed = await page.evaluate(
      (text) => new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror') === null,
      svg,
    );
    expect(wellFormed).toBe(true);
  });

  test('an annotator’s name is chosen and what follows is recorded in it', async ({ app, page }) => {
    const shell = new ShellPage(app, page);
    await shell.isOpen('sample');
    await page.getByRole('button', { name: /^Annotator/ }).click();
    await page.getByLabel('Someone else').fill('Dr Okafor');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Annotator: Dr Okafor' })).toBeVisible();
    await checkAccessibility(page);
  });

  test('when the engine is killed the window says so and everything comes back', async ({ app, page }) => {
    const shell = new ShellPage(app, page);
    await shell.isOpen('sample');
    await expect(page.getByRole('article', { name: 'Corpus' })).toContainText('400 notes', {
      timeout: 30_000,
    });
    const before = await shell.enginePid();
    if (before === null) throw new Error('Electron counts no engine among its processes');
    const banners: string[] = [];
    await page.exposeFunction('bannerSeen', (text: string) => banners.push(text));
    await page.evaluate(() => {
      new MutationObserver(() => {
        const banner = document.querySelector('.banner');
        if (banner !== null)
          (window as unknown as { bannerSeen(text: string): void }).bannerSeen(banner.textContent);
      }).observe(document.body, { childList: true, subtree: true });
    });
    process.kill(before, 'SIGKILL');
    await expect.poll(() => banners.length).toBeGreaterThan(0);
    expect(banners[0]).toContain('The engine ended unexpectedly');
    await expect(shell.banner).toBeHidden({ timeout: 20_000 });
    await shell.isOpen('sample');
    await expect(page.getByRole('article', { name: 'Corpus' })).toContainText('400 notes');
    expect(await shell.enginePid()).not.toBe(before);
    // And it answers to writes.
    await page.getByRole('button', { name: /^Annotator/ }).click();
    await page.getByLabel('Someone else').fill('After the fall');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Annotator: After the fall' })).toBeVisible();
  });
});

/** Overwrites the pages after the first with bytes that no database holds. */
function tear(file: string): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(statSync(file).size - 4096, 0xa5), 0, undefined, 4096);
  closeSync(handle);
}
