import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { answerSaveDialog } from '../fixtures/dialogs.ts';
import { checkAccessibility, expect, test } from '../fixtures/test.ts';
import { planTraining } from '../fixtures/training-workspace.ts';
import { RegistryScreen } from '../page-objects/registry-screen.ts';
import { ServingScreen } from '../page-objects/serving-screen.ts';

const good = { templateSetId: 1, name: 'good', parameters: { maxIterations: 25 } };
const weak = { templateSetId: 1, name: 'weak', parameters: { maxIterations: 1, patience: 0 } };

test('a version comes into Production through its gates, is exported, and gives way and comes back', async ({
  launch,
  folder,
}) => {
  const again = { ...good, name: 'again', parameters: { maxIterations: 30 } };
  const { page, app } = await launch({
    workspace: planTraining(folder, { frozen: true, runs: [good, again] }),
  });
  const screen = new RegistryScreen(page);
  await screen.open();
  await expect(page.getByText('No version yet')).toBeVisible();
  await checkAccessibility(page);

  await screen.register(1);
  await expect(screen.lanes.getByRole('link', { name: 'clinical-ner/1' })).toBeVisible();
  await expect(screen.promoteButton('Staging')).toBeDisabled();
  await expect(screen.section('Staging')).toContainText('have not run');
  await expect(screen.section('Production')).toContainText('It must stand in Staging first.');

  await screen.runChecks('Staging');
  await expect(screen.section('Staging')).toContainText('5 of 5 green');
  await screen.promote('Staging', 'best of the first week');
  await screen.runChecks('Production');
  await expect(screen.section('Production')).toContainText('4 of 4 green');
  await page.getByRole('button', { name: 'Evidence and settings of Scoring contract' }).click();
  await expect(page.getByRole('row', { name: /missing column as agreed/ }).first()).toBeVisible();
  await screen.promote('Production', 'approved by the board');
  await checkAccessibility(page);

  const bundle = path.join(folder, 'bundle');
  await answerSaveDialog(app, bundle);
  await page.getByRole('button', { name: 'Export bundle' }).click();
  await page.getByRole('button', { name: 'Choose where and export' }).click();
  await expect(page.getByText('Manifest SHA-256')).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  const said = execFileSync(process.execPath, [path.join(bundle, 'serve.mjs'), '--self-test'], {
    encoding: 'utf8',
  });
  expect(said).toContain('16 of 16 golden notes');

  await screen.register(2);
  await screen.runChecks('Staging');
  await expect(screen.gate('no-worse')).toContainText('against clinical-ner/1');
  await screen.promote('Staging', 'a second one');
  await screen.runChecks('Production');
  await screen.promote('Production', 'takes over');
  await screen.giveReason(page.getByRole('button', { name: 'Roll back' }), 'complaints from the ward');
  await expect(page.getByText('clinical-ner/1 in Production since')).toBeVisible();
  await expect(screen.ledger.locator('tbody tr')).toHaveCount(9);
  await expect(screen.ledger.locator('tbody tr').first()).toContainText('rolled back to Production');
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByText('The chain holds over 9 entries')).toBeVisible();
});

test('a weak version is blocked with the reason, and a waiver goes on record', async ({ launch, folder }) => {
  const { page } = await launch({ workspace: planTraining(folder, { frozen: true, runs: [weak] }) });
  const screen = new RegistryScreen(page);
  await screen.register(1);
  await page.keyboard.press('s');
  await expect(screen.section('Staging').locator('[data-state="not-run"]')).toHaveCount(0, {
    timeout: 30_000,
  });
  const floor = screen.gate('f1-floor').first();
  await expect(floor).toHaveAttribute('data-state', 'failed');
  await expect(screen.section('Staging')).toContainText('“F1 over all labels”');
  await expect(screen.promoteButton('Staging')).toBeDisabled();

  await screen.giveReason(floor.getByRole('button', { name: 'Waive' }), 'known to be a first try');
  await expect(floor).toHaveAttribute('data-state', 'waived');
  await expect(floor).toContainText('known to be a first try');

  await page.getByRole('button', { name: 'Evidence and settings of F1 of each label' }).click();
  const settings = page.getByRole('form', { name: 'Settings of F1 of each label' });
  await settings.getByLabel('Floor').fill('7');
  await settings.getByRole('button', { name: 'Save limits' }).click();
  await expect(settings.getByRole('alert')).toContainText('number from 0 to 1');
  await settings.getByLabel('Floor').fill('0');
  await settings.getByRole('button', { name: 'Save limits' }).click();
  await expect(screen.gate('f1-floor').nth(1)).toHaveAttribute('data-state', 'not-run');
});

test('registry and serving are accessible and fit in both themes and sizes', async ({ launch, folder }) => {
  const { page } = await launch({ workspace: planTraining(folder, { frozen: true, runs: [good, weak] }) });
  const screen = new RegistryScreen(page);
  await screen.register(1);
  await screen.runChecks('Staging');
  await screen.promote('Staging', 'best of the first week');
  await screen.register(2);
  await screen.runChecks('Staging');
  await page.getByRole('button', { name: 'Evidence and settings of F1 over all labels' }).click();
  const look = async (name: string): Promise<void> => {
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await expect(page.locator('body.bp6-dark')).toHaveCount(theme === 'dark' ? 1 : 0);
      await checkAccessibility(page);
      for (const [width, height] of [
        [1280, 800],
        [1920, 1080],
      ] as const) {
        await page.setViewportSize({ width, height });
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
        await page.screenshot({ path: test.info().outputPath(`${name}-${String(width)}-${theme}.png`) });
      }
    }
  };
  await look('registry');
  const serving = new ServingScreen(page);
  await serving.open();
  await serving.tryNote('The patient with chronic bronchitis was given hepatazole 20 mg .');
  await serving.pairs.getByRole('row').nth(1).click();
  await expect(page.locator('.pair-sentences li').first()).toBeVisible();
  await look('serving');
});
