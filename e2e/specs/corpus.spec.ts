import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { giveToApp } from '../../tools/setup/unprivileged.ts';
import { answerOpenDialog } from '../fixtures/dialogs.ts';
import { checkAccessibility, expect, test } from '../fixtures/test.ts';
import { CorpusScreen } from '../page-objects/corpus-screen.ts';

function write(folder: string, name: string, content: string | Buffer): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  giveToApp(folder);
  return file;
}

async function openCorpus(app: ElectronApplication, page: Page, folder: string): Promise<CorpusScreen> {
  await page.getByRole('button', { name: 'New workspace' }).click();
  await answerOpenDialog(app, folder);
  await page.getByRole('dialog').getByRole('button', { name: 'Choose' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Corpus test');
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  const screen = new CorpusScreen(app, page);
  await screen.show();
  return screen;
}

/** Looks at the screen in both themes and sizes; the pictures stay with the test's results. */
async function lookAtIt(app: ElectronApplication, page: Page, name: string): Promise<void> {
  for (const [width, height] of [
    [1280, 800],
    [1920, 1080],
  ] as const) {
    await app.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size),
      [width, height] as [number, number],
    );
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      // Neither names nor colours hang on the size; once a theme is enough.
      if (width === 1280) await checkAccessibility(page);
      await page.screenshot({ path: test.info().outputPath(`${name}-${String(width)}-${theme}.png`) });
    }
  }
}

test('BeHealthy comes in from the wizard, is frozen and split, and its leak is said', async ({
  app,
  page,
  folder,
  shared,
}) => {
  test.slow();
  const behealthy = shared('data', 'behealthy');
  const corpus = await openCorpus(app, page, folder);
  await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeVisible();
  await lookAtIt(app, page, 'empty');

  await corpus.openWizard();
  await corpus.chooseFolder(behealthy);
  await expect(corpus.stat('Notes')).toHaveText('3\u2009655');
  await expect(corpus.label('D')).toHaveValue('map Disease');
  await expect(corpus.label('T')).toHaveValue('map Treatment');
  await lookAtIt(app, page, 'wizard');
  await corpus.start.click();
  await expect(page.getByText('3\u2009655 notes came in')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Show the notes' }).click();
  await expect(corpus.notes).toHaveAttribute('aria-rowcount', '3656');

  await corpus.freeze('behealthy v1');
  await corpus.split('behealthy v1', 'source');
  await expect(corpus.snapshots).toContainText('test 1\u2009056');
  await expect(corpus.snapshots).toContainText('25 notes whose text stands in an earlier part too');
  await expect(corpus.imports.getByRole('button', { name: 'Undo import of behealthy' })).toBeDisabled();
  await expect(page.getByRole('figure', { name: 'Label balance' })).toBeVisible();
  await lookAtIt(app, page, 'overview');

  await page.getByRole('searchbox', { name: 'Search the notes' }).fill('asthma');
  await expect(page.getByRole('status').filter({ hasText: /note/ })).not.toHaveText('3\u2009655 notes');
  await corpus.notes.getByRole('row').nth(1).click();
  await expect(page.getByRole('article')).toContainText(/asthma/i);
});

test('bad lines are named before anything is written, and an import can be undone', async ({
  app,
  page,
  folder,
}) => {
  const corpus = await openCorpus(app, page, folder);
  const file = write(
    folder,
    'notes.jsonl',
    [
      '{"id":"1","text":"Aspirin for fever.","spans":[{"start":0,"end":7,"label":"DRUGGY"},{"start":12,"end":17,"label":"Disease"}]}',
      'this is no JSON',
      '{"id":"2","text":"Short.","spans":[{"start":3,"end":99,"label":"Disease"}]}',
      '{"id":"3","text":"Naïve café 🙂 cough.","spans":[{"start":13,"end":18,"label":"Disease","quote":"cough"}]}',
    ].join('\n'),
  );
  await corpus.openWizard();
  await corpus.chooseFiles(file);
  await expect(corpus.stat('Notes')).toHaveText('2');
  await expect(corpus.rejections.getByRole('row')).toHaveCount(3);
  await expect(corpus.rejections).toContainText('The line is not JSON');
  await expect(page.getByText(/only when counted in code points/)).toBeVisible();
  await expect(corpus.start).toBeDisabled();
  await corpus.label('DRUGGY').selectOption('create');
  await corpus.start.click();
  await expect(page.getByText('2 notes came in')).toBeVisible();
  await page.getByRole('button', { name: 'Undo import' }).click();
  await expect(page.getByText('The import was taken back')).toBeVisible();
  await corpus.show();
  await expect(page.getByRole('heading', { name: 'No notes in this corpus' })).toBeVisible();
});

test('what is no text says so and offers nothing to import', async ({ app, page, folder }) => {
  const corpus = await openCorpus(app, page, folder);
  write(folder, 'mixed/picture.txt', Buffer.from([0, 1, 2, 3, 0, 0, 255, 216, 7, 7, 0]));
  write(folder, 'mixed/empty.txt', '');
  await corpus.openWizard();
  await corpus.chooseFolder(path.join(folder, 'mixed'));
  await expect(corpus.rejections).toContainText('The file is empty.');
  await expect(corpus.rejections).toContainText('The file is no text');
  await expect(page.getByText(/Nothing can come in/)).toBeVisible();
});

test('the corpus is walked by keys alone', async ({ app, page, folder }) => {
  const corpus = await openCorpus(app, page, folder);
  write(folder, 'letters/a.txt', 'Seen with fever.\r\nGiven aspirin.');
  write(folder, 'letters/b.txt', Buffer.from('caf\u00e9 \u0093quoted\u0094', 'latin1'));
  await page.keyboard.press('i');
  await expect(page.getByRole('heading', { name: '1. Source' })).toBeVisible();
  await page.getByRole('button', { name: 'Choose a folder' }).waitFor();
  await app.evaluate(
    ({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    },
    path.join(folder, 'letters'),
  );
  await page.keyboard.press('d');
  await expect(page.getByRole('table').filter({ hasText: 'Windows-1252' })).toBeVisible();
  await corpus.start.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('2 notes came in')).toBeVisible();
  await page.getByRole('button', { name: 'Show the notes' }).focus();
  await page.keyboard.press('Enter');
  await corpus.notes.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('article')).toContainText('“quoted”');
  await page.keyboard.press('p');
  await expect(page.getByRole('heading', { name: 'Profile' })).toBeVisible();
});

test('the sample is filtered by type and looked through', async ({ app, page }) => {
  await page.getByRole('button', { name: 'Open the sample workspace' }).click();
  const corpus = new CorpusScreen(app, page);
  await expect(page.getByRole('navigation').getByText('Corpus')).toBeVisible({ timeout: 30_000 });
  await corpus.show();
  await expect(corpus.notes).toHaveAttribute('aria-rowcount', '401');
  await page.getByRole('combobox', { name: 'Type' }).selectOption({ label: 'Nursing note (89)' });
  await expect(corpus.notes).toHaveAttribute('aria-rowcount', '90');
  await corpus.notes.getByRole('columnheader', { name: 'Length' }).click();
  await corpus.notes.getByRole('row').nth(3).click();
  await expect(page.getByRole('article')).toContainText('Nursing note');
  await expect(page.getByRole('article')).toContainText('notes.jsonl');
  await lookAtIt(app, page, 'sample');
  await page.getByRole('button', { name: 'All', exact: true }).click();
  await expect(corpus.notes).toHaveAttribute('aria-rowcount', '401');
});
