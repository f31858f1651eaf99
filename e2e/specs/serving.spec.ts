import { checkAccessibility, expect, test } from '../fixtures/test.ts';
import { planTraining } from '../fixtures/training-workspace.ts';
import { RegistryScreen } from '../page-objects/registry-screen.ts';
import { ServingScreen } from '../page-objects/serving-screen.ts';

const good = { templateSetId: 1, name: 'good', parameters: { maxIterations: 25 } };

test('a note is tried, the map opens onto its sentences, and suggestions are written', async ({
  launch,
  folder,
}) => {
  const { page } = await launch({ workspace: planTraining(folder, { frozen: true, runs: [good] }) });
  const screen = new ServingScreen(page);
  await screen.open();
  await expect(page.getByText('Nothing to serve yet')).toBeVisible();
  await checkAccessibility(page);

  await new RegistryScreen(page).register(1);
  await screen.open();
  await expect(page.getByText('Nothing is in Production yet')).toBeVisible();
  await screen.tryNote('🙂 The patient with chronic bronchitis was given hepatazole 20 mg .');
  await expect(screen.spans.first()).toContainText('Disease');
  await expect(screen.spans.first()).toContainText('bronchitis');
  await expect(screen.spans.nth(1)).toContainText('hepatazole');
  await screen.text.fill('');
  await page.getByRole('button', { name: /^Predict with/ }).click();
  await expect(page.locator('.answer')).toContainText('no spans');

  await screen.pairs.getByRole('row').nth(1).click();
  await expect(page.locator('.pair-sentences li').first()).toBeVisible();
  await page.getByLabel('Annotated notes too').check({ force: true });
  await page.getByRole('button', { name: 'Write suggestions' }).click();
  await expect(page.getByText(/spans suggested in 160 notes/)).toBeVisible({ timeout: 20_000 });
  await checkAccessibility(page);
});
