import { readFileSync } from 'node:fs';
import path from 'node:path';
import { answerSaveDialog } from '../fixtures/dialogs.ts';
import { checkAccessibility, expect, test } from '../fixtures/test.ts';
import { planTraining } from '../fixtures/training-workspace.ts';
import { TrainingScreen } from '../page-objects/training-screen.ts';

const quick = { templateSetId: 1, parameters: { maxIterations: 20 } };

test('from frozen notes to a scored run, its errors and its predictions', async ({ launch, folder }) => {
  const { page, app } = await launch({ workspace: planTraining(folder, {}) });
  const screen = new TrainingScreen(page);
  await screen.open();
  await expect(page.getByText('No runs yet')).toBeVisible();
  await page.getByRole('button', { name: 'New run' }).first().click();

  // Nothing is frozen yet: the data version and the split are made in place.
  await screen.form.getByLabel('Name of the new data version').fill('first freeze');
  await screen.form.getByRole('button', { name: 'Freeze' }).click();
  await expect(screen.form.getByLabel('Method')).toHaveValue('source');
  await screen.form.getByRole('button', { name: 'Split', exact: true }).click();
  await expect(screen.form).toContainText('40 test notes');
  await expect(screen.form).toContainText(/Needs about .* of .* free/);

  await screen.fill('Maximum iterations', 'many');
  await expect(screen.form.getByRole('alert')).toContainText('Maximum iterations must be a whole number');
  await expect(screen.form.getByRole('button', { name: 'Start training' })).toBeDisabled();
  await screen.fill('Maximum iterations', '25');
  await screen.fill('Name', 'round trip');
  await screen.start();
  await screen.finished('round trip');

  await screen.table.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('round trip');
  expect(await screen.score('Strict spans, test', 'All labels')).toBeGreaterThan(0.8);
  await page.getByRole('button', { name: 'How Strict spans, All labels, test is computed' }).click();
  await expect(page.locator('.how-computed')).toContainText('1000 times with replacement');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('table', { name: 'Confusion, tokens' })).toContainText('Treatment');
  await expect(page.getByRole('region', { name: 'How it was made' })).toContainText('Electron');

  const file = path.join(folder, 'predictions.tsv');
  await answerSaveDialog(app, file);
  await page.getByRole('button', { name: 'Export predictions' }).click();
  await expect(page.getByText(/tokens? written to predictions.tsv/).first()).toBeVisible();
  expect(readFileSync(file, 'utf8').split('\n')[0]?.split('\t')).toHaveLength(3);
});

test('runs are marked by key, compared, and the wrong sentences shown in both readings', async ({
  launch,
  folder,
}) => {
  const workspace = planTraining(folder, {
    frozen: true,
    runs: [
      { ...quick, name: 'weak', parameters: { maxIterations: 1, patience: 0 } },
      { ...quick, name: 'strong', parameters: { maxIterations: 25, scheme: 'IOBES' } },
    ],
  });
  const { page } = await launch({ workspace });
  const screen = new TrainingScreen(page);
  await screen.open();
  await expect(screen.row('weak')).toBeVisible();
  await screen.table.getByRole('columnheader', { name: 'Span F1' }).click();
  await expect.poll(() => screen.names()).toEqual(['weak', 'strong']);
  await screen.table.getByRole('columnheader', { name: 'Span F1' }).click();
  await expect.poll(() => screen.names()).toEqual(['strong', 'weak']);

  await screen.table.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await page.keyboard.press('c');
  const properties = page.getByRole('table', { name: 'Properties of the runs' });
  await expect(properties.getByRole('row', { name: /^Scheme/ })).toContainText('IOBES');
  await expect(properties.getByRole('row', { name: /^c2/ })).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Difference in F1' })).toContainText(/p = .*better/);
  await page.keyboard.press('d');
  await expect(properties.getByRole('row', { name: /^c2/ })).toHaveCount(1);
  await page.keyboard.press('Escape');

  await screen.row('weak').dblclick();
  await expect(screen.errors.getByRole('listitem').first()).toContainText('Predicted');
  await screen.errors.getByRole('button', { name: /^Missed/ }).click();
  await screen.errors.getByLabel('Label').selectOption('Treatment');
  const first = screen.errors.getByRole('listitem').first();
  await expect(first.locator('.reading').first().locator('.reading-span-wrong')).toContainText(['Treatment']);
  await expect(screen.errors.getByRole('button', { name: /^Missed/ })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});

test('a run is cancelled and goes on; one that a crash left behind says so', async ({
  launch,
  folder,
  shared,
}) => {
  const workspace = planTraining(folder, {
    source: shared('data', 'behealthy'),
    frozen: true,
    runs: [{ ...quick, name: 'done', parameters: { maxIterations: 2 } }],
    interrupted: true,
  });
  const { page } = await launch({ workspace });
  const screen = new TrainingScreen(page);
  await screen.open();
  await screen.row('left behind').click();
  await expect(screen.row('left behind')).toContainText('interrupted');
  const card = page.getByRole('region', { name: 'Run', exact: true });
  await expect(card).toContainText('Medspan ended while this run was training');

  await page.getByRole('button', { name: 'New run' }).click();
  await screen.fill('Name', 'long one');
  await screen.fill('Maximum iterations', '5000');
  await screen.fill('Patience', '0');
  await screen.fill('c2', '0.01');
  await screen.start();
  await screen.row('long one').click();
  await expect(card).toContainText(/Iteration \d+, gradient norm .* left/);
  await card.getByRole('button', { name: 'Cancel' }).click();
  await expect(screen.row('long one')).toContainText('cancelled');
  await expect(card).toContainText('Resume goes on from there');
  await card.getByRole('button', { name: 'Resume' }).click();
  await expect(screen.row('long one')).toContainText('running');
  await card.getByRole('button', { name: 'Cancel' }).click();
  await expect(screen.row('long one')).toContainText('cancelled');
});

test('a run that is not there is refused in words', async ({ launch, folder }) => {
  const { page } = await launch({ workspace: planTraining(folder, {}) });
  const screen = new TrainingScreen(page);
  await screen.open('/training/run/77');
  await expect(page.getByRole('alert')).toContainText('There is no run 77');
  await page.getByRole('button', { name: 'All runs' }).click();
  await expect(page.getByText('No runs yet')).toBeVisible();
});

test('the screens are accessible and look right in both themes and sizes', async ({
  launch,
  folder,
}, testInfo) => {
  test.slow();
  const workspace = planTraining(folder, {
    frozen: true,
    runs: [
      { ...quick, name: 'weak', parameters: { maxIterations: 2, patience: 0 } },
      { ...quick, name: 'IO baseline', parameters: { maxIterations: 20, scheme: 'IO' } },
      quick,
    ],
    interrupted: true,
  });
  const { page, app } = await launch({ workspace });
  const screen = new TrainingScreen(page);
  const views = {
    runs: '/training',
    new: '/training/new',
    run: '/training/run/1',
    compare: '/training/compare/1,2',
  };
  for (const [view, route] of Object.entries(views)) {
    await screen.open(route);
    if (view === 'runs') await screen.row('IO baseline').click();
    if (view === 'new') await expect(screen.form).toContainText(/Needs about/);
    if (view === 'run') await expect(screen.errors.getByRole('listitem').first()).toBeVisible();
    if (view === 'compare')
      await expect(page.getByRole('region', { name: 'Difference in F1' })).toContainText('p =');
    for (const theme of ['light', 'dark'] as const) {
      await page.evaluate((wanted) => {
        document.body.classList.toggle('bp6-dark', wanted === 'dark');
        document.documentElement.dataset['theme'] = wanted;
      }, theme);
      for (const [width, height] of [
        [1280, 800],
        [1920, 1080],
      ] as const) {
        await app.evaluate(
          ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size[0], size[1]),
          [width, height] as const,
        );
        await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(width);
        const file = testInfo.outputPath(`training-${view}-${theme}-${String(width)}.png`);
        await page.screenshot({ path: file });
        await testInfo.attach(path.basename(file), { path: file, contentType: 'image/png' });
      }
      await checkAccessibility(page);
    }
  }
});
