import { HomePage } from '../page-objects/home-page.ts';
import { ShellPage } from '../page-objects/shell-page.ts';
import { StartPage } from '../page-objects/start-page.ts';
import { checkAccessibility, expect, test } from '../fixtures/test.ts';

const areas = ['Corpus', 'Annotation', 'Training', 'Registry', 'Serving', 'Monitoring', 'Pipelines'];

test('an empty workspace says of every area where it stands and what comes next', async ({
  app,
  page,
  folder,
}) => {
  const start = new StartPage(app, page);
  const home = new HomePage(page);
  await start.create({ name: 'Empty', folder });
  await new ShellPage(app, page).isOpen('Empty');
  await expect(home.stations).toHaveCount(areas.length);
  for (const area of areas) {
    await expect(home.station(area).locator('.station-headline'), area).not.toBeEmpty();
  }
  await expect(home.station('Corpus')).toContainText('0 notes');
  await home
    .station('Corpus')
    .getByRole('link', { name: /Import/ })
    .click();
  await expect(page).toHaveURL(/#\/corpus/);
  await page.keyboard.press('Control+1');

  // Nothing was computed, and nothing pretends to be.
  await expect(home.figures).toHaveCount(5);
  for (const figure of await home.figures.all()) {
    await expect(figure.locator('.stat-value')).toHaveText('–');
  }
  await expect(home.map.getByRole('heading', { name: 'No pairs yet' })).toBeVisible();
  await checkAccessibility(page);
});

test.describe('on the sample', () => {
  test.use({ appOptions: { args: ['--sample'] } });

  test('the treatment map leads from a pair to its sentences and on to the note', async ({ app, page }) => {
    const home = new HomePage(page);
    await new ShellPage(app, page).isOpen('sample');
    await expect(home.station('Corpus')).toContainText('400 notes', { timeout: 30_000 });
    await expect(home.pairs.first()).toBeVisible();
    await home.pairs.first().focus();
    await page.keyboard.press('Enter');
    await expect(home.sentences.first()).toBeVisible();
    const marks = home.sentences.first().locator('mark');
    await expect(marks).toHaveCount(2);
    await checkAccessibility(page);
    await home.sentences.first().getByRole('link').click();
    await expect(page).toHaveURL(/#\/annotation\/note\/\d+$/);
  });

  test('figures say how they were computed', async ({ app, page }) => {
    const home = new HomePage(page);
    await new ShellPage(app, page).isOpen('sample');
    await expect(home.station('Corpus')).toContainText('400 notes', { timeout: 30_000 });
    const how = page.getByRole('button', { name: /^How .* is computed$/ });
    await expect(how.first()).toBeVisible();
    await how.first().click();
    await expect(page.locator('.how-computed p')).not.toBeEmpty();
    await checkAccessibility(page);
  });

  test('nothing is cut off at 1280×800, 1920×1080 and 200 % zoom, light and dark', async ({ app, page }) => {
    const shell = new ShellPage(app, page);
    const home = new HomePage(page);
    await shell.isOpen('sample');
    await expect(home.station('Corpus')).toContainText('400 notes', { timeout: 30_000 });
    for (const theme of ['Light', 'Dark'] as const) {
      await shell.chooseTheme(theme);
      for (const [width, height] of [
        [1280, 800],
        [1920, 1080],
      ] as const) {
        await shell.resize(width, height);
        await shell.fits();
        await checkAccessibility(page);
      }
    }
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(2));
    await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(960);
    await shell.fits();
  });
});
